"""Twins and triplets, by the names that families give: no two are ever taken for one child."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations

from bench import names
from bench.draw import Draw
from cp.matching.facts import Facts, OtherName, recorded
from cp.matching.joining import judge_pair
from cp.matching.nicknames import How, tie
from cp.terms import Gender, Judgement, NameKind
from tests.matching.pairs import HERE
from tests.scale import SEED, scaled

BIRTHS = scaled(1_600, 80_000)
EVERY_TRIPLETS = 8
"""So many births of twins to one of triplets: three pairs of children."""


def test_twins_are_never_joined(record_property: Callable[[str, object], None]) -> None:
    judgements: Counter[Judgement] = Counter()
    joined = []
    for children in born_together(Draw(SEED, "twins")):
        for one, two in combinations(children, 2):
            found = judge_pair(one, two, same_carer=True)
            judgements[found.judgement] += 1
            joined += [(one, two)] if found.judgement is Judgement.SAME else []

    record_property("pairs", judgements.total())
    record_property("joined", len(joined))
    assert joined == []
    assert judgements.total() > BIRTHS


def born_together(draw: Draw) -> Iterator[list[Facts]]:
    """Children of one birth date, one home and one carer, as their records say."""
    mix = names.mix(draw, even=True)
    for birth in range(BIRTHS):
        family, called = names.family(draw, mix.pick(draw)), set[str]()
        born_on = date(2010, 1, 1) + timedelta(days=birth % 5000)
        yield [_child(draw, family, called, born_on) for _ in range(2 + (birth % EVERY_TRIPLETS == 0))]


def _child(draw: Draw, family: names.Family, called: set[str], born_on: date) -> Facts:
    gender, before = draw.pick(["female", "male"]), set(called)
    given = names.given_names(draw, family.community, gender, called)
    while any(_one_name(given, other) for other in before):
        given = names.given_names(draw, family.community, gender, called)
    others = [
        OtherName(NameKind(other.kind), other.given_names, other.family_name)
        for other in names.other_names(draw, given, family, gender)
    ]
    return recorded((given, family.of(gender)), born_on, Gender(gender), others, [HERE])


def _one_name(given: str, other: str) -> bool:
    """Chance may call twins Mohammed and Muhammad, André and Andre, Anna and Anna Maria; parents do not."""
    one, two = (names.plain(name).lower().split()[0] for name in (given, other))
    tied = tie(one, two)
    return one == two or bool(tied and tied.how is How.SPELLING)
