"""One night's sweep: the records of so many children as turn 18 in a night are archived, and as many are destroyed.

Of a directory of millions those records are whole, made by the ordinary loader; of the others there is what the sweep
passes by (`bench/ends.py`).
"""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from math import inf
from typing import NamedTuple

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bench import ends
from bench.lines import Line
from cp import clock, engines
from cp.collecting import uncollected
from cp.models.child import Child
from cp.rules.days import anniversary
from cp.services.retention import going, sweeping
from cp.services.retention.believing import Believed

LOADED, RUNS = 50_000, 5
"""Whole records, and how many nights they last in a directory that is kept."""
NIGHTS, FEWEST = 18 * 365, 50
GOAL = {"postgresql": 1.0, "sqlite": 10.0}
"""Seconds for a night of 11,000,000 children: some 1,700 records."""
LOCKED = {"postgresql": inf, "sqlite": 200}
"""Milliseconds for which a batch may keep others from writing: on PostgreSQL it keeps nobody."""


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark. Whom it archives and destroys is gone from the directory."""
    wanted = max(children // NIGHTS, FEWEST)
    if children > LOADED:
        ends.fill(engine, children, _night(engine, RUNS * wanted).date() + timedelta(days=1))
    yield _planned(engine)
    night = _night(engine, wanted)
    archived = _swept(engine, night)
    yield from _lines(engine, "archive", archived)
    _long_ago(engine, night)
    yield from _lines(engine, "destroy", _swept(engine, night))


def _planned(engine: Engine) -> Line:
    """The dry run from the first day on which any of millions are due, or from today."""
    with Session(engines.reading_first(engine)) as session:
        day = session.scalar(select(Child.archive_on).where(Child.number == ends.FIRST)) or clock.today()
        begun = time.perf_counter()
        due = going.plan(session, day)
        return Line(f"retention: dry run of a month, {len(due)} records", time.perf_counter() - begun, "s")


class Batch(NamedTuple):
    """How many records; the seconds of its transaction, and those that this process worked in it."""

    records: int
    seconds: float
    worked: float


def _lines(engine: Engine, what: str, batches: list[Batch]) -> Iterator[Line]:
    count, seconds = sum(one.records for one in batches), sum(one.seconds for one in batches)
    yield Line(f"retention: {what} a night, {count} records", seconds, "s", GOAL[engine.dialect.name])
    yield Line(f"retention: {what} a record", 1000 * seconds / max(count, 1), "ms")
    yield Line(
        f"retention: {what}, the longest write",
        1000 * max(one.seconds for one in batches),
        "ms",
        LOCKED[engine.dialect.name],
    )
    yield Line(f"retention: {what}, of which this process worked", sum(one.worked for one in batches), "s")
    yield Line(f"retention: {what}, the most work in one write", 1000 * max(one.worked for one in batches), "ms")


def _night(engine: Engine, wanted: int) -> datetime:
    """The first on which so many are due, if nobody has gone before."""
    due = select(Child.archive_on).where(Child.archived_on.is_(None)).order_by(Child.archive_on)
    with Session(engine) as session:
        day = session.scalars(due.offset(wanted - 1).limit(1)).one() or clock.today()
    return datetime.combine(max(day, clock.today()), clock_time(12), UTC)


def _swept(engine: Engine, night: datetime) -> list[Batch]:
    batches = list[Batch]()
    while True:
        begun, worked = time.perf_counter(), time.thread_time()
        with uncollected(), Session(engine) as session, session.begin():
            what, count = sweeping.step(session, Believed(night))
        if what is None:
            return batches
        batches.append(Batch(count, time.perf_counter() - begun, time.thread_time() - worked))


def _long_ago(engine: Engine, night: datetime) -> None:
    """Those who were just archived were so six years before, and are to be destroyed."""
    day: date = anniversary(night.date() + timedelta(days=-1), -6)
    with Session(engine) as session, session.begin():
        gone = update(Child).where(Child.archived_on == night.date(), Child.number < ends.FIRST)
        session.execute(gone.values(archived_on=day, destroy_on=anniversary(day, 6)))
