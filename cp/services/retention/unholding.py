"""A hold that ends before its day: one of the management team asks, another agrees."""

from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import LegalHold
from cp.rules.access import Actor
from cp.rules.retention import hold_end_refusal
from cp.services import audit, team
from cp.services.retention import due
from cp.services.retention.holds import Problem, held
from cp.terms import Act

HOLDS = LegalHold.agreed_at.is_not(None)


def ask(session: Session, actor: Actor, uid: UUID) -> bool:
    """Ask that a hold end early, for another of the team to agree. Whether this person asks: who asks first has asked.

    Raises Refusal.
    """
    one, row = held(session, actor, uid, Act.ASK_HOLD, HOLDS)
    if one.end_asked_by_id is None:
        one.end_asked_by_id = actor.account_id
        audit.record(session, actor, Act.ASK_HOLD, audit.About(row.subject_id, uid, reason="end"))
    return one.end_asked_by_id == actor.account_id


def answer(session: Session, actor: Actor, uid: UUID, *, agreed: bool) -> None:
    """It ends today, or goes on; anybody of the team may drop what was asked. Raises Problem, Refusal.

    A record whose six years are over is destroyed in the next night. A restore of a backup of before, within 37 days,
    sets the hold again.
    """
    one, row = held(session, actor, uid, Act.ANSWER_HOLD, HOLDS)
    asked_by = one.end_asked_by_id
    if asked_by is None:
        raise audit.Refusal("none", row.subject_id, object_id=uid, hidden=True)
    if agreed:
        member = team.has(session, actor.authority_id, asked_by)
        if problem := hold_end_refusal(asked_by, actor.account_id, member):
            raise Problem(problem)
        one.ends_on = clock.today()
        due.keep(session, [row.id])
    one.end_asked_by_id = None
    about = audit.About(row.subject_id, uid, reason="ended" if agreed else "goes_on")
    audit.record(session, actor, Act.ANSWER_HOLD, about)
