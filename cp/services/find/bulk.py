"""The index of a whole directory, made in bulk: rows first, then what stands in another order, sorted once."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from cp.engines_bulk import bulk_insert, bulk_tuples, count_on, next_ids
from cp.services.find import areas
from cp.services.find.entry import Entry, rows_of
from cp.services.find.indexing import NAME, NAME_KEY, OF_CHILDREN, Known, as_rows, hashes_of, names_of

BATCH = 5000


def before_bulk(session: Session) -> None:
    """Before the first of many: no index to keep up. For the owner of the tables, as all of this."""
    for table in OF_CHILDREN:
        for index in table.indexes:
            index.drop(session.connection(), checkfirst=True)


def bulk_index(session: Session, entries: Iterable[Entry]) -> int:
    """Index children who have no rows yet, as many as there are, in bounded memory; how many there were.

    With nobody else writing: it numbers the names itself. `after_bulk` completes it.
    """
    connection, count = session.connection(), 0
    stored = connection.execute(select(NAME.c.folded, NAME.c.family, NAME.c.id))
    known: Known = {(folded, family): name_id for folded, family, name_id in stored}
    for batch in _batches(entries):
        wanted = [rows_of(entry) for entry in batch]
        _add_many(connection, known, {name for rows in wanted for name in names_of(rows)} - known.keys())
        made = [as_rows(entry, rows, known) for entry, rows in zip(batch, wanted, strict=True)]
        for at, table in enumerate(OF_CHILDREN):
            bulk_tuples(connection, table, [row for rows in made for row in rows[at]])
        count += len(batch)
    count_on(connection, [NAME])
    return count


def after_bulk(session: Session) -> None:
    """After the last: the indexes, and who bears which name where, each sorted once and so written without gaps."""
    connection = session.connection()
    for table in OF_CHILDREN:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            index.create(connection, checkfirst=True)
    areas.make_all(connection)


def _add_many(connection: Connection, known: Known, names: set[tuple[str, bool]]) -> None:
    first = next_ids(connection, [NAME])[NAME]
    added = {name: first + at for at, name in enumerate(sorted(names))}
    bulk_insert(
        connection, NAME, [{"id": key, "folded": folded, "family": family} for (folded, family), key in added.items()]
    )
    bulk_insert(connection, NAME_KEY, [row for name, key in added.items() for row in hashes_of(key, *name)])
    known |= added


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    waiting = iter(entries)
    while batch := list(islice(waiting, BATCH)):
        yield batch
