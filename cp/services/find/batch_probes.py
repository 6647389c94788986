"""What a batch reads of the index: one statement for all of it, and never more than so many rows."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, cast, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from cp.models import Name, NameKey, SearchArea, SearchKey, SearchPlace
from cp.services.find.lists import blind_pairs, each, high, low, low_blind, one_of, one_of_many, pairs
from cp.services.find.prepared import Prepared
from cp.services.find.probes import GIVEN_TOO, ROWS

MOST = 100_000
"""Rows that one statement may read."""


Both = Collection[tuple[int, int]]


class Row(NamedTuple):
    """A child under one pair of names; `born`: the index's key of the day; `place`: the blind key by which it was
    found."""

    child_id: int
    born: int
    given: str
    family: str
    family_id: int
    given_id: int
    place: int | None = None


_ROWS = ROWS.add_columns(SearchKey.family_id, SearchKey.given_id)


def _with(name_id: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """A row's birth date and one of its names as one number, as `pairs` has them."""
    return cast(SearchKey.born, BigInteger).bitwise_lshift(literal_column("32")).bitwise_or(name_id)


_FAMILY_TOO, _BORN_TOO = SearchKey.family_id + 0, SearchKey.born + 0
"""As `GIVEN_TOO`: not to be probed by, where the rows of another key are few."""

_NAMES = Prepared(
    select(NameKey.key, Name.id, Name.folded)
    .join(Name, Name.id == NameKey.name_id)
    .where(one_of(NameKey.key, "hashes"))
)
_BORN_NAMED = Prepared(
    _ROWS.where(
        one_of(SearchKey.born, "days"),
        or_(one_of_many(_with(SearchKey.family_id), "family"), one_of_many(_with(SearchKey.given_id), "given")),
    )
)
_pair = each("named").c.value
_NAMED = Prepared(
    _ROWS.where(
        SearchKey.family_id == high(_pair), SearchKey.given_id == low(_pair), one_of_many(_BORN_TOO, "days")
    )
)  # fmt: skip
_AT = Prepared(
    _ROWS.add_columns(SearchPlace.postcode_key)
    .join(SearchPlace, SearchPlace.child_id == SearchKey.child_id)
    .where(one_of(SearchPlace.postcode_key, "places"))
)
_at = each("around").c.value
_AROUND = Prepared(
    _ROWS.add_columns(SearchArea.outward_key)
    .join(SearchArea, (SearchArea.child_id == SearchKey.child_id) & (SearchArea.name_id == _FAMILY_TOO))
    .where(SearchArea.name_id == high(_at), SearchArea.outward_key == low_blind(_at), one_of_many(GIVEN_TOO, "given"))
)
_OF = Prepared(_ROWS.where(one_of(SearchKey.child_id, "ids")))


def names(connection: Connection, hashes: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """The dictionary's names, id and folded, by each of these hashes."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for key, name_id, folded in _NAMES.read(connection, hashes=hashes):
        found[key].append((name_id, folded))
    return found


def born(connection: Connection, family: Both, given: Both) -> list[Row]:
    """Born on a day with one of the family names, or one of the given names, that stand beside that day."""
    days = {day for day, _ in (*family, *given)}
    return _read(_BORN_NAMED, connection, days=days, family=pairs(family), given=pairs(given))


def named(connection: Connection, both: Both, days: Collection[int]) -> list[Row]:
    """With one of these pairs of names, family and given, born on one of these days."""
    return _read(_NAMED, connection, named=pairs(both), days=days)


def at(connection: Connection, postcodes: Collection[int]) -> list[Row]:
    """At one of these postcodes."""
    return _read(_AT, connection, places=postcodes)


def around(connection: Connection, there: Both, given: Collection[int]) -> list[Row]:
    """With one of these family names in this half of a postcode, and one of these given names."""
    return _read(_AROUND, connection, around=blind_pairs(there), given=given)


def of(connection: Connection, children: Collection[int]) -> list[Row]:
    """The rows of these children."""
    return _read(_OF, connection, ids=children)


def _read(statement: Prepared, connection: Connection, **given: Collection[int]) -> list[Row]:
    return [Row(*found) for found in statement.read(connection, most=MOST, **given)]
