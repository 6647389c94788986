"""Entries whose time is over are erased. Their places in the tree stay, so that every proof of the others holds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, AuditLeaf, AuditNote, new_uid
from cp.rules.days import london_day
from cp.rules.retention import kept_until
from cp.services import audit
from cp.terms import Act, KeptKind, NoteKind


def erase(session: Session, now: datetime, most: int, spared: Select[UUID]) -> int:
    """Those of the oldest that were made, and sealed, so long ago, at most so many. How many: the audit says so, too.

    `spared`: what the audit calls those about whom nothing goes yet. A trigger of the database refuses any entry that
    is younger. Of a day's last entries, some are sealed on the next and go a day later.
    """
    query = select(AuditEvent.id, AuditEvent.at, AuditLeaf.position).order_by(AuditEvent.at, AuditEvent.id)
    query = query.where(AuditEvent.subject_id.is_(None) | AuditEvent.subject_id.not_in(spared))
    oldest = session.execute(query.join(AuditLeaf, AuditLeaf.entry_id == AuditEvent.id).limit(most)).all()
    over = sorted((row.position, row.id) for row in oldest if _is_over(row.at, now))
    while over and not _is_over(_sealed_at(session, over[-1][0]), now):
        over.pop()
    if over:
        session.execute(delete(AuditEvent).where(AuditEvent.id.in_([entry for _, entry in over])))
        about = audit.About(reason="audit_erased", results=len(over))
        audit.record(session, None, Act.SET_UP, about, request_id=new_uid())
    return len(over)


def _is_over(at: datetime | None, now: datetime) -> bool:
    return at is not None and kept_until(KeptKind.AUDIT, london_day(at)) <= london_day(now)


def _sealed_at(session: Session, position: int) -> datetime | None:
    """When it and all places before were under a checkpoint: the latest moment of those up to the first that has it.

    Whoever checks counts in the same way.
    """
    points = AuditNote.kind == NoteKind.CHECKPOINT
    first = select(func.min(AuditNote.size)).where(points, AuditNote.size > position).scalar_subquery()
    return session.scalar(select(func.max(AuditNote.at)).where(points, AuditNote.size <= first))
