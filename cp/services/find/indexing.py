"""The index kept right: in the same transaction as each change of a record, and in bulk for a whole directory."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from cp.engines_bulk import bulk_insert, count_on, next_ids
from cp.matching import keys
from cp.models import Name, NameKey, SearchCarer, SearchKey, SearchPlace
from cp.services.find.carers import entries
from cp.services.find.entry import Entry, Rows, rows_of

BATCH = 5000
ATTEMPTS = 20
FAMILY, GIVEN = True, False

Known = dict[tuple[str, bool], int]
"""Ids of names by folded name and whether it is a family name."""

_NAME, _NAME_KEY, _SEARCH_KEY, _SEARCH_PLACE, _SEARCH_CARER = (
    table
    for model in (Name, NameKey, SearchKey, SearchPlace, SearchCarer)
    if isinstance(table := model.__table__, Table)
)
OF_CHILDREN = (_SEARCH_KEY, _SEARCH_PLACE, _SEARCH_CARER)
"""What is kept of each child, in the order of `as_rows`."""


def reindex(session: Session, child_id: int) -> None:
    """Bring one child's rows up to date with the record, after any change of names, birth, gender, place, carers
    or shield.

    A record that is not live, or is gone, has none. Names that nobody bears any longer leave the dictionary, so that
    a search cannot tell that they ever stood there.
    """
    session.flush()
    connection = session.connection()
    entry = entries(session, [child_id]).get(child_id)
    wanted = rows_of(entry) if entry else Rows([], [], [])
    known = _known(connection, names_of(wanted))
    made = as_rows(entry, wanted, known) if entry else ([], [], [])
    before = [_stored(connection, table, child_id) for table in OF_CHILDREN]
    if before == [[tuple(row.values()) for row in rows] for rows in made]:
        return
    for table, rows in zip(OF_CHILDREN, made, strict=True):
        connection.execute(delete(table).where(table.c.child_id == child_id))
        if rows:
            connection.execute(insert(table), rows)
    prune(connection, {name_id for row in before[0] for name_id in row[2:4]} - set(known.values()))


def bulk_index(session: Session, entries: Iterable[Entry]) -> int:
    """Index children who have no rows yet, as many as there are, in bounded memory; how many there were.

    For the owner of the tables, with nobody else writing: it numbers the names itself.
    """
    connection, count = session.connection(), 0
    stored = connection.execute(select(_NAME.c.folded, _NAME.c.family, _NAME.c.id))
    known: Known = {(folded, family): name_id for folded, family, name_id in stored}
    for batch in _batches(entries):
        wanted = [rows_of(entry) for entry in batch]
        _add_many(connection, known, {name for rows in wanted for name in names_of(rows)} - known.keys())
        made = [as_rows(entry, rows, known) for entry, rows in zip(batch, wanted, strict=True)]
        for at, table in enumerate(OF_CHILDREN):
            bulk_insert(connection, table, [row for rows in made for row in rows[at]])
        count += len(batch)
    count_on(connection, [_NAME])
    return count


def _add_many(connection: Connection, known: Known, names: set[tuple[str, bool]]) -> None:
    first = next_ids(connection, [_NAME])[_NAME]
    added = {name: first + at for at, name in enumerate(sorted(names))}
    bulk_insert(
        connection, _NAME, [{"id": key, "folded": folded, "family": family} for (folded, family), key in added.items()]
    )
    bulk_insert(connection, _NAME_KEY, [row for name, key in added.items() for row in _hashes(key, *name)])
    known |= added


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    waiting = iter(entries)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def names_of(rows: Rows) -> set[tuple[str, bool]]:
    return {(family, FAMILY) for family, _ in rows.names} | {(given, GIVEN) for _, given in rows.names}


Made = tuple[list[dict[str, int]], list[dict[str, int]], list[dict[str, int]]]


def as_rows(entry: Entry, rows: Rows, known: Known) -> Made:
    """The rows of each of `OF_CHILDREN`, their columns in the tables' order."""
    pairs = [(known[family, FAMILY], known[given, GIVEN]) for family, given in rows.names]
    child_id, born, gender = entry.child_id, keys.born_key(entry.born_on), keys.GENDERS[entry.gender]
    keyed = [
        {"child_id": child_id, "variant": variant, "family_id": family, "given_id": given,
         "born": born, "gender": gender}
        for variant, (family, given) in enumerate(pairs)
    ]  # fmt: skip
    placed = [
        {"child_id": child_id, "place": place, "variant": variant, "family_id": family, "given_id": given,
         "outward_key": outward, "postcode_key": postcode, "street_key": street}
        for place, (outward, postcode, street) in enumerate(rows.places)
        for variant, (family, given) in enumerate(pairs)
    ]  # fmt: skip
    cared_for = [
        {"child_id": child_id, "ordinal": ordinal, "carer_key": carer} for ordinal, carer in enumerate(rows.carers)
    ]
    return keyed, placed, cared_for


