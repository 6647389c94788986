"""What agreements are worth in one file, learnt from it without being told which rows are one child.

Fellegi and Sunter's weights by expectation and maximisation: how often strangers agree is counted over the file, how
often one child's rows do is guessed from the weights of searches, and guessed again from what that guess says.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log2
from typing import NamedTuple

from bench.blocking import Pair
from bench.draw import Draw
from cp.matching.births import Born
from cp.matching.compare import Agreement, Comparison, Fact, How, compare
from cp.matching.facts import Facts
from cp.matching.joining import DEFAULT
from cp.matching.likeness import Likeness
from cp.matching.weights import LESS_FOR_ORDER, Place

STRANGERS, SEED = 2000, 1
"""Pairs of rows by chance that are compared, to see how strangers agree."""
ROUNDS, STILL = 50, 1e-4
HALF = 0.5
"""Of a comparison: no way of agreeing is impossible because it was not met."""
SURE = 60.0
"""Bits above which nothing is surer."""

NAMES = (Fact.GIVEN, Fact.FAMILY)
VALUED = frozenset({Likeness.SAME, Born.SAME, Place.POSTCODE})
"""The ways of agreeing that are equality: their chance is counted, by each value's share in the file."""
Way = tuple[Fact, How]
_VALUES = (Fact.GIVEN, Fact.FAMILY, Fact.BORN, Fact.PLACE)


class Met(NamedTuple):
    """How each fact of a pair agrees, and whether the names stand in the other order."""

    ways: tuple[Way, ...]
    crossed: bool

    @classmethod
    def of(cls, found: Comparison) -> "Met":
        return cls(tuple((agreement.fact, agreement.how) for agreement in found.agreements), found.crossed)


class Strangers:
    """How often two rows of a file that are not one child agree in each way."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        self.values = {fact: Counter(filter(None, (_value(fact, one) for one in facts))) for fact in _VALUES}
        self.chance = {fact: _alike(counted) for fact, counted in self.values.items()}
        self._ways: Counter[Way] = Counter()
        draw = Draw(SEED, "strangers")
        for _ in range(STRANGERS):
            self._ways.update(Met.of(compare(draw.pick(facts), draw.pick(facts))).ways)
        self._told = told(self._ways)

    def share(self, way: Way) -> float:
        fact, how = way
        if how in VALUED:
            return self.chance[fact]
        return (self._ways[way] + HALF) / (self._told[fact] + 1)

    def rarer(self, agreement: Agreement) -> float:
        """Bits that a name weighs more than most because few have it; less than nothing where many do."""
        if agreement.fact not in NAMES or agreement.how not in (Likeness.SAME, Likeness.SPELT):
            return 0.0
        counted = self.values[agreement.fact]
        folded = [form.folded for form in (agreement.mine, agreement.theirs) if form]
        commonest = max(1, *(counted[name] for name in folded))
        return log2(self.chance[agreement.fact] * counted.total() / commonest)


def learnt(facts: Sequence[Facts], found: Mapping[Pair, Comparison]) -> dict[Pair, float]:
    """How likely it is that the rows of each pair are one child, from 0 to 1."""
    strangers, met = Strangers(facts), {pair: Met.of(comparison) for pair, comparison in found.items()}
    counted = Counter(met.values())
    guess = {met[pair]: comparison.score - DEFAULT.maybe for pair, comparison in found.items()}
    every = len(facts) * (len(facts) - 1) / 2
    for _ in range(ROUNDS):
        before, guess = guess, again(counted, guess, strangers, every)
        if all(abs(likely(bits) - likely(before[one])) < STILL for one, bits in guess.items()):
            break
    return {
        pair: likely(guess[met[pair]] + sum(map(strangers.rarer, comparison.agreements)))
        for pair, comparison in found.items()
    }


def again(counted: Counter[Met], guess: Mapping[Met, float], strangers: Strangers, every: float) -> dict[Met, float]:
    """The bits that speak for each way of agreeing, from what the guess before takes for one child."""
    ones = dict.fromkeys((way for met in counted for way in met.ways), 0.0)
    same = 0.0
    for met, count in counted.items():
        share = count * likely(guess[met])
        same += share
        for way in met.ways:
            ones[way] += share
    asked = told(ones)
    bits = {way: log2((ones[way] + HALF) / (asked[way[0]] + 1) / strangers.share(way)) for way in ones}
    odds = log2((same + HALF) / (every - same + HALF))
    return {met: odds + sum(bits[way] for way in met.ways) - met.crossed * LESS_FOR_ORDER for met in counted}


def told(ways: Mapping[Way, float]) -> dict[Fact, float]:
    """In how many comparisons each fact was known of both."""
    counted: dict[Fact, float] = defaultdict(float)
    for (fact, _), count in ways.items():
        counted[fact] += count
    return counted


def likely(bits: float) -> float:
    return 1 / (1 + 2 ** -max(-SURE, min(SURE, bits)))


def _alike(counted: Counter[object]) -> float:
    """The chance that two rows have the very same value."""
    alike = sum(count * (count - 1) for count in counted.values())
    return max(alike, 1) / max(counted.total() * (counted.total() - 1), 1)


def _value(fact: Fact, one: Facts) -> object:
    """What is told of this fact, as far as another row may tell the very same."""
    if fact in NAMES:
        forms = one.given if fact is Fact.GIVEN else one.family
        return forms[0].folded if forms else None
    return one.born if fact is Fact.BORN else next(iter(one.places), None)
