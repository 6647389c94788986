"""What a search reads of the index: equality and range probes, and never more than so many rows."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from cp.matching import keys
from cp.matching.births import Span
from cp.matching.facts import Where
from cp.models import Name, NameKey, SearchArea, SearchKey, SearchPlace
from cp.services.find.lists import OneRead, one_of, one_read
from cp.services.find.prepared import Prepared

MOST_READ = 4000
"""Rows of the index that one search may read, whatever it asks."""

MOST_NAMES = 1000
"""Of these, names of the dictionary in one look-up."""

MOST_LIKE = 500
"""Names of the dictionary that one probe by hashes tries."""

MOST_OF_ONE_PROBE = 1000
"""More children than this under one probe are too many to tell apart by it."""

Ids = Collection[int]
Hashes = Collection[int]
"""Of names, from `keys.probes`: the names of the dictionary under them may be like it, or share a hash by chance."""
Names = set[tuple[str, str]]
"""Pairs of folded names, given and family."""
Places = Collection[Where]
"""One place, by each blind key that the index may hold it by."""


class Row(NamedTuple):
    """A child under one pair of names."""

    child_id: int
    born: date
    given: str
    family: str


_GIVEN, _FAMILY = aliased(Name), aliased(Name)
ROWS = (
    select(SearchKey.child_id, SearchKey.born, _GIVEN.folded, _FAMILY.folded)
    .join(_GIVEN, _GIVEN.id == SearchKey.given_id)
    .join(_FAMILY, _FAMILY.id == SearchKey.family_id)
    .limit(bindparam("most"))
)
_BETWEEN = SearchKey.born.between(bindparam("first"), bindparam("last"))
_BORN = one_of(SearchKey.born, "days")
_BEARING = {"family": one_of(SearchKey.family_id, "family"), "given": one_of(SearchKey.given_id, "given")}
_NAMED = ROWS.where(*_BEARING.values())


def like(column: ColumnElement[int] | InstrumentedAttribute[int], hashes: str) -> OneRead:
    """The name is one of the dictionary's under these hashes."""
    return one_read(column, select(NameKey.name_id).where(one_of(NameKey.key, hashes)).limit(bindparam("like")))


GIVEN_TOO = SearchKey.given_id + 0
"""The same number, which no index knows: to try each of many given names with each of many others takes far longer
than to look at the few children whom the others leave."""

_BY_BIRTH = Prepared(ROWS.where(_BORN))
_BY_BIRTH_AND_FAMILY = Prepared(ROWS.where(_BORN, like(SearchKey.family_id, "family")))
_BY_BIRTH_AND_GIVEN = Prepared(
    ROWS.where(_BORN, or_(like(SearchKey.given_id, "given"), like(SearchKey.family_id, "crossed")))
)
_BY_NAMES, _BY_NAMES_BETWEEN = Prepared(_NAMED), Prepared(_NAMED.where(_BETWEEN))
_BY_NAMES_BORN = Prepared(_NAMED.where(_BORN))

