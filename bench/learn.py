"""`python -m bench.learn`: what each agreement is worth, learnt from searches, written to `cp/matching/weights.toml`.

Fellegi and Sunter's weights: log2 of how much likelier an agreement is between what somebody asks and the child who is
meant than between it and any other child. The searches are of the kinds of `bench/queries.py` and a few more, of
another seed and another directory than are measured, with a gender and a postcode told now and then.
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import log2

from sqlalchemy.orm import Session

from bench.__main__ import _database, _directory
from bench.draw import Draw
from bench.known import sought
from bench.mistakes import respelt, short_forms
from bench.names import english
from bench.queries import KINDS, Kinds, Sought, called, kind, mixed, whole
from cp import clock
from cp.matching import weights
from cp.matching.births import Born
from cp.matching.compare import Comparison, Fact, How, compare
from cp.matching.facts import Facts, recorded
from cp.matching.likeness import Likeness
from cp.matching.names import fold
from cp.matching.weights import Place, Sex
from cp.services.find import Criteria
from cp.services.find.entry import where
from cp.services.find.known import read
from cp.services.find.searching import facts_of
from cp.terms import Gender

CHILDREN, SEED, QUERIES = 110_000, 3, 40_000
"""Four authorities: within one, half a postcode says less than it does in a county."""
EVERY, OTHERS = 4, 10
"""Every fourth child may be asked for; and how many others each search is compared with."""
SELDOM = 0.002
"""The share with which the right child is taken to agree in a way that no search showed: it may happen all the same."""
TELLS_GENDER, RIGHT_GENDER = 0.3, 0.98
TELLS_PLACE, RIGHT_PLACE, WHOLE_PLACE = 0.3, 0.88, 0.5
"""How often a gender and a postcode are told, and how often rightly: by hand, for the queries tell none wrongly."""
COMMON, LEAST_COMMON = 80, 0.3
"""Names of each kind that are listed as common, at the most; and by how many bits they weigh less, at the least."""

KINDS_LEARNT: Kinds = dict(KINDS)


@kind("given name as it sounds", 8, KINDS_LEARNT)
def _given_heard(draw: Draw, child: Sought, today: date) -> Criteria | None:
    heard = respelt(draw, called(child))
    return replace(whole(child), given_name=heard) if heard else None


@kind("another birth date", 2, KINDS_LEARNT)
def _born_otherwise(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return (
        replace(whole(child), born=child.born_on - timedelta(days=draw.between(1, 600))) if child.family_name else None
    )


@kind("another given name", 1, KINDS_LEARNT)
def _called_otherwise(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), given_name=draw.pick(sorted(short_forms())))


@kind("another family name", 4, KINDS_LEARNT)
def _of_another_name(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), family_name=english().family.pick(draw))


Ways = type[Likeness] | type[Born] | type[Place] | type[Sex]
TABLES: dict[Fact, Ways] = {
    Fact.GIVEN: Likeness, Fact.FAMILY: Likeness, Fact.BORN: Born, Fact.PLACE: Place, Fact.SEX: Sex,
}  # fmt: skip
ASKED_BY = {
    Born.AGE: "age", Born.AGE_YOUNGER: "age", Born.AGE_OLDER: "age",
    Place.POSTCODE: "whole", Place.SAME_OUTWARD: "whole", Place.OUTWARD: "half",
}  # fmt: skip
"""What one asks for by an age or half a postcode can agree in other ways than what one asks for by the whole."""


MET_NOWHERE: dict[Ways, How] = {Likeness: Likeness.CLOSE, Born: Born.AGE, Place: Place.OTHER, Sex: Sex.OTHER}
"""As which a way of agreeing weighs that no comparison showed: short forms of family names, years of birth."""


class Counted:
    """How often each fact agreed in each way."""

    def __init__(self) -> None:
        self.ways: dict[Fact, Counter[How]] = {fact: Counter() for fact in TABLES}
        self.asked: dict[tuple[Fact, str], int] = Counter()

    def add(self, found: Comparison, mine: Facts) -> None:
        """Names in the other order are weighed as they would be in their own, less what the order costs."""
        for agreement in found.agreements:
            if not (found.crossed and agreement.fact in (Fact.GIVEN, Fact.FAMILY)):
                self.ways[agreement.fact][agreement.how] += 1
                self.asked[agreement.fact, _asked_by(agreement.fact, mine)] += 1
                self.asked[agreement.fact, ""] += 1

    def share(self, fact: Fact, how: How) -> float:
        """Of the comparisons that could agree in this way, those that did."""
        return self.ways[fact][how] / max(1, self.asked[fact, _could(fact, how)])

    def least(self, fact: Fact, how: How) -> float:
        """Half of one comparison: no way of agreeing is impossible because it was not met."""
        return 0.5 / max(1, self.asked[fact, _could(fact, how)])


def _asked_by(fact: Fact, mine: Facts) -> str:
    if fact is Fact.BORN:
        return "day" if mine.born and mine.born.known else "age"
    if fact is Fact.PLACE:
        return "half" if all(place.whole is None for place in mine.places) else "whole"
    return "all"


def _could(fact: Fact, how: How) -> str:
    """By what it must have been asked, to agree so; whatever does not agree counts among all."""
    if how.name == "OTHER" or fact not in (Fact.BORN, Fact.PLACE):
        return ""
    return ASKED_BY.get(how, "day")


def learn(session: Session, children: int, queries: int, seed: int, today: date) -> str:
    """The text of the file."""
    known = {child.child_id: child for child in sought(session, range(1, children + 1, EVERY))}
    facts, everybody = _facts(session, known), list(known.values())
    draw, one, two = Draw(seed, "learning"), Counted(), Counted()
    for query in mixed(everybody, queries, seed, today, KINDS_LEARNT):
        if query.child_id is None or query.criteria.number:
            continue
        mine = facts_of(_told(draw, query.criteria, known[query.child_id], everybody), today)
        one.add(compare(mine, facts[query.child_id]), mine)
        for other in (draw.pick(everybody).child_id for _ in range(OTHERS)):
            if other != query.child_id:
                two.add(compare(mine, facts[other]), mine)
    head = (
        "# What each agreement is worth, in bits. Written by `python -m bench.learn`: do not edit, learn again.\n"
        f"# From {children:,} children of the demonstration, seed {seed}, and {queries:,} searches, on {today}.\n"
        "# Beside each: how often the child who is meant agrees so, and how often any other does."
    )
    tables = [_table(fact, one, two) for fact in TABLES]
    given, family = ([fold(name) for name in names] for names in _names(everybody))
    return "\n\n".join([head, *tables, _common("given", given), _common("family", family)]) + "\n"


def _facts(session: Session, known: Mapping[int, Sought]) -> dict[int, Facts]:
    return {
        child_id: recorded(one.names, one.born_on, one.gender, one.others, where(known[child_id].postcode))
        for child_id, (one, _) in read(session, known).items()
    }


def _told(draw: Draw, asked: Criteria, child: Sought, everybody: Sequence[Sought]) -> Criteria:
    """The search with a gender and a postcode, now and then, where it has none: mostly the right ones."""
    if draw.chance(TELLS_GENDER) and child.gender is not Gender.NOT_SPECIFIED:
        other = Gender.MALE if child.gender is Gender.FEMALE else Gender.FEMALE
        asked = replace(asked, gender=child.gender if draw.chance(RIGHT_GENDER) else other)
    postcode = child.postcode if draw.chance(RIGHT_PLACE) else draw.pick(everybody).postcode
    if asked.postcode is None and postcode and draw.chance(TELLS_PLACE):
        asked = replace(asked, postcode=postcode if draw.chance(WHOLE_PLACE) else postcode.split()[0])
    return asked


def _table(fact: Fact, one: Counted, two: Counted) -> str:
    """A table of the file; the first weight is the largest, and what agrees never weighs less than nothing."""
    bits: dict[How, float] = {how: _bits(one, two, fact, how) for how in TABLES[fact]}
    for how in bits:
        if not (one.ways[fact][how] or two.ways[fact][how]):
            bits[how] = bits[MET_NOWHERE[TABLES[fact]]]
    most = next(iter(bits.values()))
    lines = [f"[{fact.value}]"]
    for how, weight in bits.items():
        kept = min(0.0, weight) if how.name == "OTHER" else min(most, max(0.0, weight))
        shares = f"{one.share(fact, how):.2%}, {two.share(fact, how):.4%}"
        lines.append(f"{f'{how.name.lower()} = {kept:.1f}':<24}# {shares}")
    return "\n".join(lines)


def _bits(one: Counted, two: Counted, fact: Fact, how: How) -> float:
    return log2(max(SELDOM, one.share(fact, how)) / max(two.least(fact, how), two.share(fact, how)))


def _names(everybody: Sequence[Sought]) -> tuple[list[str], list[str]]:
    return [called(child) for child in everybody], [child.family_name for child in everybody if child.family_name]


def _common(kind: str, names: Sequence[str]) -> str:
    """How much less a name weighs that more children share than share one on the average."""
    counted = Counter(names)
    average = sum((count / len(names)) ** 2 for count in counted.values())
    lines = [f"[common_{kind}]"]
    for name, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:COMMON]:
        if (less := log2(count / len(names) / average)) >= LEAST_COMMON:
            lines.append(f"{f'{name} = {less:.1f}':<24}# {count / len(names):.2%} of children")
    return "\n".join(lines)


def main() -> int:
    with _database("sqlite") as url:
        engine = _directory(url, CHILDREN, seed=SEED)
        with Session(engine) as session:
            weights.FILE.write_text(learn(session, CHILDREN, QUERIES, SEED, clock.today()), encoding="utf-8")
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
