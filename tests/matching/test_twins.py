"""Twins and triplets, by the names that families give: no two are ever taken for one child."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations

from bench import names
from bench.draw import Draw
from cp.matching.facts import Facts, OtherName, recorded
from cp.matching.joining import judge_pair
from cp.matching.names import LED_BY
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
        family, named = names.family(draw, mix.pick(draw)), list[tuple[str, str]]()
        for _ in range(2 + (birth % EVERY_TRIPLETS == 0)):
            named.append(_named(draw, family, [given for given, _ in named]))
        born_on = date(2010, 1, 1) + timedelta(days=birth % 5000)
        yield [_recorded(draw, family, *each, born_on) for each in named]


def _named(draw: Draw, family: names.Family, before: list[str]) -> tuple[str, str]:
    """Given names and gender."""
    gender, taken = draw.pick(["female", "male"]), set[str]()
    while True:
        given = names.given_names(draw, family.community, gender, taken)
        if not any(_one_name(given, other) for other in before):
            return given, gender


def _one_name(given: str, other: str) -> bool:
    """Chance may call twins Aisha and Ayesha, André and Andre, Anna and Anna Maria, Rahim and Mohammed Rahim; parents
    do not.
    """
    one, two = _called(given), _called(other)
    tied = tie(one, two)
    return one == two or bool(tied and tied.how is How.SPELLING)


def _called(given: str) -> str:
    """The first of the given names, or the one after a name of honour."""
    first, *later = names.plain(given).lower().split()
    return later[0] if later and first in LED_BY else first


def _recorded(draw: Draw, family: names.Family, given: str, gender: str, born_on: date) -> Facts:
    others = [
        OtherName(NameKind(other.kind), other.given_names, other.family_name)
        for other in names.other_names(draw, given, family, gender)
    ]
    return recorded((given, family.of(gender)), born_on, Gender(gender), others, [HERE])
