"""Sealing everything again with the key in use, and knowing it by that key: batch by batch, beside people at work."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, Table, or_, update
from sqlalchemy.orm import Session

from cp import engines, sealing
from cp.sealing import KeyProblem
from cp.services import find
from cp.services.changing_keys.columns import (
    ENDING,
    Row,
    batches,
    hashed,
    known_of,
    opened,
    sealed_by,
    sealed_names,
    sealed_tables,
)  # fmt: skip

BATCH = 100
"""Rows in one transaction: on SQLite others wait for it to write."""


class Progress(NamedTuple):
    """After a batch: which table, how many rows were looked at, how many made again, how many do not open at all."""

    table: str
    seen: int = 0
    made: int = 0
    damaged: int = 0


def rotate(owner: Engine) -> Iterator[Progress]:
    """Everything that another key sealed or is known by. What somebody changes meanwhile is left as they made it."""
    for table in sealed_tables():
        yield from _table(engines.reading_first(owner), table)
    yield from _index(owner)


def _table(engine: Engine, table: Table) -> Iterator[Progress]:
    done = Progress(table.name)
    for session, found in batches(engine, table, BATCH, *_still_to_do(table)):
        for row in found:
            done = _row(session, table, row, done)
        yield done


def _still_to_do(table: Table) -> list[ColumnElement[bool]]:
    """Rows of another key; all of them where a row may be sealed with one key and known by another."""
    if known_of(table):
        return []
    number = bytes([sealing.ring().current.id])
    return [or_(*(sealed_by(table, name) != number for name in sealed_names(table)))]


def _row(session: Session, table: Table, row: Row, done: Progress) -> Progress:
    done = done._replace(seen=done.seen + 1)
    try:
        made = _made(session, table, row)
    except KeyProblem:
        return done._replace(damaged=done.damaged + 1)
    if not made:
        return done
    unchanged = [table.c[name] == row[name] for name in made]
    found = session.execute(update(table).where(table.c.id == row["id"], *unchanged).values(made).returning(table.c.id))
    return done._replace(made=done.made + len(found.all()))


def _made(session: Session, table: Table, row: Row) -> dict[str, Any]:
    """The columns of a row that another key stands behind, as they should be.

    A keyed column that says something else than the sealed value is left: it may be somebody's who is nobody's now.
    """
    ring, says = sealing.ring(), opened(table, row)
    made: dict[str, Any] = {
        name + ENDING: ring.seal(value, table.name, name, row["uid"])
        for name, value in says.items()
        if row[name + ENDING][0] != ring.current.id
    }
    for column, kind, text in hashed(session, table, row, says):
        now, *before = ring.look_ups(kind, text)
        if row[column] in before:
            made[column] = now
    return made


def _index(owner: Engine) -> Iterator[Progress]:
    """By what children may be found. A record is held before it is indexed: a shield set meanwhile is obeyed."""
    done, after = Progress("search_index"), 0
    while True:
        with Session(engines.reading_first(owner)) as session:
            ids, behind = find.behind(session, after, BATCH)
        if not ids:
            return
        if behind:
            with Session(owner) as session, session.begin():
                find.again(session, behind)
        after = ids[-1]
        done = done._replace(seen=done.seen + len(ids), made=done.made + len(behind))
        yield done
