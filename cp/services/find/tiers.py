"""Where a search looks, from the likeliest place to the last, stopping at the first strong answer.

Each tier is one or two probes. A tier never reads what is hidden: that is not in the index.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, partial

from cp.matching import keys
from cp.matching.births import YEAR, Span, exchanged, in_year, slips
from cp.matching.glance import Glance
from cp.services.find.near import FAMILY, GIVEN, MOST_SLIPPED, Forms, Near, hashes, nearest
from cp.services.find.probes import Places, Probes, Row

MOST_BEGUN = 20
"""The same, of names that only begin as the typed one does."""

MOST_COMMON = 4
"""The same, where the names are so common that only slips of the birth date are tried."""

MOST_NAMESAKES = 200
"""More children than this of both names: the names are common."""

STRONG = 6.5
"""How far below a perfect answer one may weigh, in bits, for the search to look no further: one fact nearly right."""

STRONG_ENOUGH = 10.5
"""The same, for it not to read a whole birthday, which is dear: one fact wrong, such as a digit of the birth date."""


Tier = Callable[[], list[Row]]


class Tiers:
    """One search's way through the index. `best` holds each child's best row so far, as `Glance` weighs it."""

    def __init__(self, probes: Probes, glance: Glance) -> None:
        self.probes, self.glance, self.mine = probes, glance, glance.mine
        self.best: dict[int, float] = {}
        self.too_many = False

    def look(self) -> None:
        """Tier after tier until an answer is strong, or there are more of the very same than can be told apart."""
        born = self.mine.born
        for tier in self._known_birth(born.first) if born and born.known else self._unknown_birth():
            self._take(tier())
            if self.too_many or self._within(STRONG):
                return

    def _within(self, bits: float) -> bool:
        """Whether the best so far weighs no more than this below a perfect answer."""
        return max(self.best.values(), default=0.0) >= self.glance.best - bits

    def _take(self, rows: list[Row]) -> None:
        for row in rows:
            weight = self.glance.weigh(row.given, row.family, row.born)
            if weight > self.best.get(row.child_id, float("-inf")):
                self.best[row.child_id] = weight

    def _known_birth(self, born: date) -> Iterator[Tier]:
        days = likely_days(born)
        given, family = self.mine.given, self.mine.family
        if family:
            yield lambda: self.probes.by_birth_and_family(days, hashes(family, FAMILY))
        if given:
            yield lambda: self.probes.by_birth_and_given(days, hashes(given, GIVEN), hashes(given, FAMILY))
        if given and family:
            yield lambda: self._another_birth(born)
        if not self._within(STRONG_ENOUGH):
            yield lambda: self.probes.by_birth(days, self.glance.close)
            yield from self._placed()

    def _unknown_birth(self) -> Iterator[Tier]:
        yield from self._placed()
        if self.mine.born:
            band = Span(self.mine.born.first - YEAR, self.mine.born.last + YEAR)
            yield lambda: self._pairs(self.family.nearest, self.given.nearest, band)
            yield lambda: self._pairs(self.family, self.given, band)
            yield lambda: self._pairs(*self.crossed, band)
            yield lambda: self._begun(band)

    def _placed(self) -> Iterator[Tier]:
        places, given, family = self.mine.places, self.mine.given, self.mine.family
        if any(place.whole is not None for place in places):
            yield partial(self.probes.by_postcode, places)
        if places and family and given:
            yield lambda: self.probes.by_outward_and_both(places, hashes(family, FAMILY), hashes(given, GIVEN))
        if places and family:
            yield partial(self._in_outward, places)
        if places and given:
            either = hashes(given, GIVEN) | hashes(given, FAMILY)
            yield lambda: self.probes.by_outward_and_given(places, either)

    def _another_birth(self, born: date) -> list[Row]:
        """Both names, with any birth date; where many bear them, with one that a slip makes of this one."""
        if not (self.family.all and self.given.all):
            return []
        rows = self.probes.by_names(self.family.all[:MOST_SLIPPED], self.given.all[:MOST_SLIPPED], most=MOST_NAMESAKES)
        if not self.probes.flooded:
            return rows
        pair = self.family.all[:MOST_COMMON], self.given.all[:MOST_COMMON]
        slipped = self.probes.by_names_born(*pair, slips(born))
        return slipped + self.probes.by_names_between(*pair, in_year(born.year))

    def _pairs(self, family: Near, given: Near, band: Span) -> list[Row]:
        """Both names, born in this time; the very same ones where others flood it."""
        if not (family.all and given.all):
            return []
        rows = self.probes.by_names_between(family.all, given.all, band)
        if self.probes.flooded and self.mine.born:
            rows = self.probes.by_names_between(family.same, given.same, self.mine.born)
            self.too_many = self.probes.flooded
        return rows

    def _begun(self, band: Span) -> list[Row]:
        """Both names, one of which may be the beginning of the other name: nobody heard or wrote the rest."""
        family, given = self._beginning(self.mine.family, FAMILY), self._beginning(self.mine.given, GIVEN)
        pairs = (
            (family, self.given.nearest.all), (self.family.nearest.all, given), (family, given),
        )  # fmt: skip
        return [row for pair in pairs if all(pair) for row in self.probes.by_names_between(*pair, band)]

    def _beginning(self, forms: Forms, kind: bool) -> list[int]:
        """Names of the dictionary that begin with one of these, or with which one of these begins."""
        begins = {key for form in forms for key in keys.beginning_keys(form.folded, family=kind)}
        found = self.probes.names(begins) if begins else set()
        begun = [
            (abs(len(form.folded) - len(folded)), folded, name_id)
            for name_id, folded, _ in found
            for form in forms
            if form.folded.startswith(folded) or folded.startswith(form.folded)
        ]
        return [name_id for *_, name_id in sorted(begun)[:MOST_BEGUN]]

    def _in_outward(self, places: Places) -> list[Row]:
        """In this half of a postcode under the family name; under both names where others flood it."""
        rows = self.probes.by_outward_and_family(places, hashes(self.mine.family, FAMILY))
        if not self.probes.flooded:
            return rows
        family, given = self.family, self.given
        if not given.all:
            return rows
        rows = self.probes.by_outward_and_names(places, family.all, given.all)
        if self.probes.flooded and given.same:
            rows = self.probes.by_outward_and_names(places, family.same, given.same)
            self.too_many = self.probes.flooded
        return rows

    @cached_property
    def _own(self) -> tuple[Near, Near]:
        return self._near(self.mine.family, self.mine.given, crossed=False)

    @property
    def family(self) -> Near:
        return self._own[0]

    @property
    def given(self) -> Near:
        return self._own[1]

    @cached_property
    def crossed(self) -> tuple[Near, Near]:
        """The family names that the typed given name may be, and the given names that the family name may be."""
        return self._near(self.mine.given, self.mine.family, crossed=True)

    def _near(self, family: Forms, given: Forms, *, crossed: bool) -> tuple[Near, Near]:
        """The dictionary's names like these forms, both kinds in one look-up."""
        found = self.probes.names(hashes(family, FAMILY) | hashes(given, GIVEN))
        if self.probes.flooded:
            own = {
                keys.own_key(form.folded, family=kind)
                for kind, forms in ((True, family), (False, given))
                for form in forms
            }
            found |= self.probes.names(own)
        return (
            nearest(family, [(key, folded) for key, folded, kind in found if kind], given=False),
            nearest(given, [(key, folded) for key, folded, kind in found if not kind], given=not crossed),
        )


def likely_days(born: date) -> list[date]:
    """That day, and the one with day and month in each other's place."""
    return [day for day in (born, exchanged(born)) if day]
