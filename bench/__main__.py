"""`python -m bench`: a directory of `CHILDREN` on `ENGINE`, and every benchmark on it.

A benchmark is a module here with `run(engine, children)`, which yields lines; its name stands in `BENCHMARKS`. `ONLY`
names those to run; one that needs no more whole records than `LOADED` says so by that, and makes the rest itself. A
directory of millions takes longer to load than to measure: with `KEEP`, a folder, it stays there with its key, a load
that was broken off goes on, on another day as well, and the next run measures what is there.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench import built
from bench.lines import HEADING
from cp import clock, database, engines, keyfile, sealing
from cp.services import demo
from tests import postgres

BENCHMARKS = (
    "find", "cold", "room", "memory", "harder", "dearest", "equal", "peers", "joining", "supply", "retention", "pages",
    "audit", "map", "before",
)  # fmt: skip
SEED = 1


def main() -> int:
    """0 when every line is ok, 1 when one is short."""
    children, on = int(os.environ.get("CHILDREN", "100000")), os.environ.get("ENGINE", "sqlite")
    kept = Path(os.environ["KEEP"], f"{children}-{on}").resolve() if os.environ.get("KEEP") else None
    only = [import_module(f"bench.{name}") for name in os.environ.get("ONLY", "").split() or BENCHMARKS]
    loaded = min(children, max(getattr(one, "LOADED", children) for one in only))
    with _database(on, kept) as url:
        begun = time.perf_counter()
        with built.clocked(kept):
            engine = _directory(url, loaded, kept)
        print(f"{loaded:,} children on {on}, ready in {time.perf_counter() - begun:.0f} s", HEADING, sep="\n")
        short = 0
        for one in only:
            for line in one.run(engine, children):
                print(line, flush=True)
                short += not line.ok
        engine.dispose()
    return int(short > 0)


@contextmanager
def _database(on: str, kept: Path | None = None) -> Iterator[str]:
    """The URL of a database that is gone at the end, or stays in a folder."""
    with _folder(kept) as folder:
        if on == "sqlite":
            yield f"sqlite:///{folder / 'contactpoint.db'}"
            return
        with postgres.server(kept) as server:
            name = "bench" if kept else f"bench_{uuid4().hex}"
            there = postgres.has_database(server, name)
            made = postgres.url_of(server, name) if there else postgres.create_database(server, name)
            yield made.replace("postgresql://", "postgresql+psycopg://", 1)
            if not kept:
                postgres.drop_database(server, name)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="contactpoint-bench-") as folder:
        yield Path(folder)


def _directory(url: str, children: int, kept: Path | None = None, seed: int = SEED) -> Engine:
    """The application's engine on a migrated directory of so many children."""
    ring = _ring(kept)
    sealing.use(ring)
    owner = engines.make_engine(url, owner=True)
    database.upgrade(owner)
    database.tie(owner, ring)
    engines.protect(owner)
    with Session(owner) as session:
        state, begun = demo.found(session)
    if state != "complete":
        demo.load(owner, ring, begun or demo.Asked(children, seed, clock.today()), lambda _: None)
        if owner.dialect.name == "postgresql":
            with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
    owner.dispose()
    return engines.make_engine(url)


def _ring(kept: Path | None) -> sealing.KeyRing:
    """A new key, or that of the directory that is kept."""
    if kept and (kept / "key").exists():
        return keyfile.read(kept / "key")
    ring = sealing.KeyRing([sealing.Key.new()])
    if kept:
        keyfile.write(kept / "key", ring)
    return ring


if __name__ == "__main__":
    sys.exit(main())
