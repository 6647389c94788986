"""A school's file sent, and the same a month later: rows a second, beside a bare insert of the same rows; the memory
of the worker; and what becomes of the pages meanwhile.
"""

import multiprocessing
import os
import secrets
import time
from collections.abc import Callable, Iterator
from math import inf
from multiprocessing.connection import Connection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bench.lines import Line
from bench.load import Crowd, ask
from bench.memory import Keys, keys_in_use, resident
from bench.school_file import Pupil, a_month_later, as_csv, pupils
from bench.site import Site, site
from cp import clock, engines, sealing
from cp.cli.work import GIVES_WAY
from cp.collecting import uncollected
from cp.engines_bulk import bulk_insert
from cp.feeds.reading import read
from cp.models import Organisation, SupplyFile, SupplyRow, new_uid
from cp.services.demo.rows import table
from cp.services.supply import at_the_server, senders, working
from cp.services.supply.receiving import Arrived
from cp.terms import OrganisationKind, RowState

SHARE, FEWEST, MEANWHILE, MOVED = 10, 1_000, 3_000, 0.05
"""One row for so many children; rows while pages are asked for; the share that has moved a month later."""
FIRST, AGAIN = 1_000, 10_000
"""Rows a second."""
LOCKED = {"postgresql": inf, "sqlite": 200}
"""Milliseconds for which a batch may keep others from writing: on PostgreSQL it keeps nobody."""
SLOWER, QUIET = 2.0, 5.0
"""How much slower a page may be meanwhile, 99 in 100; seconds for which they are asked for before."""
MEMORY = 50.0
"""MiB that a worker may have more after all the rows than after the first tenth of them: what it remembers of names has
its own end."""


class Step(NamedTuple):
    """The seconds of a step, those of them for which others could not write, and the bytes in memory after it."""

    seconds: float
    locked: float
    resident: int


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark. What it sends stays in the directory."""
    rows = max(FEWEST, children // SHARE)
    first = _others(engine, rows)
    for name, sent, goal in (("first", first, FIRST), ("again", a_month_later(first, MOVED, rows), AGAIN)):
        yield from _lines(f"supply of {len(sent):,} rows, {name}", engine, sent, goal)
    with site(engine) as ours:
        yield from _meanwhile(engine, ours)


def _lines(name: str, engine: Engine, sent: list[Pupil], goal: int) -> Iterator[Line]:
    _receive(engine, sent)
    steps, bare = _worked(engine), _bare(engine, sent)
    seconds = sum(step.seconds for step in steps)
    yield Line(f"{name}: sent", len(sent) / seconds, "rows/s", goal, least=True)
    yield Line(f"{name}: beside a bare insert", seconds, "s", yardstick=bare)
    locked = 1000 * max(step.locked for step in steps)
    yield Line(f"{name}: the longest write", locked, "ms", LOCKED[engine.dialect.name])
    more = steps[-1].resident - steps[len(steps) // 10].resident
    yield Line(f"{name}: memory more than after a tenth", more / 2**20, "MiB", MEMORY)


def _meanwhile(engine: Engine, ours: Site) -> Iterator[Line]:
    ask(ours.port, ours.searchers, 1.0)
    quiet = ask(ours.port, ours.searchers, QUIET)
    _receive(engine, _others(engine, MEANWHILE))
    crowds = list[Crowd]()
    steps = _worked(engine, lambda: crowds.append(ask(ours.port, ours.searchers, QUIET)))
    slow = max(crowd.percentile(0.99) for crowd in crowds)
    yield Line("results page while rows are sent, 99% of them", slow, "ms", SLOWER, quiet.percentile(0.99))
    yield Line("rows sent while pages are asked for", MEANWHILE / sum(step.seconds for step in steps), "rows/s")
    wrong = quiet.wrong + sum(crowd.wrong for crowd in crowds)
    yield Line("results page meanwhile, answers that were not 200", wrong, "answers", 0)


def _others(engine: Engine, rows: int) -> list[Pupil]:
    """Pupils whom no file has named before."""
    with Session(engine) as session:
        after = session.scalar(select(func.count()).select_from(SupplyRow)) or 0
    return pupils(rows, after + 1, clock.today(), after)


def _receive(engine: Engine, rows: list[Pupil]) -> None:
    """They are read and checked, and may go."""
    with Session(engine) as session, session.begin():
        school = session.scalars(
            select(Organisation).where(Organisation.kind == OrganisationKind.PRIMARY_SCHOOL).limit(1)
        ).one()
        sender = senders.of_organisation(school, UUID(bytes=secrets.token_bytes(16)), None)
        arrived = Arrived("roll.csv", as_csv(rows), whole=False)
        ahead = at_the_server.look(session, sender, read(arrived.data, arrived.name), arrived)
        at_the_server.send(session, sender, ahead)


def _worked(engine: Engine, until: Callable[[], None] | None = None) -> list[Step]:
    """What a worker did, in a process of its own, until nothing was left; this is done over and over till then."""
    ours, theirs = multiprocessing.Pipe()
    url = engine.url.render_as_string(hide_password=False)
    process = multiprocessing.get_context("spawn").Process(target=work, args=(theirs, url, keys_in_use()))
    process.start()
    theirs.close()
    while until and not ours.poll():
        until()
    steps: list[Step] = ours.recv()
    process.join()
    return steps


def work(pipe: Connection, url: str, keys: Keys) -> None:
    """Sends its steps when nothing is left, or nothing where it fails, which the other end hears of."""
    with pipe:
        os.nice(GIVES_WAY)
        sealing.use(sealing.KeyRing(*keys))
        engine = engines.make_engine(url)
        reader, steps, more = engines.reading_first(engine), list[Step](), True
        while more:
            begun = time.perf_counter()
            with uncollected():
                with Session(reader) as session:
                    looked = working.look(session)
                with Session(engine) as session, session.begin():
                    held = time.perf_counter()
                    more = working.step(session, looked)
                    pause = working.pause(session, time.perf_counter() - begun)
                locked = time.perf_counter() - held
            time.sleep(pause)
            steps.append(Step(time.perf_counter() - begun, locked, resident()))
        pipe.send(steps)


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