_BY_POSTCODE = Prepared(
    ROWS.join(SearchPlace, SearchPlace.child_id == SearchKey.child_id).where(one_of(SearchPlace.postcode_key, "places"))
)
_AROUND = ROWS.join(SearchArea, SearchArea.child_id == SearchKey.child_id).where(
    one_of(SearchArea.outward_key, "places")
)
_OF_FAMILY, _OF_GIVEN = SearchKey.family_id == SearchArea.name_id, SearchKey.given_id == SearchArea.name_id
_AROUND_LIKE = _AROUND.where(like(SearchArea.name_id, "names"))
_BY_OUTWARD_AND_FAMILY = Prepared(_AROUND_LIKE.where(_OF_FAMILY))
_BY_OUTWARD_AND_BOTH = Prepared(_AROUND_LIKE.where(_OF_FAMILY, like(GIVEN_TOO, "given")))
_BY_OUTWARD_AND_GIVEN = Prepared(_AROUND_LIKE.where(or_(_OF_FAMILY, _OF_GIVEN)))
_BY_OUTWARD_AND_NAMES = Prepared(_AROUND.where(_OF_FAMILY, one_of(SearchArea.name_id, "family"), _BEARING["given"]))
_PLACES = Prepared(
    select(SearchPlace.child_id, SearchPlace.outward_key, SearchPlace.postcode_key)
    .where(one_of(SearchPlace.child_id, "ids"))
    .limit(bindparam("most"))
)
_NAMES = Prepared(
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

    def names(self, hashes: Hashes) -> set[tuple[int, str, bool]]:
        """The dictionary's names under any of these hashes: id, folded, whether a family name."""
        return {(key, folded, family) for key, folded, family in self._read(_NAMES, MOST_NAMES, hashes=hashes)}

    def by_birth(self, days: Collection[date], among: Callable[[Names], Names]) -> list[Row]:
        """Born on one of these days, and of those the ones under names that `among` keeps."""
        found = self._read(_BY_BIRTH, self.left, days=_born(days))
        kept = among({(given, family) for _, _, given, family in found})
        return [Row(key, keys.born_on(born), *names) for key, born, *names in found if tuple(names) in kept]

    def by_birth_and_family(self, days: Collection[date], family: Hashes) -> list[Row]:
        """The same, with a family name under these hashes."""
        return self._rows(_BY_BIRTH_AND_FAMILY, self.left, days=_born(days), family=family, like=MOST_LIKE)

    def by_birth_and_given(self, days: Collection[date], given: Hashes, crossed: Hashes) -> list[Row]:
        """The same, with a given name under the first hashes or a family name under the others."""
        return self._rows(
            _BY_BIRTH_AND_GIVEN, self.left, days=_born(days), given=given, crossed=crossed, like=MOST_LIKE
        )

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

    def by_outward_and_family(self, places: Places, family: Hashes) -> list[Row]:
        """In this first half of a postcode, with a family name under these hashes."""
        return self._around(_BY_OUTWARD_AND_FAMILY, places, names=family, like=MOST_LIKE)

    def by_outward_and_both(self, places: Places, family: Hashes, given: Hashes) -> list[Row]:
        """The same, with a given name under hashes as well."""
        return self._around(_BY_OUTWARD_AND_BOTH, places, names=family, given=given, like=MOST_LIKE)

    def by_outward_and_given(self, places: Places, names: Hashes) -> list[Row]:
        """In this first half of a postcode, with either name under hashes, which tell the two kinds of name apart."""
        return self._around(_BY_OUTWARD_AND_GIVEN, places, names=names, like=MOST_LIKE)

    def by_outward_and_names(self, places: Places, family: Ids, given: Ids) -> list[Row]:
        """In this first half of a postcode, bearing one of these family names and one of these given names."""
        return self._around(_BY_OUTWARD_AND_NAMES, places, family=family, given=given)

    def _around(self, statement: Prepared, places: Places, **given: Any) -> list[Row]:
        return self._rows(statement, MOST_OF_ONE_PROBE, places=[place.outward for place in places], **given)

    def places(self, ids: Ids) -> dict[int, set[Where]]:
        """Where these children may be found, as blind keys."""
        found: dict[int, set[Where]] = {}
        for child_id, outward, whole in self._read(_PLACES, MOST_OF_ONE_PROBE, ids=ids):
            found.setdefault(child_id, set()).add(Where(outward, whole))
        return found

    def _rows(self, statement: Prepared, most: int, **given: Any) -> list[Row]:
        found = self._read(statement, most, **given)
        return [Row(child_id, keys.born_on(born), *names) for child_id, born, *names in found]

    def _read(self, statement: Prepared, most: int, **given: Any) -> Sequence[Any]:
        most = min(most, self.left)
        found = statement.read(self.connection, most=most, **given) if most else []
        self.left -= len(found)
        self.flooded = len(found) >= most
        return found


def _born(days: Collection[date]) -> list[int]:
    return [keys.born_key(day) for day in days]
