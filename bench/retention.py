"""One night's sweep: the records of so many children as turn 18 in a night are archived, and as many are destroyed."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from math import inf

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bench.lines import Line
from cp import clock
from cp.models.child import Child
from cp.rules.days import anniversary
from cp.services.retention import sweeping

NIGHTS, FEWEST = 18 * 365, 50
GOAL = {"postgresql": 1.0, "sqlite": 10.0}
"""Seconds for a night of 11,000,000 children: some 1,700 records."""
LOCKED = {"postgresql": inf, "sqlite": 200}
"""Milliseconds for which a batch may keep others from writing: on PostgreSQL it keeps nobody."""


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark. Whom it archives and destroys is gone from the directory."""
    wanted = max(children // NIGHTS, FEWEST)
    night = _night(engine, wanted)
    archived = _swept(engine, night)
    yield from _lines(engine, "archive", archived)
    _long_ago(engine, night)
    yield from _lines(engine, "destroy", _swept(engine, night))


def _lines(engine: Engine, what: str, batches: list[tuple[int, float]]) -> Iterator[Line]:
    count, seconds = sum(count for count, _ in batches), sum(spent for _, spent in batches)
    yield Line(f"retention: {what} a night, {count} records", seconds, "s", GOAL[engine.dialect.name])
    yield Line(f"retention: {what} a record", 1000 * seconds / max(count, 1), "ms")
    yield Line(
        f"retention: {what}, the longest write",
        1000 * max(spent for _, spent in batches),
        "ms",
        LOCKED[engine.dialect.name],
    )


def _night(engine: Engine, wanted: int) -> datetime:
    """The first on which so many are due, if nobody has gone before."""
    due = select(Child.archive_on).where(Child.archived_on.is_(None)).order_by(Child.archive_on)
    with Session(engine) as session:
        day = session.scalars(due.offset(wanted - 1).limit(1)).one() or clock.today()
    return datetime.combine(max(day, clock.today()), clock_time(12), UTC)


def _swept(engine: Engine, night: datetime) -> list[tuple[int, float]]:
    """Of each batch: how many records, and the seconds of its transaction."""
    batches = list[tuple[int, float]]()
    while True:
        begun = time.perf_counter()
        with Session(engine) as session, session.begin():
            what, count = sweeping.step(session, night)
        if what is None:
            return batches
        batches.append((count, time.perf_counter() - begun))


def _long_ago(engine: Engine, night: datetime) -> None:
    """Those who were just archived were so six years before, and are to be destroyed."""
    day: date = anniversary(night.date() + timedelta(days=-1), -6)
    with Session(engine) as session, session.begin():
        gone = update(Child).where(Child.archived_on == night.date())
        session.execute(gone.values(archived_on=day, destroy_on=anniversary(day, 6)))
