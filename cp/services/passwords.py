"""Choosing a password: what may be chosen, by whose name, and where the common ones come from."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Organisation
from cp.rules.access import Actor
from cp.rules.passwords import password_problem
from cp.services import audit, guessing, signing_in
from cp.terms import Act, Decision

OURS = "ContactPoint"


@cache
def common() -> frozenset[str]:
    """30,000 passwords that are guessed first; read when somebody chooses one, for their weight."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def problem(session: Session, account: Account, password: str) -> str | None:
    """The code of why this account may not have this password."""
    organisation = session.get_one(Organisation, account.organisation_id)
    authority = session.get_one(Authority, organisation.authority_id)
    context = (account.name, account.email, organisation.name, authority.name, OURS)
    return password_problem(password, context, common())


def keep(account: Account, password: str) -> None:
    account.password_hash = signing_in.HASHER.hash(password)


@dataclass(frozen=True, slots=True)
class Kept:
    """Nothing is wrong; else seconds to `wait`, or `wrong` for the old password, or why the new one may not be."""

    wait: int | None = None
    problem: str | None = None


def change(session: Session, actor: Actor, old: str, new: str, where: signing_in.Where) -> Kept:
    """Somebody signed in changes their own; guesses at the old one count as at signing in."""
    account = session.get_one(Account, actor.account_id, with_for_update=True)
    keys, now = guessing.keys(account.email, where.address), clock.now()
    if wait := guessing.wait(session, keys, now):
        return Kept(wait=wait)
    if not signing_in.verify(account.password_hash or "", old):
        guessing.note(session, keys, now, succeeded=False)
        audit.record(session, actor, Act.CHANGE_PASSWORD, audit.About(reason="wrong"), decision=Decision.REFUSED)
        return Kept(problem="wrong")
    if refusal := problem(session, account, new):
        return Kept(problem=refusal)
    keep(account, new)
    audit.record(session, actor, Act.CHANGE_PASSWORD)
    return Kept()
