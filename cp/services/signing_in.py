"""Email and password, then a code: who gets in, who waits, and what is written down of it."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, RoleGrant
from cp.rules.days import in_force
from cp.services import audit, guessing, sessions
from cp.services.factors import code_of, make_codes
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


def folded(email: str) -> str:
    return email.strip().casefold()


def give_password(session: Session, email: str, password: str, where: Where) -> Answer:
    """The first step. An unknown email, a closed account and a wrong password are answered alike, after equal work."""
    now, keys = clock.now(), guessing.keys(folded(email), where.address)
    if wait := guessing.wait(session, keys, now):
        audit.record(session, None, Act.SIGN_IN, audit.About(reason="wait"), decision=Decision.REFUSED,
                     request_id=where.request_id)  # fmt: skip
        return Answer(wait=wait)
    guess = guessing.note(session, keys, now, succeeded=False)
    account = session.scalar(select(Account).where(Account.email == folded(email)[:200]))
    held = account.password_hash if account else None
    session.commit()  # the guess counts before it is tried; and nobody else waits while it is
    right = _verify(held or _nobody(), password[:LONGEST]) and held is not None
    role = _role(session, account) if account else None
    if account is None or role is None or not right or not account.active or _not_here(account, where):
        about = audit.About(object_id=account.uid if account else None, reason="wrong")
        audit.record(session, None, Act.SIGN_IN, about, decision=Decision.REFUSED, request_id=where.request_id)
        return Answer()
    session.delete(guess)
    return Answer(token=sessions.begin(session, account, role, keys.address, now))


def give_code(session: Session, found: sessions.Found, code: str, where: Where) -> Answer:
    """The second step: the code of an authenticator, or a printed one, each counted once."""
    now = clock.now()
    account = session.get_one(Account, found.account_id, with_for_update=True)
    keys = guessing.keys(account.email, where.address)
    if wait := guessing.wait_for_next_code(session, keys, now):
        return Answer(wait=wait)
    used = code_of(session, account.id, code, now)
    guessing.note(session, keys, now, succeeded=used is not None, code=True)
    about = audit.About(object_id=account.uid, reason=used or "wrong")
    audit.record(session, None, Act.GIVE_CODE, about, request_id=where.request_id,
                 decision=Decision.ALLOWED if used else Decision.REFUSED)  # fmt: skip
    if used is None:
        return Answer()
    account.last_used_on = clock.today()
    return Answer(token=sessions.complete(session, found.session_id, now))


def _not_here(account: Account, where: Where) -> bool:
    return account.demonstration and not where.demonstration


def _role(session: Session, account: Account) -> Role | None:
    """The role in force today; the oldest grant where there are several."""
    grants = session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id).order_by(RoleGrant.id))
    today = clock.today()
    return next((grant.role for grant in grants if in_force(grant.starts_on, grant.ends_on, today)), None)


@cache
def _nobody() -> str:
    """A hash that no password fits: guessing at nobody costs what guessing at somebody costs."""
    return HASHER.hash(sessions.new_token())


def _verify(held: str, password: str) -> bool:
    try:
        return HASHER.verify(held, password)
    except VerificationError:
        return False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The session's token and the ten printed codes, shown this once."""

    token: str
    printed: list[str]


def enrolled(session: Session, found: sessions.Found, where: Where) -> Enrolled:
    """A first authenticator was set up while signing in; its code was the second factor."""
    account = session.get_one(Account, found.account_id)
    account.last_used_on = clock.today()
    about = audit.About(object_id=account.uid, reason="authenticator")
    audit.record(session, None, Act.GIVE_CODE, about, request_id=where.request_id)
    printed, token = make_codes(session, found.account_id), sessions.complete(session, found.session_id, clock.now())
    session.flush()
    now = sessions.find(session, sessions.hashed(token), where.request_id)
    audit.record(session, now.actor if now else None, Act.ENROL_FACTOR)
    return Enrolled(token, printed)
