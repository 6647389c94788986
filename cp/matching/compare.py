"""How well two sets of facts agree: a weight for each fact, and what the weight rests on.

The one comparison: a search ranks by it, a page explains itself by it, and a supplied row will be judged by it.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import product
from operator import itemgetter

from cp.matching import weights
from cp.matching.births import Born, compare_births
from cp.matching.facts import Facts, Where
from cp.matching.family import Home, Kin
from cp.matching.likeness import Likeness, likeness
from cp.matching.names import LED_BY, Form, Use
from cp.matching.weights import Place, Sex


class Fact(Enum):
    GIVEN = "given"
    FAMILY = "family"
    BORN = "born"
    SEX = "sex"
    PLACE = "place"
    CARER = "carer"
    HOME = "home"


How = Likeness | Born | Sex | Place | Kin | Home
UNLIKE: frozenset[How] = frozenset({Likeness.OTHER, Born.OTHER, Sex.OTHER, Place.OTHER, Kin.OTHER, Home.OTHER})
IN_FULL: frozenset[How] = frozenset(
    {Likeness.SAME, Born.SAME, Born.AGE, Born.YEAR, Sex.SAME, Place.POSTCODE, Place.OUTWARD, Kin.SAME, Home.HOUSE,
     Home.STREET}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one fact agrees, and for a name which form of it: `mine` of the first facts, `theirs` of the second."""

    fact: Fact
    how: How
    weight: float
    mine: Form | None = None
    theirs: Form | None = None

    @property
    def agrees(self) -> bool:
        return self.how not in UNLIKE

    @property
    def in_full(self) -> bool:
        """Nothing could agree better: the same name as it is used today, the same date, the same postcode."""
        return self.how in IN_FULL and (self.mine is None or self.theirs is None or not _less(self.mine, self.theirs))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sum of the weights, in bits, and what it is made of. `exact`: every fact of the first agrees in full."""

    score: float
    agreements: tuple[Agreement, ...]
    crossed: bool = False
    exact: bool = False

    def of(self, fact: Fact) -> Agreement | None:
        return next((agreement for agreement in self.agreements if agreement.fact is fact), None)

    def weight_of(self, *facts: Fact) -> float:
        """What these facts add to the score."""
        return sum(agreement.weight for agreement in self.agreements if agreement.fact in facts)

    def agrees_on(self, *facts: Fact) -> bool:
        """Whether one of these facts agrees, in full or nearly."""
        return any(agreement.agrees for agreement in self.agreements if agreement.fact in facts)


def compare(mine: Facts, theirs: Facts) -> Comparison:
    """How well two sets of facts agree. The score is the same both ways round; a fact that one lacks weighs nothing."""
    named, crossed = _names(mine, theirs)
    found = [*named, _births(mine, theirs), _sexes(mine, theirs), _places(mine, theirs)]
    agreements = tuple(agreement for agreement in found if agreement)
    score = sum(agreement.weight for agreement in agreements) - crossed * weights.LESS_FOR_ORDER
    exact = not crossed and len(agreements) == _told(mine) and all(agreement.in_full for agreement in agreements)
    return Comparison(score, agreements, crossed, exact)


def _told(facts: Facts) -> int:
    return sum(map(bool, (facts.given, facts.family, facts.born, facts.gender, facts.places)))


def _names(mine: Facts, theirs: Facts) -> tuple[list[Agreement | None], bool]:
    """The names in their own order, or in the other one where that agrees better and throughout."""
    own = [compare_names(Fact.GIVEN, mine.given, theirs.given), compare_names(Fact.FAMILY, mine.family, theirs.family)]
    other = list[Agreement | None]()
    for fact, name, its in ((Fact.GIVEN, mine.given, theirs.family), (Fact.FAMILY, mine.family, theirs.given)):
        other.append(compare_names(fact, name, its, crossed=True))
        if (found := other[-1]) and not found.agrees:
            return own, False
    met = [agreement for agreement in other if agreement]
    if not met:
        return own, False
    crossed = sum(agreement.weight for agreement in met) - weights.LESS_FOR_ORDER
    return (other, True) if crossed > sum(agreement.weight for agreement in own if agreement) else (own, False)


def compare_names(
    fact: Fact, mine: tuple[Form, ...], theirs: tuple[Form, ...], *, crossed: bool = False
) -> Agreement | None:
    """The pair of forms that agrees best; the first of equals, which stands nearest to the current name.

    `crossed`: one is a given name, the other a family name. None where either is missing.
    """
    if not mine or not theirs:
        return None
    given = fact is Fact.GIVEN and not crossed
    how, weight, form, other = max((_pair(a, b, given) for a in mine for b in theirs), key=_weight_of)
    return Agreement(fact, how, weight, form, other)


_weight_of = itemgetter(1)


def _pair(a: Form, b: Form, given: bool) -> tuple[Likeness, float, Form, Form]:
    how = likeness(a.folded, b.folded, given=given)
    weight = (weights.GIVEN if given else weights.FAMILY)[how]
    if how is not Likeness.OTHER:
        weight = max(0.0, weight - _less(a, b) - weights.less_for_common(a.folded, b.folded, given=given))
    return how, weight, a, b


def _less(a: Form, b: Form) -> float:
    less = weights.LESS_FOR[a.use] + weights.LESS_FOR[b.use]
    if a.use is b.use is Use.FIRST:
        less += weights.LESS_FOR_HONOUR if a.folded in LED_BY else weights.LESS_FOR_LATER_NAMES
    return less


def _births(mine: Facts, theirs: Facts) -> Agreement | None:
    if mine.born is None or theirs.born is None:
        return None
    how = compare_births(mine.born, theirs.born)
    return Agreement(Fact.BORN, how, weights.BORN[how])


def _sexes(mine: Facts, theirs: Facts) -> Agreement | None:
    if mine.gender is None or theirs.gender is None:
        return None
    how = Sex.SAME if mine.gender is theirs.gender else Sex.OTHER
    return Agreement(Fact.SEX, how, weights.SEX[how])


def _places(mine: Facts, theirs: Facts) -> Agreement | None:
    if not mine.places or not theirs.places:
        return None
    how = min((_place(a, b) for a, b in product(mine.places, theirs.places)), key=list(Place).index)
    return Agreement(Fact.PLACE, how, weights.PLACE[how])


def _place(a: Where, b: Where) -> Place:
    if a.outward != b.outward:
        return Place.OTHER
    if a.whole is None or b.whole is None:
        return Place.OUTWARD
    return Place.POSTCODE if a.whole == b.whole else Place.SAME_OUTWARD
