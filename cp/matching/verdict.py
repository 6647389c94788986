"""Which of the candidates may be the child that was asked for, in which order, or that too many may be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from cp.matching.compare import Comparison, Fact
from cp.matching.facts import Facts

MOST = 10
"""Rows that are shown; above that none is."""

ENOUGH = 12.0
"""The least a match weighs: a date of birth, or two names and something else."""

GAPS = (12.0, 8.0, 5.0, 3.0, 2.0)
"""How far below the best a match may weigh. Where more than `MOST` remain, the next, narrower gap is tried: in a nation
more than ten children share a given name and the birth date, of which a digit was wrong, with whoever is meant."""

GAPS_UNDER_EXACT = (6.0, 4.0)
"""The same below a match that agrees in full on everything asked: room for one slip, not for two."""

ALIKE = 0.25
"""Weights nearer than this count as equal."""

ANCHORS = (Fact.BORN, Fact.PLACE)
"""Names alone are never a match: it rests on a birth or a place as well."""

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Verdict(Generic[C]):
    """The matches, most likely first; none where there are too many. `tied` of them match equally well as the best."""

    matches: tuple[tuple[C, Comparison], ...] = ()
    too_many: bool = False
    tied: int = 0


class Helps(Enum):
    """The one fact that would narrow a search most."""

    DATE_OF_BIRTH = "date_of_birth"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    POSTCODE = "postcode"
    GENDER = "gender"


def may_match(found: Comparison) -> bool:
    """Enough weight, resting on a name and on a birth or a place."""
    return found.score >= ENOUGH and found.agrees_on(Fact.GIVEN, Fact.FAMILY) and found.agrees_on(*ANCHORS)


def judge(
    candidates: Iterable[tuple[C, Comparison]],
    order: Callable[[C], object],
    may: Callable[[Comparison], bool] = may_match,
) -> Verdict[C]:
    """The verdict over every candidate; `order` puts those that match equally well in a lasting order.

    Weak matches give way to strong ones, never the other way round: one exact match among fifty near ones is shown.
    """
    matches = [(key, found) for key, found in candidates if may(found)]
    if len(matches) > 1:
        matches.sort(key=lambda match: (-match[1].score, order(match[0])))
    if not matches:
        return Verdict()
    best = matches[0][1]
    for gap in GAPS_UNDER_EXACT if best.exact else GAPS:
        kept = [match for match in matches if match[1].score >= best.score - gap]
        if len(kept) <= MOST:
            return _shown(kept)
    exact = [match for match in matches if match[1].exact]
    return _shown(exact) if 0 < len(exact) <= MOST else Verdict(too_many=True)


def _shown(matches: list[tuple[C, Comparison]]) -> Verdict[C]:
    best = matches[0][1].score
    tied = sum(found.score > best - ALIKE for _, found in matches)
    return Verdict(tuple(matches), tied=tied if tied > 1 else 0)


def helps_most(mine: Facts) -> Helps:
    """What to add when too many match; for a search that met the least it may ask."""
    if not (mine.born and mine.born.known):
        return Helps.DATE_OF_BIRTH
    if not mine.family:
        return Helps.FAMILY_NAME
    if not mine.given:
        return Helps.GIVEN_NAME
    return Helps.GENDER if mine.places else Helps.POSTCODE
