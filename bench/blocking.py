"""Which rows of a file are compared: those that the directory's own keys bring together, in memory.

Names meet by the hashes of `cp/matching/keys.py`, as in the directory's dictionary; births by the same day or with day
and month exchanged, and by slips where both names are near; places by the whole postcode.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, combinations, product
from typing import NamedTuple

from cp.matching import keys
from cp.matching.births import Born, compare_births, exchanged
from cp.matching.facts import Facts
from cp.matching.names import Form

Pair = tuple[int, int]
Bearing = dict[str, list[int]]
"""Rows by a name."""
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
    """The names of a row, and the names of the file that one of them may stand for, in its own place or the other's."""

    family: frozenset[str]
    given: frozenset[str]
    near_family: frozenset[str]
    near_given: frozenset[str]

    @classmethod
    def of(cls, one: Facts, near: Near) -> "Reach":
        named = {form.folded for form in (*one.given, *one.family)}
        return cls(_folded(one.family), _folded(one.given), near.to_any(named, FAMILY), near.to_any(named, GIVEN))

    def meets(self, other: "Reach") -> bool:
        return not (self.near_family.isdisjoint(other.family) and self.near_given.isdisjoint(other.given))


def pairs(facts: Sequence[Facts]) -> set[Pair]:
    """Every two rows, by their places in the file, the earlier first, of which a search for one may find the other."""
    near = Near(*(frozenset().union(*map(_folded, names)) for names in _names(facts)))
    reach = [Reach.of(one, near) for one in facts]
    return set(chain(_placed(facts, reach), _born(facts, reach), _named(facts, near)))


def _names(facts: Sequence[Facts]) -> tuple[Iterator[Names], Iterator[Names]]:
    return (one.given for one in facts), (one.family for one in facts)


def _folded(forms: Names) -> frozenset[str]:
    return frozenset(form.folded for form in forms)


def _placed(facts: Sequence[Facts], reach: Sequence[Reach]) -> Iterator[Pair]:
    """One postcode, and one birth date or a name."""
    rows: dict[object, list[int]] = defaultdict(list)
    for at, one in enumerate(facts):
        for place in one.places:
            rows[place.whole].append(at)
    rows.pop(None, None)
    for block in rows.values():
        for a, b in combinations(block, 2):
            if reach[a].meets(reach[b]) or _one_birth(facts[a], facts[b]):
                yield a, b


def _born(facts: Sequence[Facts], reach: Sequence[Reach]) -> Iterator[Pair]:
    """One birth date, or one with day and month exchanged, and a name in its own place or in the other's."""
    rows: dict[date, list[int]] = defaultdict(list)
    for at, one in enumerate(facts):
        if one.born:
            rows[one.born.first].append(at)
    for day, block in rows.items():
        turned = exchanged(day)
        others = rows.get(turned, []) if turned and turned > day else []
        for a, b in chain(combinations(block, 2), product(block, others)):
            if reach[a].meets(reach[b]):
                yield min(a, b), max(a, b)


def _named(facts: Sequence[Facts], near: Near) -> Iterator[Pair]:
    """Both names, and births that a slip makes of one another, or that are not known."""
    rows: dict[str, Bearing] = defaultdict(lambda: defaultdict(list))
    for at, one in enumerate(facts):
        for family, given in product(one.family, one.given):
            rows[family.folded][given.folded].append(at)
    for a, one in enumerate(facts):
        alike = near.to_any(_folded(one.given), GIVEN)
        for meant in near.to_any(_folded(one.family), FAMILY):
            for name in alike.intersection(rows[meant]):
                yield from ((a, b) for b in rows[meant][name] if a < b and _slip(one, facts[b]))


def _one_birth(a: Facts, b: Facts) -> bool:
    return a.born is not None and a.born == b.born


def _slip(a: Facts, b: Facts) -> bool:
    return not a.born or not b.born or compare_births(a.born, b.born) is not Born.OTHER
