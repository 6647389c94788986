"""`python -m bench`: a directory of `CHILDREN` on `ENGINE`, and every benchmark on it.

A benchmark is a module here with `run(engine, children)`, which yields lines; its name stands in `BENCHMARKS`.
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

from bench.lines import HEADING
from cp import clock, database, engines, sealing
from cp.services import demo
from tests import postgres

BENCHMARKS = ("find", "pages", "before")
SEED = 1


def main() -> int:
    """0 when every line is ok, 1 when one is short."""
    children, on = int(os.environ.get("CHILDREN", "100000")), os.environ.get("ENGINE", "sqlite")
    with _database(on) as url:
        begun = time.perf_counter()
        engine = _directory(url, children)
        print(f"{children:,} children on {on}, loaded in {time.perf_counter() - begun:.0f} s", HEADING, sep="\n")
        short = 0
        for name in BENCHMARKS:
            for line in import_module(f"bench.{name}").run(engine, children):
                print(line, flush=True)
                short += not line.ok
        engine.dispose()
    return int(short > 0)


@contextmanager
def _database(on: str) -> Iterator[str]:
    """The URL of a database that is gone at the end."""
    if on == "sqlite":
        with tempfile.TemporaryDirectory(prefix="contactpoint-bench-") as folder:
            yield f"sqlite:///{Path(folder, 'contactpoint.db')}"
        return
    with postgres.server() as server:
        name = f"bench_{uuid4().hex}"
        made = postgres.create_database(server, name)
        yield made.replace("postgresql://", "postgresql+psycopg://", 1)
        postgres.drop_database(server, name)


def _directory(url: str, children: int) -> Engine:
    """The application's engine on a migrated directory of so many children."""
    ring = sealing.KeyRing([sealing.Key.new()])
    sealing.use(ring)
    owner = engines.make_engine(url, owner=True)
    database.upgrade(owner)
    database.tie(owner, ring)
    engines.protect(owner)
    demo.load(owner, ring, demo.Asked(children, SEED, clock.today()), lambda _: None)
    if owner.dialect.name == "postgresql":
        with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    owner.dispose()
    return engines.make_engine(url)


if __name__ == "__main__":
    sys.exit(main())
