"""What an archived record holds, for whoever may read it now: each opening is decided and written down."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import ArchiveReading
from cp.rules.access import Actor
from cp.services import audit, children, looking_up
from cp.services.archive import kept
from cp.services.archive.kept import Kept
from cp.services.looking_up import MoreNeeded, Stopped
from cp.services.record_row import Row
from cp.services.records import Opened, Record
from cp.services.retention import due
from cp.terms import Act, ArchiveReason, Reason


@dataclass(frozen=True, slots=True)
class Archived:
    """For its page: read only."""

    one: Kept
    record: Record
    because: ArchiveReason
    destroy_on: date | None
    shielded: bool
    """The reader sees through that, as of a live record of their own authority."""


def read(session: Session, actor: Actor, uid: UUID, act: Act) -> Archived:
    """`act`: READ_ARCHIVED or PRINT_ARCHIVED. Raises Refusal; what does not open to this person now is not there."""
    looking_up.hold(session, actor)
    one, child_uid, shown = kept.find(session, actor, uid)
    if not shown.opens:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    agreed = children.Agreed(clock.now(), shown.stands == "open", one.purpose)
    row, parts, record = children.open_closed(session, actor, child_uid, act, agreed)
    if not _still_there(session, one):
        raise audit.Refusal("none", row.subject_id, object_id=uid, hidden=True)
    _within(session, actor, row)
    about = audit.About(subject_id=row.subject_id, object_id=uid, parts=parts, reason=kept.why(one))
    audit.record(session, actor, act, about)
    [ended] = due.of(session, [row.id])
    return Archived(shown, record, ended.ends.because, ended.destroy_on, row.shielded)


def _still_there(session: Session, one: ArchiveReading) -> bool:
    """Nobody took it back while the record was being held."""
    query = select(ArchiveReading.id).where(ArchiveReading.id == one.id)
    return session.scalars(query.with_for_update()).one_or_none() is not None


def _within(session: Session, actor: Actor, row: Row) -> None:
    """Counted as any record that is opened, and reviewers are told of many. Why was said already; what a manager would
    have to allow waits."""
    try:
        looking_up.within(session, actor, row, Opened(Reason.CORRECTING_RECORDS, None, clock.now()))
    except MoreNeeded as more:
        looking_up.tell_many(session, actor, more.used.others + 1)
    except Stopped as stopped:
        raise audit.Refusal("limit", row.subject_id) from stopped
