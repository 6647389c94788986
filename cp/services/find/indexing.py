"""The index kept right, in the same transaction as each change of a record."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, exists, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from cp.engines_bulk import insert_tuples
from cp.matching import keys
from cp.models import Name, NameKey, SearchArea, SearchCarer, SearchKey, SearchPlace
from cp.models.index import NOWHERE
from cp.services.find import areas
from cp.services.find.carers import entries
from cp.services.find.entry import Entry, Rows, rows_of
from cp.services.find.lists import among, row_among

ATTEMPTS = 20
FAMILY, GIVEN = True, False

Known = dict[tuple[str, bool], int]
"""Ids of names by folded name and whether it is a family name."""

NAME, NAME_KEY, _KEY, _PLACE, _CARER = (
    table
    for model in (Name, NameKey, SearchKey, SearchPlace, SearchCarer)
    if isinstance(table := model.__table__, Table)
)
OF_CHILDREN = (_KEY, _PLACE, _CARER)
"""What is kept of each child in the order of the child, as in `Made`.

`cp/services/find/areas.py` has what is made of the first two.
"""


Row = tuple[int, ...]


class Made(NamedTuple):
    """One child's rows of each of `OF_CHILDREN`, in the order of their tables' keys."""

    keyed: list[Row]
    placed: list[Row]
    carers: list[Row]


NOTHING = Made([], [], [])


def reindex(session: Session, *children: int, known: Sequence[Entry] = ()) -> None:
    """Bring the rows of these children up to date with their records, after any change of names, birth, place, carers
    or shield. `known`: of those whose records were made just now, as they would be read.

    A record that is not live, or is gone, has none. Names that nobody bears any longer leave the dictionary, so that
    a search cannot tell that they ever stood there.
    """
    session.flush()
    connection = session.connection()
    found = {entry.child_id: entry for entry in known}
    old = [child_id for child_id in children if child_id not in found]
    found |= entries(session, old)
    wanted = {child_id: rows_of(entry) for child_id, entry in found.items()}
    ids = _known(connection, {name for rows in wanted.values() for name in names_of(rows)})
    made = {child_id: as_rows(entry, wanted[child_id], ids) for child_id, entry in found.items()}
    before = stored(connection, old)
    for at, table in enumerate(OF_CHILDREN):
        of = {key: (before.get(key, NOTHING)[at], made.get(key, NOTHING)[at]) for key in children}
        _write(connection, table, of)
    gone = [areas_of(before[key]) - areas_of(made.get(key, NOTHING)) for key in old]
    areas.remove(connection, sorted(area for each in gone for area in each))
    lacking = [*(entry.child_id for entry in known), *areas.lacking(session, [key for key in old if key in made])]
    areas.add(connection, sorted(area for key in lacking for area in areas_of(made[key])))
    names = {name_id for each in before.values() for row in each.keyed for name_id in row[1:3]}
    if left := names - set(ids.values()):
        prune(connection, left)


def _write(connection: Connection, table: Table, rows: dict[int, tuple[list[Row], list[Row]]]) -> None:
    """Put what a child should have in the place of what it had, where the two differ."""
    changed = [(child_id, before, after) for child_id, (before, after) in rows.items() if before != after]
    if replaced := [child_id for child_id, before, _ in changed if before]:
        connection.execute(delete(table).where(among(table.c.child_id, replaced)))
    if added := [row for *_, after in changed for row in after]:
        insert_tuples(connection, table, added)


def names_of(rows: Rows) -> set[tuple[str, bool]]:
    return {(family, FAMILY) for family, _ in rows.names} | {(given, GIVEN) for _, given in rows.names}


def as_rows(entry: Entry, rows: Rows, known: Known) -> Made:
    child_id, born = entry.child_id, keys.born_key(entry.born_on)
    return Made(
        sorted((child_id, known[family, FAMILY], known[given, GIVEN], born) for family, given in rows.names),
        [(child_id, place, *keyed) for place, keyed in enumerate(rows.places)],
        sorted((child_id, carer) for carer in rows.carers),
    )


def areas_of(made: Made) -> set[areas.Area]:
    """The rows of `search_area` that follow from a child's others."""
    outwards = {outward for _, _, outward, *_ in made.placed} or {NOWHERE}
    names = {(child_id, name_id) for child_id, family, given, _ in made.keyed for name_id in (family, given)}
    return {(name_id, outward, child_id) for child_id, name_id in names for outward in outwards}


