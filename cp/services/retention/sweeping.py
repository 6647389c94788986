"""The sweep of each night: in short batches, each whole or not at all. Killed anywhere, the next goes on from there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules.days import anniversary, london_day
from cp.rules.retention import destroy_because
from cp.services import reading
from cp.services.retention import archiving, destroying, due
from cp.terms import ArchiveReason, DestroyReason

Done = Literal["worked_out", "archived", "destroyed"]
BATCH = {"sqlite": 20, "postgresql": 200}
"""Records in one transaction: on SQLite everybody else waits for it to write, on PostgreSQL nobody does."""
KIND = "retention"
AT_ONCE = 500
"""Records that are read together where nothing is written."""


def step(session: Session, now: datetime) -> tuple[Done | None, int]:
    """The next batch that is due, and how many records it was; None and 0 where nothing is left to do today.

    Whoever calls commits after each. Once a batch was destroyed: `lodged.lodge`.
    """
    most, today = BATCH[session.get_bind().dialect.name], london_day(now)
    if count := due.fill(session, most):
        return "worked_out", count
    if count := archiving.archive(session, today, most):
        return "archived", count
    count = _destroy(session, now, most)
    return ("destroyed" if count else None), count


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


@dataclass(frozen=True, slots=True)
class Going:
    """Which record goes where, on which day, by which rule. By its number: no name."""

    on: date
    number: str
    to: Literal["archive", "destruction"]
    because: ArchiveReason | DestroyReason


def plan(session: Session, today: date, months: int = 1) -> list[Going]:
    """Everybody who goes within so many months, if nothing changes, the next first. Reads, and changes nothing."""
    before = anniversary(today, 0, months)
    archived = (Child.archived_on.is_(None), Child.state.in_(archiving.ENDING))
    soon = select(Child.id).where(*archived, (Child.archive_on < before) | Child.archive_on.is_(None))
    going = [*_to_archive(session, soon, today, before), *_to_destruction(session, _doomed(before), today, before)]
    return sorted(going, key=lambda one: (one.on, one.to, one.number))


def _to_archive(session: Session, query: Select[int], today: date, before: date) -> Iterator[Going]:
    for child, ends in _found(session, query):
        if (on := max(ends.archive_on, today)) < before:
            yield Going(on, child.number, "archive", ends.because)


def _to_destruction(session: Session, query: Select[int], today: date, before: date) -> Iterator[Going]:
    for child, ends in _found(session, query):
        if child.archived_on is not None and (on := max(ends.destroy_on(child.archived_on), today)) < before:
            yield Going(on, child.number, "destruction", destroy_because(child.archived_on, ends.held_until))


def _found(session: Session, query: Select[int]) -> Iterator[tuple[Child, due.Ends]]:
    ids = session.scalars(query).all()
    for at in range(0, len(ids), AT_ONCE):
        reading.by(session, reading.SYSTEM)  # of those before, nothing is to be read any longer
        for child, ends in due.of(session, ids[at : at + AT_ONCE]):
            yield child, ends
            session.expunge(child)
