"""Searching when nothing of the directory is in memory: the first search of the morning.

Before each search, and before each read of a record beside it, a connection is opened anew and the system forgets what
it has read of the file. PostgreSQL keeps pages in a memory of its own, which only a restart empties: there nothing is
measured.
"""

import os
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench.draw import Draw
from bench.find import at, read_record, timed
from bench.known import drawn, sought
from bench.lines import Line
from bench.queries import mixed
from cp import clock
from cp.services.find import search

QUERIES, SEED = 150, 20_301
SLOWEST = 100.0
"""Milliseconds within which 99 in 100 searches answer."""


def run(engine: Engine, children: int, queries: int = QUERIES) -> Iterator[Line]:
    """The lines of this benchmark."""
    if engine.dialect.name != "sqlite":
        return
    today, draw = clock.today(), Draw(SEED, "reads")
    with Session(engine) as session:
        known = sought(session, drawn(session, children))
    searches = list[float]()
    reads = list[float]()
    for query in mixed(known, queries, SEED, today):
        searches.append(_forgotten(engine, search, query.criteria, today))
        reads.append(_forgotten(engine, read_record, draw.pick(known).child_id))
    for part, goal in ((0.5, inf), (0.99, SLOWEST)):
        yield Line(f"search with nothing in memory, {part:.0%} of them", at(searches, part), "ms", goal)
        yield Line(f"a record's read with nothing in memory, {part:.0%} of them", at(reads, part), "ms")


def _forgotten(engine: Engine, work: Callable[..., object], *given: object) -> float:
    """Seconds that it takes on a new connection, when nothing of the file is in memory."""
    engine.dispose()
    database = Path(str(engine.url.database))
    with Session(engine) as session:
        session.connection()
        for file in database.parent.glob(f"{database.name}*"):
            _forget(file)
        return timed(work, session, *given)[0]


def _forget(file: Path) -> None:
    of = os.open(file, os.O_RDONLY)
    try:
        os.fsync(of)
        os.posix_fadvise(of, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(of)
