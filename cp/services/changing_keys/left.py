"""What a key still stands behind, before it may be retired."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Engine, Table
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

BATCH = 1000


def left(owner: Engine, number: int) -> list[str]:
    """How much of each column is still this key's. What does not open is lost already, and no reason to keep a key."""
    reading = engines.reading_first(owner)
    counts = Counter[str]()
    for table in sealed_tables():
        for column in _columns(reading, table, number):
            counts[f"{table.name}.{column}"] += 1
    counts["search_index"] = sum(_index(reading))
    return [f"{column}: {count}." for column, count in sorted(counts.items()) if count]


def _columns(engine: Engine, table: Table, number: int) -> Iterator[str]:
    """The name of a column for each row in which it is this key's."""
    for name in sealed_names(table):
        for _, found in batches(engine, table, BATCH, sealed_by(table, name) == bytes([number])):
            yield from (name + ENDING for row in found if _opens(table, name, row))
    if not known_of(table):
        return
    key = sealing.ring().keys[number]
    for session, found in batches(engine, table, BATCH):
        for row in found:
            for column, kind, text in _hashed(session, table, row):
                if row[column] == key.look_up_of(kind, text):
                    yield column


def _opens(table: Table, name: str, row: Row) -> bool:
    try:
        sealing.ring().unseal(row[name + ENDING], table.name, name, row["uid"])
    except KeyProblem:
        return False
    return True


def _hashed(session: Session, table: Table, row: Row) -> list[tuple[str, str, str]]:
    try:
        return list(hashed(session, table, row, opened(table, row)))
    except KeyProblem:
        return []


def _index(engine: Engine) -> Iterator[int]:
    """Children who are not indexed by place and carer under the key in use, batch by batch."""
    ids, after = [0], 0
    while ids:
        with Session(engine) as session:
            ids, behind = map(list, find.behind(session, after, BATCH))
        after = ids[-1] if ids else after
        yield len(behind)
