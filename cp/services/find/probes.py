"""What a search reads of the index: equality and range probes, and never more than so many rows.

Each statement is made once, for making it costs as much as running it.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from cp.matching import keys
from cp.matching.births import Span
from cp.matching.facts import Where
from cp.models import Name, NameKey, SearchArea, SearchKey, SearchPlace
from cp.services.find.lists import one_of

MOST_READ = 4000
"""Rows of the index that one search may read, whatever it asks."""

MOST_NAMES = 1000
"""Of these, names of the dictionary in one look-up."""

MOST_OF_ONE_PROBE = 1000
"""More children than this under one probe are too many to tell apart by it."""

Ids = Collection[int]
Places = Collection[Where]
"""One place, by each blind key that the index may hold it by."""
Statement = Select[*tuple[Any, ...]]


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
    .limit(bindparam("most"))
)
_BORN, _BETWEEN = one_of(SearchKey.born, "days"), SearchKey.born.between(bindparam("first"), bindparam("last"))
_BEARING = {"family": one_of(SearchKey.family_id, "family"), "given": one_of(SearchKey.given_id, "given")}
_BY_BIRTH = _ROWS.where(_BORN)
_BY_BIRTH_AND = {name: _BY_BIRTH.where(bearing) for name, bearing in _BEARING.items()}
_BY_NAMES = _ROWS.where(*_BEARING.values())
_BY_NAMES_BETWEEN, _BY_NAMES_BORN = _BY_NAMES.where(_BETWEEN), _BY_NAMES.where(_BORN)

_BY_POSTCODE = _ROWS.join(SearchPlace, SearchPlace.child_id == SearchKey.child_id).where(
    one_of(SearchPlace.postcode_key, "places")
)
_BEARER = {"family": SearchKey.family_id == SearchArea.name_id, "given": SearchKey.given_id == SearchArea.name_id}
_IN_AREA = {
    name: _ROWS.join(SearchArea, (SearchArea.child_id == SearchKey.child_id) & bearer).where(
        one_of(SearchArea.name_id, name), one_of(SearchArea.outward_key, "places")
    )
    for name, bearer in _BEARER.items()
}
_BY_OUTWARD: dict[tuple[str, ...], Statement] = {
    ("family",): _IN_AREA["family"],
    ("given",): _IN_AREA["given"],
    ("family", "given"): _IN_AREA["family"].where(_BEARING["given"]),
}
_PLACES = (
    select(SearchPlace.child_id, SearchPlace.outward_key, SearchPlace.postcode_key)
    .where(one_of(SearchPlace.child_id, "ids"))
    .limit(bindparam("most"))
)
_NAMES = (
    select(Name.id, Name.folded, Name.family)
    .join(NameKey, NameKey.name_id == Name.id)
    .where(one_of(NameKey.key, "hashes"))
    .limit(bindparam("most"))
)


class Probes:
    """The probes of one search. `left` is what it may still read; `flooded`, that the last probe met its limit."""

    def __init__(self, session: Session) -> None:
        self.connection = session.connection()
        self.left = MOST_READ
        self.flooded = False

    def names(self, hashes: Ids) -> set[tuple[int, str, bool]]:
        """The dictionary's names under any of these hashes: id, folded, whether a family name."""
        return {(key, folded, family) for key, folded, family in self._read(_NAMES, MOST_NAMES, hashes=list(hashes))}

    def by_birth(self, days: Collection[date], **names: Ids) -> list[Row]:
        """Born on one of these days; with `family` or `given`, bearing one of those names."""
        statement = _BY_BIRTH_AND[next(iter(names))] if names else _BY_BIRTH
        return self._rows(statement, self.left, days=_born(days), **names)

    def by_names(self, family: Ids, given: Ids, most: int = MOST_OF_ONE_PROBE) -> list[Row]:
        """Bearing one of these family names and one of these given names."""
        return self._rows(_BY_NAMES, most, family=family, given=given)

    def by_names_born(self, family: Ids, given: Ids, days: Collection[date]) -> list[Row]:
        """The same, born on one of these days."""
        return self._rows(_BY_NAMES_BORN, MOST_OF_ONE_PROBE, family=family, given=given, days=_born(days))

    def by_names_between(self, family: Ids, given: Ids, span: Span) -> list[Row]:
        """The same, born in this time."""
        first, last = keys.born_key(span.first), keys.born_key(span.last)
        return self._rows(_BY_NAMES_BETWEEN, MOST_OF_ONE_PROBE, family=family, given=given, first=first, last=last)

    def by_postcode(self, places: Places) -> list[Row]:
        return self._rows(_BY_POSTCODE, MOST_OF_ONE_PROBE, places=[place.whole for place in places])

    def by_outward(self, places: Places, **names: Ids) -> list[Row]:
        """In this first half of a postcode, bearing one of the names of `family`, of `given`, or one of each."""
        outwards = [place.outward for place in places]
        return self._rows(_BY_OUTWARD[tuple(names)], MOST_OF_ONE_PROBE, places=outwards, **names)

    def places(self, ids: Ids) -> dict[int, set[Where]]:
        """Where these children may be found, as blind keys."""
        found: dict[int, set[Where]] = {}
        for child_id, outward, whole in self._read(_PLACES, MOST_OF_ONE_PROBE, ids=list(ids)):
            found.setdefault(child_id, set()).add(Where(outward, whole))
        return found

    def _rows(self, statement: Statement, most: int, **given: Any) -> list[Row]:
        found = self._read(statement, most, **given)
        return [Row(child_id, keys.born_on(born), *names) for child_id, born, *names in found]

    def _read(self, statement: Statement, most: int, **given: Any) -> Sequence[Any]:
        most = min(most, self.left)
        found = self.connection.execute(statement, {**given, "most": most}).all() if most else []
        self.left -= len(found)
        self.flooded = len(found) >= most
        return found


def _born(days: Collection[date]) -> list[int]:
    return [keys.born_key(day) for day in days]
