"""Email and password, then a code: who gets in, who waits, and what is written down of it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, SignedIn
from cp.rules.access import Actor
from cp.rules.conditions import UNUSED_DAYS
from cp.services import audit, guessing, refused_sign_ins, roles, sessions, who
from cp.services.factors import code_of, make_codes
from cp.services.implementation import opening
from cp.terms import Act, Decision, Role

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
LONGEST = 1000
"""Characters of a password that are read at all."""


@dataclass(frozen=True, slots=True)
class Where:
    """The request somebody signs in by."""

    address: str
    request_id: UUID
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """`token` for the cookie when it went well; else seconds to `wait`, or neither: wrong."""

    token: str | None = None
    wait: int | None = None
    choosing: bool = False
    """In which of several roles has still to be said."""


def folded(email: str) -> str:
    return email.strip().casefold()


def give_password(session: Session, email: str, password: str, where: Where) -> Answer:
    """The first step. An unknown email, a closed account and a wrong password are answered alike, after equal work."""
    now, keys = clock.now(), guessing.keys(folded(email), where.address)
    if wait := guessing.wait(session, keys, now):
        refused_sign_ins.note(session, "wait", where.request_id)
        return Answer(wait=wait)
    guess = guessing.note(session, keys, now, succeeded=False)
    named = select(Account.id, Account.uid, Account.password_hash).where(Account.email == folded(email)[:200])
    number, uid, held = session.execute(named).one_or_none() or (None, None, None)
    session.commit()  # the guess counts before it is tried; and nobody else waits while it is
    right = verify(held or _nobody(), password[:LONGEST]) and held is not None
    account = session.get_one(Account, number) if right else None  # read before, its time would tell that it is there
    role = _role(session, account) if account else None
    if account is None or role is None or not account.active or _not_here(account, where):
        refused_sign_ins.note(session, "wrong", where.request_id, uid)
        return Answer()
    session.delete(guess)
    about = audit.About(object_id=account.uid, reason="password")
    audit.record(session, None, Act.SIGN_IN, about, request_id=where.request_id)
    return Answer(token=sessions.begin(session, account, role, keys.address, now))


def give_code(session: Session, found: who.Found, code: str, where: Where) -> Answer:
    """The second step: the code of an authenticator, or a printed one, each counted once.

    The entry is the person's own, in the role they work in; where they have to say in which, the one of saying it is.
    """
    account, used, wait = _try_code(session, found.account_id, code, where)
    if wait:
        return Answer(wait=wait)
    about = audit.About(object_id=account.uid, reason=used or "wrong")
    if used is None:
        audit.record(session, None, Act.GIVE_CODE, about, request_id=where.request_id, decision=Decision.REFUSED)
        return Answer()
    _note_use(account)
    opening.settle(session, account, where.request_id)
    held = list(roles.in_force(session, account.id))
    token = sessions.complete(session, found.session_id, clock.now(), held)
    session.flush()
    actor = _actor(session, found.session_id, where)
    audit.record(session, actor, Act.GIVE_CODE, about, request_id=where.request_id)
    return Answer(token, choosing=len(held) > 1)


def give_code_again(session: Session, actor: Actor, session_id: int, code: str, where: Where) -> Answer:
    """Somebody signed in gives a code for an act that needs a fresh one; wrong ones count as at signing in."""
    _, used, wait = _try_code(session, actor.account_id, code, where)
    if wait:
        return Answer(wait=wait)
    audit.record(session, actor, Act.STEP_UP, audit.About(reason=used or "wrong"), decision=_decided(used))
    return Answer(token=sessions.renew(session, session_id, clock.now())) if used else Answer()


def _note_use(account: Account) -> None:
    """Signing in is use; but after 90 days without it a manager has to say that the account is needed."""
    since = account.last_used_on or account.opened_on
    if since is None or clock.today() < since + timedelta(days=UNUSED_DAYS):
        account.last_used_on = clock.today()


def _try_code(session: Session, account_id: int, code: str, where: Where) -> tuple[Account, str | None, int | None]:
    """The account, which kind of code it was, and how long to wait where it was not even tried."""
    now = clock.now()
    account = session.get_one(Account, account_id, with_for_update=True)
    keys = guessing.keys(account.email, where.address)
    if wait := guessing.wait_for_next_code(session, keys, now):
        return account, None, wait
    used = code_of(session, account.id, code, now)
    guessing.note(session, keys, now, succeeded=used is not None, code=True)
    return account, used, None


def _decided(used: str | None) -> Decision:
    return Decision.ALLOWED if used else Decision.REFUSED


def choose_role(session: Session, found: who.Found, role: Role, where: Where) -> None:
    sessions.choose(session, found.session_id, role)
    session.flush()
    audit.record(session, _actor(session, found.session_id, where), Act.CHOOSE_ROLE, audit.About(reason=role))


def _actor(session: Session, session_id: int, where: Where) -> Actor | None:
    """Who is signed in now, when nobody was at the request's start."""
    row = session.get_one(SignedIn, session_id)
    found = who.find(session, row.token_hash, where.request_id)
    return found.actor if found else None


def _not_here(account: Account, where: Where) -> bool:
    return account.demonstration and not where.demonstration


def _role(session: Session, account: Account) -> Role | None:
    """The role in force today; the oldest grant where there are several."""
    return next(iter(roles.in_force(session, account.id)), None)


@cache
def _nobody() -> str:
    """A hash that no password fits: guessing at nobody costs what guessing at somebody costs."""
    return HASHER.hash(sessions.new_token())


def verify(held: str, password: str) -> bool:
    try:
        return HASHER.verify(held, password)
    except VerificationError:
        return False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The session's token and the ten printed codes, shown this once."""

    token: str
    printed: list[str]
    opened: bool
    """The account was opened by this: nobody had ever signed in to it."""
    choosing: bool


def enrolled(session: Session, found: who.Found, where: Where) -> Enrolled:
    """An authenticator was set up while signing in; its code was the second factor. The first one opens the account."""
    account, now = session.get_one(Account, found.account_id), clock.now()
    _note_use(account)
    opened = account.opened_on is None
    if opened:
        account.opened_on = account.kept_on = clock.today()
    about = audit.About(object_id=account.uid, reason="authenticator")
    audit.record(session, None, Act.GIVE_CODE, about, request_id=where.request_id)
    opening.settle(session, account, where.request_id)
    held = list(roles.in_force(session, account.id))
    printed, token = make_codes(session, account.id), sessions.complete(session, found.session_id, now, held)
    session.flush()
    if actor := _actor(session, found.session_id, where):
        audit.record(session, actor, Act.ENROL_FACTOR)
    return Enrolled(token, printed, opened, choosing=len(held) > 1)