def stored(connection: Connection, children: Sequence[int]) -> dict[int, Made]:
    """The rows that these children have."""
    found = {child_id: Made([], [], []) for child_id in children}
    if not found:
        return found
    for at, table in enumerate(OF_CHILDREN):
        query = select(table).where(among(table.c.child_id, children)).order_by(*table.primary_key.columns)
        for row in connection.execute(query):
            found[row.child_id][at].append(tuple(row))
    return found


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
    query = select(NAME.c.folded, NAME.c.family, NAME.c.id).where(among(NAME.c.folded, {name for name, _ in names}))
    found = connection.execute(query.with_for_update(read=True, key_share=True) if hold else query)
    return {(folded, family): name_id for folded, family, name_id in found if (folded, family) in names}


def _add_names(connection: Connection, names: set[tuple[str, bool]]) -> Known:
    """New names and their keys; one that another transaction has just added is left out."""
    if not names:
        return {}
    engine = sqlite if connection.dialect.name == "sqlite" else postgresql
    adding = engine.insert(NAME).on_conflict_do_nothing().returning(NAME.c.folded, NAME.c.family, NAME.c.id)
    added = connection.execute(adding, [{"folded": folded, "family": family} for folded, family in sorted(names)])
    known = {(folded, family): name_id for folded, family, name_id in added}
    hashes = [row for (folded, family), name_id in known.items() for row in hashes_of(name_id, folded, family)]
    if hashes:
        connection.execute(insert(NAME_KEY), hashes)
    return known


def hashes_of(name_id: int, folded: str, family: bool) -> list[dict[str, int]]:
    return [{"key": key, "name_id": name_id} for key in sorted(keys.name_keys(folded, family=family))]


def key_again(connection: Connection, name_id: int, folded: str, family: bool) -> None:
    """Give a name of the dictionary its keys afresh, where the way names are keyed has changed or a key was lost."""
    connection.execute(delete(NAME_KEY).where(NAME_KEY.c.name_id == name_id))
    if hashes := hashes_of(name_id, folded, family):
        connection.execute(insert(NAME_KEY), hashes)


def prune(connection: Connection, name_ids: Collection[int]) -> None:
    """Take names that no row bears out of the dictionary.

    Held first, then asked again, for nobody may take one up between. One that another transaction holds is left: it is
    just being taken up. Should that fail, the name stays until the next rebuild.
    """
    unused = set(name_ids) - borne(connection, name_ids)
    if not unused:
        return
    held = set(connection.scalars(select(NAME.c.id).where(among(NAME.c.id, unused)).with_for_update(skip_locked=True)))
    if unused := held - borne(connection, held):
        gone = connection.execute(delete(NAME).where(among(NAME.c.id, unused)).returning(*NAME.c))
        hashes = [row for name in gone.all() for row in hashes_of(name.id, name.folded, name.family)]
        keyed = [(row["key"], row["name_id"]) for row in hashes]
        connection.execute(delete(NAME_KEY).where(row_among((NAME_KEY.c.key, NAME_KEY.c.name_id), keyed)))


def borne(connection: Connection, name_ids: Collection[int]) -> set[int]:
    """Those of these names that any child in the index bears."""
    somebody = exists().where(SearchArea.name_id == NAME.c.id)
    return set(connection.scalars(select(NAME.c.id).where(among(NAME.c.id, name_ids), somebody)))
