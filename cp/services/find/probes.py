"""What a search reads of the index: equality and range probes, and never more than so many rows."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from cp.matching import keys
from cp.matching.births import Span
from cp.matching.facts import Where
from cp.models import Name, NameKey, SearchKey, SearchPlace

MOST_READ = 4000
"""Rows of the index that one search may read, whatever it asks."""

MOST_NAMES = 1000
"""Of these, names of the dictionary in one look-up."""

MOST_OF_ONE_PROBE = 1000
"""More children than this under one probe are too many to tell apart by it."""


class Row(NamedTuple):
    """A child under one pair of names."""

    child_id: int
    born: date
    given: str
    family: str


_GIVEN, _FAMILY = aliased(Name), aliased(Name)
_ROWS = (
    select(SearchKey.child_id, SearchKey.born, _GIVEN.folded, _FAMILY.folded)
    .join(_GIVEN, _GIVEN.id == SearchKey.given_id)
    .join(_FAMILY, _FAMILY.id == SearchKey.family_id)
)
_PLACED = _ROWS.join(
    SearchPlace, (SearchPlace.child_id == SearchKey.child_id) & (SearchPlace.variant == SearchKey.variant)
)
_NAMES = select(Name.id, Name.folded, Name.family).join(NameKey, NameKey.name_id == Name.id)


class Probes:
    """The probes of one search. `left` is what it may still read; `flooded`, that the last probe met its limit."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.left = MOST_READ
        self.flooded = False

    def names(self, hashes: Collection[int]) -> set[tuple[int, str, bool]]:
        """The dictionary's names under any of these hashes: id, folded, whether a family name."""
        found = self._read(_NAMES.where(NameKey.key.in_(hashes)), MOST_NAMES)
        return {(name_id, folded, family) for name_id, folded, family in found}

    def by_birth(
        self, days: Collection[date], *, family: Collection[int] = (), given: Collection[int] = ()
    ) -> list[Row]:
        """Born on one of these days; with names, bearing one of them."""
        query = _ROWS.where(SearchKey.born.in_([keys.born_key(day) for day in days]))
        if family:
            query = query.where(SearchKey.family_id.in_(family))
        if given:
            query = query.where(SearchKey.given_id.in_(given))
        return self._rows(query, self.left)

    def by_names(
        self,
        family: Collection[int],
        given: Collection[int],
        *,
        between: Span | None = None,
        days: Collection[date] = (),
        most: int = MOST_OF_ONE_PROBE,
    ) -> list[Row]:
        """Bearing both one of these family names and one of these given names."""
        query = _ROWS.where(SearchKey.family_id.in_(family), SearchKey.given_id.in_(given))
        if between:
            first, last = keys.born_key(between.first), keys.born_key(between.last)
            query = query.where(SearchKey.born.between(first, last))
        if days:
            query = query.where(SearchKey.born.in_([keys.born_key(day) for day in days]))
        return self._rows(query, most)

    def by_postcode(self, place: Where) -> list[Row]:
        return self._rows(_PLACED.where(SearchPlace.postcode_key == place.whole), MOST_OF_ONE_PROBE)

    def by_outward(self, place: Where, *, family: Collection[int] = (), given: Collection[int] = ()) -> list[Row]:
        """In this first half of a postcode, bearing one of these names."""
        query = _PLACED.where(SearchPlace.outward_key == place.outward)
        if family:
            query = query.where(SearchPlace.family_id.in_(family))
        if given:
            query = query.where(SearchPlace.given_id.in_(given))
        return self._rows(query, MOST_OF_ONE_PROBE)

    def places(self, ids: Collection[int]) -> dict[int, set[Where]]:
        """Where these children may be found, as blind keys."""
        query = select(SearchPlace.child_id, SearchPlace.outward_key, SearchPlace.postcode_key)
        found: dict[int, set[Where]] = {}
        for child_id, outward, whole in self._read(query.where(SearchPlace.child_id.in_(ids)), MOST_OF_ONE_PROBE):
            found.setdefault(child_id, set()).add(Where(outward, whole))
        return found

    def _rows(self, query: Select[*tuple[Any, ...]], most: int) -> list[Row]:
        return [Row(child_id, keys.born_on(born), *names) for child_id, born, *names in self._read(query, most)]

    def _read(self, query: Select[*tuple[Any, ...]], most: int) -> Sequence[Any]:
        most = min(most, self.left)
        found = self.session.execute(query.limit(most)).all() if most else []
        self.left -= len(found)
        self.flooded = len(found) >= most
        return found
