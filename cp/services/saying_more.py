"""Past a limit: what is written when a record was not opened, why so many are needed, and what cannot wait."""

from uuid import UUID

from sqlalchemy.orm import Session

from cp.rules.access import Actor
from cp.services import alerts, audit, children, looking_up
from cp.services.looking_up import MoreNeeded, Over, Used
from cp.terms import Act, AlertKind, Decision, MoreReason


def refused(session: Session, actor: Actor, over: Over, act: Act) -> None:
    """The record was not opened: the entry, the alert, and the reason that was given, so that it is asked once."""
    looking_up.hold(session, actor)
    children.keep(session, actor, over.row, over.why)
    asks = isinstance(over, MoreNeeded)
    about = audit.About(subject_id=over.row.subject_id, reason="say_more" if asks else "limit")
    audit.record(session, actor, act, about, decision=Decision.REFUSED)
    if asks:
        looking_up.tell_many(session, actor, over.used.others)
    else:
        looking_up.tell_reached(session, actor, over.used.records)


def asked(session: Session, actor: Actor, uid: UUID) -> Used | None:
    """For the question why more are needed; None where the record can be opened. Raises Stopped, ReasonNeeded."""
    row, _ = children.find(session, actor, uid, Act.OPEN_RECORD)
    why, _ = children.opening(session, actor, row, None)
    used = looking_up.count(session, actor, row.subject_id)
    try:
        looking_up.raise_over(row, why, used)
    except MoreNeeded:
        return used
    return None


def give(session: Session, actor: Actor, uid: UUID, more: MoreReason) -> None:
    """Why this person needs more children than most weeks ask for; it counts for this record while its reason does."""
    row, _ = children.find(session, actor, uid, Act.OPEN_RECORD)
    why, _ = children.opening(session, actor, row, None)
    children.keep(session, actor, row, why._replace(more=more))
    audit.record(session, actor, Act.GIVE_MORE_REASON, audit.About(subject_id=row.subject_id, reason=more))


def urgent(session: Session, actor: Actor, uid: UUID) -> None:
    """It cannot wait: this record opens whatever the count is, and a reviewer looks at it."""
    looking_up.hold(session, actor)
    row, _ = children.find(session, actor, uid, Act.OPEN_RECORD)
    why, _ = children.opening(session, actor, row, None)
    if why.urgent:
        return
    records = looking_up.count(session, actor, row.subject_id).records
    children.keep(session, actor, row, why._replace(urgent=True))
    audit.record(session, actor, Act.GIVE_MORE_REASON, audit.About(subject_id=row.subject_id, reason="urgent"))
    alerts.tell(session, actor, AlertKind.URGENT_LOOK_UP, count=records, subject_id=row.subject_id)
