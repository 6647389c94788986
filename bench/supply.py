"""A school's file sent, and the same a month later: rows a second, beside a bare insert of the same rows."""

import secrets
import time
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bench.lines import Line
from bench.school_file import Pupil, a_month_later, as_csv, pupils
from cp import clock, engines
from cp.collecting import uncollected
from cp.engines_bulk import bulk_insert
from cp.feeds.reading import read
from cp.models import Organisation, SupplyFile, SupplyRow, new_uid
from cp.services.demo.rows import table
from cp.services.supply import at_the_server, senders, working
from cp.services.supply.receiving import Arrived
from cp.terms import OrganisationKind, RowState

ROWS, SEED, MOVED = 1000, 77, 0.05
FIRST, AGAIN = 1_000, 10_000
"""Rows a second."""
LOCKED = 200
"""Milliseconds for which a batch may keep others from writing."""


def run(engine: Engine, children: int, rows: int = ROWS) -> Iterator[Line]:
    """The lines of this benchmark. What it sends stays in the directory."""
    first = pupils(rows, SEED, clock.today())
    for name, sent, goal in (("first", first, FIRST), ("again", a_month_later(first, MOVED, SEED), AGAIN)):
        (times, locked), bare = _sent(engine, sent), _bare(engine, sent)
        rate = len(sent) / sum(times)
        yield Line(f"supply, {name}: sent", rate, "rows/s", goal, least=True)
        yield Line(f"supply, {name}: beside a bare insert", sum(times), "s", yardstick=bare)
        yield Line(f"supply, {name}: the longest write", 1000 * max(locked), "ms", LOCKED)


def _sent(engine: Engine, rows: list[Pupil]) -> tuple[list[float], list[float]]:
    """Seconds of each step of the worker, without receiving and checking, and of these while others may not write."""
    with Session(engine) as session, session.begin():
        school = session.scalars(
            select(Organisation).where(Organisation.kind == OrganisationKind.PRIMARY_SCHOOL).limit(1)
        ).one()
        sender = senders.of_organisation(school, UUID(bytes=secrets.token_bytes(16)), None)
        arrived = Arrived("roll.csv", as_csv(rows), whole=False)
        at_the_server.check(session, sender, read(arrived.data, arrived.name), arrived, send=True)
    times, locked, more, reader = list[float](), list[float](), True, engines.reading_first(engine)
    while more:
        begun = time.perf_counter()
        with uncollected():
            with Session(reader) as session:
                looked = working.look(session)
            with Session(engine) as session, session.begin():
                held = time.perf_counter()
                more = working.step(session, looked)
            locked.append(time.perf_counter() - held)
        times.append(time.perf_counter() - begun)
    return times, locked


def _bare(engine: Engine, rows: list[Pupil]) -> float:
    """Seconds to put the bytes of the same rows into a table, sealed by nobody and judged by nobody; then they go."""
    with engine.connect() as connection:
        file_id = connection.scalar(select(SupplyFile.id).limit(1))
        begun = time.perf_counter()
        bulk_insert(connection, table(SupplyRow), [
            {"uid": new_uid(), "file_id": file_id, "number": -at, "state": RowState.KEPT,
             "facts_sealed": ",".join(row.values()).encode()}
            for at, row in enumerate(rows, 1)
        ])  # fmt: skip
        seconds = time.perf_counter() - begun
        connection.rollback()
    return seconds
