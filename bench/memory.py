"""How much memory searching adds to a process: the names that it remembers, and the pages of its database."""

import multiprocessing
import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench.known import SEED, drawn, sought
from bench.lines import Line
from bench.queries import mixed
from cp import clock, engines, sealing
from cp.services import find

MOST, SEARCHES = 150.0, 5000
Keys = tuple[list[sealing.Key], int, bytes]


def run(engine: Engine, children: int) -> Iterator[Line]:
    """In a process of its own, from before its first search to after its last."""
    ours, theirs = multiprocessing.Pipe()
    url = engine.url.render_as_string(hide_password=False)
    of_its_own = multiprocessing.get_context("spawn")
    process = of_its_own.Process(target=search, args=(theirs, url, keys_in_use(), children, SEARCHES))
    process.start()
    theirs.close()
    before, after = ours.recv()
    process.join()
    yield Line(f"memory that {SEARCHES:,} searches add to a process", (after - before) / 2**20, "MiB", MOST)


def keys_in_use() -> Keys:
    """As another process makes a ring of them."""
    ring = sealing.ring()
    return list(ring.keys.values()), ring.current.id, ring.lasting


def search(pipe: Connection, url: str, keys: Keys, children: int, searches: int) -> None:
    """Sends the bytes in memory before and after, or nothing where it fails, which the other end hears of."""
    with pipe:
        sealing.use(sealing.KeyRing(*keys))
        engine, today = engines.make_engine(url), clock.today()
        with Session(engine) as session:
            queries = mixed(sought(session, drawn(session, children)), searches, SEED, today)
        engine.dispose()  # with its memory of pages
        before = resident()
        with Session(engine) as session:
            for query in queries:
                find.search(session, query.criteria, today)
            pipe.send((before, resident()))


def resident() -> int:
    """Bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
