"""Whom the index gives for many sets of facts at once, where a search asks for one: for whoever judges them.

A batch is read by joins on the keys that a search probes. Left out is what only a search may answer with: two names
that share no hash with those asked, names that merely begin alike, and half a postcode with one name alone.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from heapq import nsmallest
from itertools import product
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from cp.matching import weights
from cp.matching.births import in_year, slips_of_year
from cp.matching.facts import Facts
from cp.matching.glance import NOWHERE, Glance
from cp.matching.keys import born_key, born_on
from cp.matching.weights import Place
from cp.services.find import batch_probes as probes
from cp.services.find.batch_probes import Row
from cp.services.find.near import FAMILY, GIVEN, MOST_SLIPPED, Forms, hashes, nearest
from cp.services.find.tiers import STRONG, likely_days

AT_ONCE = 100
"""Of more, the names of the one and the birth date or home of another would mean many whom nobody asked for, and a
statement reads no more than `batch_probes.MOST`."""

Ids = list[int]
Rows = Sequence[Row]


class Asked:
    """One of the batch: its facts, the names of the dictionary that may be meant, and whom the index gave for it."""

    def __init__(self, mine: Facts, names: "Names") -> None:
        self.mine, self.glance, self.names = mine, Glance(mine), names
        self.own = names.under(mine.family, FAMILY), names.under(mine.given, GIVEN)
        self.crossed = names.under(mine.given, FAMILY), names.under(mine.family, GIVEN)
        self.weights: dict[int, float] = {}

    @cached_property
    def near(self) -> tuple[Ids, Ids]:
        """Family names and given names that are like those asked for, the nearest first."""
        return self.names.near(self.mine.family, FAMILY), self.names.near(self.mine.given, GIVEN)

    @cached_property
    def days(self) -> set[int]:
        """The likely days of birth, as the index has them."""
        born = self.mine.born
        return set(map(born_key, likely_days(born.first))) if born and born.known else set()

    @cached_property
    def slips(self) -> set[int]:
        """What a slip makes of the birth date in another year; every day of its own is meant besides."""
        born = self.mine.born
        return set(map(born_key, slips_of_year(born.first))) if born and born.known else set()

    @cached_property
    def year(self) -> range:
        born = self.mine.born
        return _year(born.first.year) if born and born.known else range(0)

    @property
    def strong(self) -> bool:
        """Whether the best so far is so near a perfect answer that a search would look no further."""
        return max(self.weights.values(), default=NOWHERE) >= self.glance.best - STRONG

    def may_bear(self, row: Row) -> bool:
        """Whether one of the names may be the one, or both in each other's place."""
        family, given = row.family_id, row.given_id
        either = family in self.own[0] or given in self.own[1]
        return either or (family in self.crossed[0] and given in self.crossed[1])

    def take(self, row: Row, more: float = 0.0) -> None:
        """`more`: what is known to speak for the child besides."""
        weight = self.glance.weigh(row.given, row.family, born_on(row.born)) + more
        if weight - more >= self.glance.least:
            self.weights[row.child_id] = max(weight, self.weights.get(row.child_id, NOWHERE))


@lru_cache(128)
def _year(year: int) -> range:
    """The keys of its days."""
    first, last = in_year(year)
    return range(born_key(first), born_key(last) + 1)


class Names:
    """The dictionary's names under the hashes of a batch."""

    def __init__(self, connection: Connection, many: Iterable[Facts]) -> None:
        forms = {(forms, kind) for mine in many for forms in (mine.family, mine.given) for kind in (FAMILY, GIVEN)}
        wanted = {each: hashes(*each) for each in forms}
        found = probes.names(connection, set().union(*wanted.values()))
        self._under = {
            each: {name_id: folded for key in keys for name_id, folded in found.get(key, ())}
            for each, keys in wanted.items()
        }
        self._near: dict[tuple[Forms, bool], Ids] = {}

    def under(self, forms: Forms, kind: bool) -> Mapping[int, str]:
        """Those of this kind that share a hash with one of these forms, by id."""
        return self._under[forms, kind]

    def near(self, forms: Forms, kind: bool) -> Ids:
        """Of these, the ids of those that are like one of the forms, the nearest first."""
        if (found := self._near.get((forms, kind))) is None:
            found = nearest(forms, self._under[forms, kind].items(), given=kind is GIVEN).all
            self._near[forms, kind] = found
        return found


