"""A manager's answer to somebody who has opened all the records that a day allows."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Allowance, Organisation
from cp.rules.access import Actor
from cp.rules.looking_up import MOST_ALLOWED, Verdict, look_up
from cp.services import audit, looking_up
from cp.services.looking_up import Used, Whose
from cp.services.managing import holders
from cp.terms import Act


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody's day stands; `stopped` while they wait for an answer."""

    account_uid: UUID
    name: str
    used: Used
    stopped: bool


def standing(session: Session, actor: Actor, uid: UUID) -> Standing:
    """For the page. Raises Refusal."""
    account = holders.find(session, actor, uid, Act.SEE_ONE_ACCOUNT)
    audit.record(session, actor, Act.SEE_ONE_ACCOUNT, audit.About(object_id=uid))
    return _standing(session, account)


def answer(session: Session, actor: Actor, uid: UUID, *, more: bool) -> bool:
    """Whether it was theirs to answer: somebody who was answered already, or can go on, gets nothing besides."""
    account = holders.find(session, actor, uid, Act.ANSWER_LIMIT, lock=True)
    if not _standing(session, account).stopped:
        return False
    if more:
        given = Allowance(account_id=account.id, given_by_id=actor.account_id, at=clock.now(), records=MOST_ALLOWED)
        session.add(given)
        session.flush()
    about = audit.About(object_id=uid, reason=f"{MOST_ALLOWED}_more" if more else "no")
    audit.record(session, actor, Act.ANSWER_LIMIT, about)
    return True


def _standing(session: Session, account: Account) -> Standing:
    authority = select(Organisation.authority_id).where(Organisation.id == account.organisation_id)
    whose = Whose(account.uid, account.id, account.practitioner_id, session.scalars(authority).one())
    used = looking_up.count(session, whose)
    verdict = look_up(True, 0, used.records, False, hard=used.hard, allowed_besides=used.allowed)
    return Standing(account.uid, account.name, used, verdict is Verdict.STOP)
