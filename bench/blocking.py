"""Which rows of a file are compared: those that the directory's own keys bring together, in memory.

Names meet by the hashes of `cp/matching/keys.py`, as in the directory's dictionary; births by the same day or with day
and month exchanged, and by slips where both names are near; places by the whole postcode.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, product
from typing import NamedTuple

from cp.matching import keys
from cp.matching.births import Born, compare_births, exchanged
from cp.matching.facts import Facts
from cp.matching.names import Form

Pair = tuple[int, int]
Names = tuple[Form, ...]
FAMILY, GIVEN = True, False


class Near:
    """The names of a file, each with those that share a hash with it: what a search looks up for one name."""

    def __init__(self, given: frozenset[str], family: frozenset[str]) -> None:
        self._names: dict[int, set[str]] = defaultdict(set)
        for names, kind in ((given, GIVEN), (family, FAMILY)):
            for name in names:
                for key in keys.name_keys(name, family=kind):
                    self._names[key].add(name)
        self._near: dict[tuple[str, bool], frozenset[str]] = {}

    def to(self, name: str, kind: bool) -> frozenset[str]:
        """The names of this kind that `name` may stand for."""
        if (found := self._near.get((name, kind))) is None:
            hashes = keys.probes(name, family=kind)
            found = frozenset(chain.from_iterable(self._names.get(key, ()) for key in hashes))
            self._near[name, kind] = found
        return found

    def to_any(self, names: Iterable[str], kind: bool) -> frozenset[str]:
        return frozenset().union(*(self.to(name, kind) for name in names))


class Reach(NamedTuple):
    """The names of the file that a name of this row may stand for, in its own place or in the other's."""

    family: frozenset[str]
    given: frozenset[str]

    @classmethod
    def of(cls, one: Facts, near: Near) -> "Reach":
        named = folded((*one.given, *one.family))
        return cls(near.to_any(named, FAMILY), near.to_any(named, GIVEN))


class Index:
    """Rows by what a search looks them up by."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        self.facts = facts
        self.own = [(folded(one.family), folded(one.given)) for one in facts]
        family, given = (frozenset(chain.from_iterable(names[at] for names in self.own)) for at in (0, 1))
        self.near = Near(given, family)
        self._placed: dict[object, list[int]] = defaultdict(list)
        self._born: dict[date, list[int]] = defaultdict(list)
        self._named: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, one in enumerate(facts):
            self._add(at, one)

    def _add(self, at: int, one: Facts) -> None:
        for place in one.places:
            if place.whole is not None:
                self._placed[place.whole].append(at)
        if one.born:
            self._born[one.born.first].append(at)
        for family, given in product(*self.own[at]):
            self._named[family][given].append(at)

    def candidates(self, one: Facts) -> set[int]:
        """The rows, by their places, that a search for this one may find."""
        reach = Reach.of(one, self.near)
        return {*self._at_place(one, reach), *self._of_birth(one, reach), *self._of_names(one)}

    def _at_place(self, one: Facts, reach: Reach) -> Iterator[int]:
        """One postcode, and one birth date or a name."""
        for place in one.places:
            for at in self._placed.get(place.whole, ()):
                if self._meets(reach, at) or (one.born is not None and one.born == self.facts[at].born):
                    yield at

    def _of_birth(self, one: Facts, reach: Reach) -> Iterator[int]:
        """One birth date, or one with day and month exchanged, and a name in its own place or in the other's."""
        days = (one.born.first, exchanged(one.born.first)) if one.born else ()
        found = chain.from_iterable(self._born.get(day, ()) for day in days if day)
        return (at for at in found if self._meets(reach, at))

    def _of_names(self, one: Facts) -> Iterator[int]:
        """Both names, and a birth that a slip makes of this one, or that is not known."""
        alike = self.near.to_any(folded(one.given), GIVEN)
        for family in self.near.to_any(folded(one.family), FAMILY):
            bearing = self._named.get(family, {})
            for given in alike.intersection(bearing):
                yield from (at for at in bearing[given] if _slip(one, self.facts[at]))

    def _meets(self, reach: Reach, at: int) -> bool:
        family, given = self.own[at]
        return not (reach.family.isdisjoint(family) and reach.given.isdisjoint(given))


def pairs(facts: Sequence[Facts]) -> set[Pair]:
    """Every two rows, by their places in the file, the earlier first, of which a search for one may find the other."""
    index = Index(facts)
    return {(a, b) for a, one in enumerate(facts) for b in index.candidates(one) if a < b}


def folded(forms: Names) -> frozenset[str]:
    return frozenset(form.folded for form in forms)


def _slip(a: Facts, b: Facts) -> bool:
    return not a.born or not b.born or compare_births(a.born, b.born) is not Born.OTHER
