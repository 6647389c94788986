"""Entries whose time is over are erased. Their places in the tree stay, so that every proof of the others holds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, AuditLeaf, AuditNote, new_uid
from cp.rules.days import day_begins, london_day
from cp.rules.retention import kept_since
from cp.services import audit
from cp.terms import Act, KeptKind, NoteKind


def erase(session: Session, now: datetime, most: int, spared: Select[UUID]) -> int:
    """Those of the oldest that were made, and sealed, so long ago, at most so many. How many: the audit says so, too.

    `spared`: what the audit calls those about whom nothing goes yet. A trigger of the database refuses any entry that
    is younger. Of a day's last entries, some are sealed on the next and go a day later.
    """
    young = day_begins(kept_since(KeptKind.AUDIT, london_day(now)))
    over = select(AuditEvent.id).where(AuditEvent.at < young).order_by(AuditEvent.at, AuditEvent.id)
    if session.scalars(over.limit(1)).first() is None:
        return 0
    sealed = over.join(AuditLeaf, AuditLeaf.entry_id == AuditEvent.id)
    unspared = AuditEvent.subject_id.is_(None) | AuditEvent.subject_id.not_in(spared)
    those = sealed.where(AuditLeaf.position < _ended(session, young), unspared)
    entries = session.scalars(those.limit(most)).all()
    if entries:
        session.execute(delete(AuditEvent).where(AuditEvent.id.in_(entries)))
        about = audit.About(reason="audit_erased", results=len(entries))
        audit.record(session, None, Act.SET_UP, about, request_id=new_uid())
    return len(entries)


def _ended(session: Session, young: datetime) -> int:
    """How many of the first places were under a checkpoint before that moment, as were all before them.

    Whoever checks counts in the same way.
    """
    points = select(AuditNote.size).where(AuditNote.kind == NoteKind.CHECKPOINT)
    first = session.scalars(points.where(AuditNote.at >= young).order_by(AuditNote.size).limit(1)).first()
    before = points.where(AuditNote.size < first) if first is not None else points
    return session.scalars(before.order_by(AuditNote.size.desc()).limit(1)).first() or 0