def _stored(connection: Connection, table: Table, child_id: int) -> list[tuple[int, ...]]:
    query = select(table).where(table.c.child_id == child_id).order_by(*table.primary_key.columns)
    return [tuple(row) for row in connection.execute(query)]


def _known(connection: Connection, names: set[tuple[str, bool]]) -> Known:
    """The ids of these names, those that are new added. Held against a removal at the same time until the commit.

    On PostgreSQL a name may come or go between the two steps, by another transaction: then they are taken again.
    """
    found: Known = {}
    for _ in range(ATTEMPTS):
        found |= ids_of(connection, names - found.keys(), hold=True)
        found |= _add_names(connection, names - found.keys())
        if len(found) == len(names):
            return found
    raise RuntimeError("names come and go faster than they can be taken up")


def ids_of(connection: Connection, names: set[tuple[str, bool]], *, hold: bool = False) -> Known:
    if not names:
        return {}
    query = select(_NAME.c.folded, _NAME.c.family, _NAME.c.id).where(_NAME.c.folded.in_({name for name, _ in names}))
    found = connection.execute(query.with_for_update(read=True, key_share=True) if hold else query)
    return {(folded, family): name_id for folded, family, name_id in found if (folded, family) in names}


def _add_names(connection: Connection, names: set[tuple[str, bool]]) -> Known:
    """New names and their keys; one that another transaction has just added is left out."""
    if not names:
        return {}
    engine = sqlite if connection.dialect.name == "sqlite" else postgresql
    adding = engine.insert(_NAME).on_conflict_do_nothing().returning(_NAME.c.folded, _NAME.c.family, _NAME.c.id)
    added = connection.execute(adding, [{"folded": folded, "family": family} for folded, family in sorted(names)])
    known = {(folded, family): name_id for folded, family, name_id in added}
    hashes = [row for (folded, family), name_id in known.items() for row in _hashes(name_id, folded, family)]
    if hashes:
        connection.execute(insert(_NAME_KEY), hashes)
    return known


def _hashes(name_id: int, folded: str, family: bool) -> list[dict[str, int]]:
    return [{"key": key, "name_id": name_id} for key in sorted(keys.name_keys(folded, family=family))]


def key_again(connection: Connection, name_id: int, folded: str, family: bool) -> None:
    """Give a name of the dictionary its keys afresh, where the way names are keyed has changed or a key was lost."""
    connection.execute(delete(_NAME_KEY).where(_NAME_KEY.c.name_id == name_id))
    if hashes := _hashes(name_id, folded, family):
        connection.execute(insert(_NAME_KEY), hashes)


def prune(connection: Connection, name_ids: Collection[int]) -> None:
    """Take names that no row bears out of the dictionary.

    Held first, then asked again, for nobody may take one up between. One that another transaction holds is left: it is
    just being taken up. Should that fail, the name stays until the next rebuild.
    """
    unused = set(name_ids) - borne(connection, name_ids)
    if not unused:
        return
    held = set(connection.scalars(select(_NAME.c.id).where(_NAME.c.id.in_(unused)).with_for_update(skip_locked=True)))
    if unused := held - borne(connection, held):
        connection.execute(delete(_NAME_KEY).where(_NAME_KEY.c.name_id.in_(unused)))
        connection.execute(delete(_NAME).where(_NAME.c.id.in_(unused)))


def borne(connection: Connection, name_ids: Collection[int]) -> set[int]:
    def by(column: Any) -> Sequence[int]:
        return connection.scalars(select(column).where(column.in_(name_ids)).distinct()).all()

    return {*by(_SEARCH_KEY.c.family_id), *by(_SEARCH_KEY.c.given_id)}
