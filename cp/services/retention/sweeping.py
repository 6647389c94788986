"""The sweep of each night: in short batches, each whole or not at all. Killed anywhere, the next goes on from there."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules.days import london_day
from cp.services.audit_seals import erasing
from cp.services.retention import archiving, destroying, due

Done = Literal["worked_out", "archived", "destroyed", "erased"]
BATCH = {"sqlite": 20, "postgresql": 200}
"""Records in one transaction: on SQLite everybody else waits for it to write, on PostgreSQL nobody does."""
KIND = "retention"


def step(session: Session, now: datetime) -> tuple[Done | None, int]:
    """The next batch that is due, and how many records, or entries of the audit, it was; None and 0 where nothing is
    left to do today.

    Whoever calls commits after each. Once a batch was destroyed: `lodged.lodge`.
    """
    most, today = BATCH[session.get_bind().dialect.name], london_day(now)
    if count := due.fill(session, most):
        return "worked_out", count
    if count := archiving.archive(session, today, most):
        return "archived", count
    if count := _destroy(session, now, most):
        return "destroyed", count
    count = erasing.erase(session, now)
    return ("erased" if count else None), count


def _destroy(session: Session, now: datetime, most: int) -> int:
    """Destroy the next whose day has come. A hold that was placed meanwhile is seen, for its record is held."""
    ids = session.scalars(_doomed(london_day(now)).limit(most).with_for_update(skip_locked=True)).all()
    gone = []
    for child, ends in due.of(session, ids):
        if child.archived_on is not None:
            child.destroy_on = ends.destroy_on(child.archived_on)
            gone += [child.uid] if child.destroy_on <= london_day(now) else []
    session.flush()
    destroying.destroy(session, gone, now)
    return len(ids)


def _doomed(today: date) -> Select[int]:
    return select(Child.id).where(Child.destroy_on <= today).order_by(Child.destroy_on, Child.id)
