"""A first look at many rows of the index, before the few that matter are compared in full."""

from collections.abc import Callable, Iterable
from datetime import date

from cp.matching import weights
from cp.matching.births import Born, compare_births, day
from cp.matching.compare import Agreement, Fact, compare_names
from cp.matching.facts import Facts
from cp.matching.likeness import close_by_letters
from cp.matching.names import Form, Use
from cp.matching.verdict import ENOUGH
from cp.matching.weights import Place, Sex

NOWHERE = -99.0


class Glance:
    """Weighs rows of the index, each one pair of names and a birth date, as `compare` would if that were all.

    Remembers every name it has weighed: a birthday's thousand rows have a few hundred names.
    """

    def __init__(self, mine: Facts) -> None:
        self.mine = mine
        self._given: dict[str, float] = {}
        self._family: dict[str, float] = {}
        self._given_crossed: dict[str, float] = {}
        self._family_crossed: dict[str, float] = {}
        self._born: dict[date, float] = {}
        self.best = self._perfect()
        self.least = ENOUGH - weights.SEX[Sex.SAME] - self._most_of_place()
        """The least that a row weighs whose child may still match: a place and the gender are not in it."""

    def weigh(self, given: str, family: str, born: date) -> float:
        """The weight of a row: folded names, and the date of birth."""
        own = self._weigh(self._given, given, Fact.GIVEN, self.mine.given)
        own += self._weigh(self._family, family, Fact.FAMILY, self.mine.family)
        crossed = self._weigh(self._given_crossed, given, Fact.FAMILY, self.mine.family, crossed=True)
        if crossed > NOWHERE:
            crossed += self._weigh(self._family_crossed, family, Fact.GIVEN, self.mine.given, crossed=True)
        weight = self._born.get(born)
        return max(own, crossed - weights.LESS_FOR_ORDER) + (self._weigh_born(born) if weight is None else weight)

    def close(self, names: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of these pairs of names, given and family, that may be meant though neither name shares a hash with
        what was typed: both are close, or one where a place may speak for the child as well.
        """
        givens, families = {given for given, _ in names}, {family for _, family in names}
        own = _close(self.mine.given, givens), _close(self.mine.family, families)
        crossed = _close(self.mine.family, givens), _close(self.mine.given, families)
        given, family = own[0] | crossed[0], own[1] | crossed[1]
        some = [pair for pair in names if pair[0] in given or pair[1] in family]
        typed = bool(self.mine.given), bool(self.mine.family)
        enough = any if self.mine.places else all
        return {pair for pair in some if _in(own, pair, typed, enough) or _in(crossed, pair, typed[::-1], all)}

    def _weigh(
        self, known: dict[str, float], folded: str, fact: Fact, typed: tuple[Form, ...], *, crossed: bool = False
    ) -> float:
        """How a name agrees with what was typed for it, or for the other name: then it must, or that is ruled out."""
        weight = known.get(folded)
        if weight is None:
            form = (Form(folded, folded, Use.CURRENT),) if folded else ()
            agreement = compare_names(fact, typed, form, crossed=crossed)
            ruled_out = crossed and agreement and not agreement.agrees
            weight = known[folded] = NOWHERE if ruled_out else _weight(agreement)
        return weight

    def _weigh_born(self, born: date) -> float:
        self._born[born] = weights.BORN[compare_births(self.mine.born, day(born))] if self.mine.born else 0.0
        return self._born[born]

    def _perfect(self) -> float:
        """What a row would weigh that agrees in full."""
        return (
            _weight(compare_names(Fact.GIVEN, self.mine.given, self.mine.given))
            + _weight(compare_names(Fact.FAMILY, self.mine.family, self.mine.family))
            + (weights.BORN[Born.SAME if self.mine.born.known else Born.AGE] if self.mine.born else 0.0)
        )

    def _most_of_place(self) -> float:
        if not self.mine.places:
            return 0.0
        whole = any(place.whole is not None for place in self.mine.places)
        return weights.PLACE[Place.POSTCODE if whole else Place.OUTWARD]


def _close(forms: tuple[Form, ...], names: set[str]) -> set[str]:
    return {name for form in forms for name in close_by_letters(form.folded, names)}


def _in(
    sets: tuple[set[str], set[str]], pair: tuple[str, str], typed: tuple[bool, bool],
    enough: Callable[[Iterable[bool]], bool],
) -> bool:  # fmt: skip
    return enough(name in near for name, near, asked in zip(pair, sets, typed, strict=True) if asked)


def _weight(agreement: Agreement | None) -> float:
    return agreement.weight if agreement else 0.0
