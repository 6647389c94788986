"""What the search index costs: bytes on the disk for each child, time to build."""

import sqlite3
from collections.abc import Iterator

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from bench import built
from bench.lines import Line
from cp.models import Name, NameKey, SearchArea, SearchCarer, SearchKey, SearchPlace
from cp.models.child import Child

MOST = {"sqlite": 150.0, "postgresql": 260.0}
LARGE = 1_000_000
OF_CHILDREN = [table.__tablename__ for table in (SearchKey, SearchPlace, SearchArea, SearchCarer)]
DICTIONARY = [Name.__tablename__, NameKey.__tablename__]
"""Its size hangs on how many names there are, not on how many children."""


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark: the index in all, then each of its tables with its own indexes."""
    with Session(engine) as session:
        count = session.scalar(select(func.count()).select_from(Child)) or 1
    sizes = {table: _bytes(engine, table) / count for table in OF_CHILDREN + DICTIONARY}
    yield Line("search index, for a child", sum(sizes.values()), "bytes", MOST[engine.dialect.name])
    for table, size in sizes.items():
        yield Line(f"{table} with its indexes, for a child", size, "bytes")
    yield from _time(children, engine.dialect.name)


def _time(children: int, on: str) -> Iterator[Line]:
    """Of a directory that was loaded by this benchmark."""
    for it in built.last:
        if it.index:
            most = 3.0 if children > LARGE or on == "postgresql" else 2.0
            yield Line("search index, built while the children were loaded", it.index, "s", most, it.rows)


def _bytes(engine: Engine, table: str) -> int:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return int(connection.scalar(text("SELECT pg_total_relation_size(:name)"), {"name": table}) or 0)
    pages = "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = ?)"
    own = sqlite3.connect(f"file:{engine.url.database}?mode=ro", uri=True)
    try:
        return int(own.execute(pages, [table]).fetchone()[0])
    finally:
        own.close()