class Alike:
    """Whom the index gives for each of a batch, by the batch's own keys."""

    def __init__(self, session: Session, many: Mapping[str, Facts]) -> None:
        """Reads a bounded part of the index, in six statements for so many at once."""
        connection = session.connection()
        names = Names(connection, many.values())
        self._asked = {key: Asked(mine, names) for key, mine in many.items()}
        self._changed: dict[str, Ids] = {}
        asked = list(self._asked.values())
        _by_so_many(_born, connection, asked)
        if left := [one for one in asked if not one.strong]:
            _by_so_many(_slipped, connection, left)
            _by_so_many(_at_postcode, connection, left)
            _by_so_many(_around, connection, left)

    def look_at(self, session: Session, children: Collection[int]) -> None:
        """These have changed since: whoever of them may be meant is among the answers."""
        rows = probes.of(session.connection(), children)
        for key, one in self._asked.items():
            for row in rows:
                one.take(row)
            self._changed[key] = [child_id for child_id in sorted(children) if child_id in one.weights]

    def __contains__(self, key: str) -> bool:
        return key in self._asked

    def likeliest(self, key: str, most: int) -> Ids:
        """So many, the likeliest first, and of those that changed since whoever may be."""
        weights_of = self._asked[key].weights
        found = nsmallest(most, weights_of, key=lambda child_id: (-weights_of[child_id], child_id))
        return list(dict.fromkeys([*found, *self._changed.get(key, ())]))


def _by_so_many(look: Callable[[Connection, Sequence[Asked]], None], at: Connection, asked: Sequence[Asked]) -> None:
    for first in range(0, len(asked), AT_ONCE):
        look(at, asked[first : first + AT_ONCE])


def _born(connection: Connection, asked: Sequence[Asked]) -> None:
    """Born that day, or with day and month exchanged, under either name."""
    by_day: dict[int, list[Asked]] = defaultdict(list)
    families, givens = set[tuple[int, int]](), set[tuple[int, int]]()
    for one in asked:
        for day in one.days:
            by_day[day].append(one)
            families.update((day, key) for ids in (one.own[0], one.crossed[0]) for key in ids)
            givens.update((day, key) for key in one.own[1])
    for row in probes.born(connection, families, givens):
        for one in by_day[row.born]:
            if one.may_bear(row):
                one.take(row)


def _slipped(connection: Connection, left: Sequence[Asked]) -> None:
    """Both names, and a birth date of the same year, or that a slip makes of the one that was given."""
    by_family: dict[int, list[tuple[Asked, set[int]]]] = defaultdict(list)
    both, days = set[tuple[int, int]](), set[int]()
    for one in left:
        family, given = (ids[:MOST_SLIPPED] for ids in one.near)
        for name_id in family:
            by_family[name_id].append((one, {*given}))
        both.update(product(family, given))
        days |= one.slips
    days.update(*{one.year for one in left})
    for row in probes.named(connection, both, days):
        for one, givens in by_family[row.family_id]:
            if row.given_id in givens and (row.born in one.year or row.born in one.slips):
                one.take(row)


def _at_postcode(connection: Connection, left: Sequence[Asked]) -> None:
    """At the same postcode, with either name or the same birth date."""
    by_place: dict[Any, list[Asked]] = defaultdict(list)
    for one in left:
        for place in one.mine.places:
            if place.whole is not None:
                by_place[place.whole].append(one)
    for row in probes.at(connection, by_place):
        for one in by_place[row.place]:
            if one.may_bear(row) or row.born in one.days:
                one.take(row, weights.PLACE[Place.POSTCODE])


def _around(connection: Connection, left: Sequence[Asked]) -> None:
    """In the same half of a postcode, with both names."""
    there: dict[tuple[int, Any], list[Asked]] = defaultdict(list)
    for one in left:
        for outward in {place.outward for place in one.mine.places}:
            for name_id in one.near[0]:
                there[name_id, outward].append(one)
    givens = {key for one in left for key in one.near[1]}
    for row in probes.around(connection, there, givens):
        for one in there[row.family_id, row.place]:
            if row.given_id in one.near[1]:
                one.take(row, weights.PLACE[Place.OUTWARD])
