"""Whose record goes where, on which day and by which rule, before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from cp import clock
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.days import anniversary
from cp.rules.retention import destroy_because
from cp.services import audit, reading
from cp.services.retention import archiving, due
from cp.services.retention.due import Record
from cp.terms import Act, ArchiveReason, DestroyReason, RecordState

To = Literal["archive", "destruction"]
AT_ONCE = 500
"""Records that are read together where nothing is written."""
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Going:
    """By its number: no name."""

    on: date
    number: str
    to: To
    because: ArchiveReason | DestroyReason


@dataclass(frozen=True, slots=True)
class Month:
    """One page of those of an authority who go before `before`, each with the record's uid. The totals count all of
    them, not this page's."""

    rows: tuple[tuple[UUID, Going], ...]
    to_archive: int
    to_destruction: int
    before: date
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-(self.to_archive + self.to_destruction) // A_PAGE))


def plan(session: Session, today: date, months: int = 1) -> list[Going]:
    """Everybody who goes within so many months, if nothing changes, the next first. Reads, and changes nothing."""
    before = anniversary(today, 0, months)
    archived = (Child.archived_on.is_(None), Child.state.in_(archiving.ENDING))
    ending = select(Child.id).where(*archived, (Child.archive_on < before) | Child.archive_on.is_(None))
    doomed = select(Child.id).where(Child.destroy_on < before)
    found = [_going(one, today) for query in (ending, doomed) for one in _found(session, query)]
    return sorted((one for one in found if one.on < before), key=lambda one: (one.on, one.to, one.number))


def _going(one: Record, today: date) -> Going:
    """What waited for a night that did not come goes today."""
    if one.archived_on is None:
        return Going(max(one.ends.archive_on, today), one.number, "archive", one.ends.because)
    why = destroy_because(one.archived_on, one.ends.held_until)
    return Going(max(one.ends.destroy_on(one.archived_on), today), one.number, "destruction", why)


def _found(session: Session, query: Select[int]) -> Iterator[Record]:
    ids = session.scalars(query.order_by(Child.id)).all()
    for at in range(0, len(ids), AT_ONCE):
        reading.by(session, reading.SYSTEM)  # of those before, nothing is to be read any longer
        yield from due.of(session, ids[at : at + AT_ONCE])


def next_month(session: Session, actor: Actor, number: int) -> Month:
    """Those of this person's authority, by the days that are kept. An old identity is not among them."""
    today = clock.today()
    before = anniversary(today, 0, 1)
    asked = soon(actor.authority_id, before).subquery("soon")
    counts = select(asked.c.to, func.count().label("many")).group_by(asked.c.to)
    counted = {row.to: row.many for row in session.execute(counts)}
    ordered = select(asked.c.id).order_by(asked.c.on, asked.c.to, asked.c.number)
    ids = session.scalars(ordered.limit(A_PAGE).offset((number - 1) * A_PAGE)).all()
    found = {one.id: (one.uid, _going(one, today)) for one in due.of(session, ids)}
    audit.record(session, actor, Act.SEE_ENDING, audit.About(results=len(found)))
    return Month(
        tuple(found[one] for one in ids if one in found), counted.get("archive", 0), counted.get("destruction", 0),
        before, number,
    )  # fmt: skip


def soon(authority_id: int, before: date) -> CompoundSelect[int, date, str, str]:
    """Each with the day that stands in its column, by the index of the days: SQLite would read all of the authority's
    records by theirs, which a sum is not."""
    columns = (Child.id, Child.number)
    theirs = Child.authority_id + 0 == authority_id
    return union_all(
        select(*columns, Child.archive_on.label("on"), literal("archive").label("to")).where(
            theirs, Child.archived_on.is_(None), Child.state == RecordState.LIVE, Child.archive_on < before
        ),
        select(*columns, Child.destroy_on, literal("destruction")).where(
            theirs, Child.state == RecordState.ARCHIVED, Child.destroy_on < before
        ),
    )
