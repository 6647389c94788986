"""Is this supplied row a child we hold: the same, perhaps, or none of ours. One comparison for search and supply.

The weights say how much speaks for it; `apart` says what they may never outweigh.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from cp.matching.apart import NONE_KNOWN, Bar, Number, Numbers, Pair, Third, bars, rests_on
from cp.matching.births import Born
from cp.matching.compare import Comparison, Fact, compare
from cp.matching.facts import Facts
from cp.matching.verdict import ANCHORS
from cp.matching.weights import Place
from cp.terms import Judgement

NUMBER_AGREES, NUMBER_DIFFERS = 20.0, -6.0
"""In bits, once however many kinds agree: one number in a thousand stands on the wrong line, where both would."""
CARER_AGREES = 8.0
"""In bits: the carer's given name, for the family name is mostly the child's. Another carer says nothing."""

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bits of weight; each supplier may have its own.

    From `join` on a row joins, if nothing bars it; from `maybe` on somebody looks; below `fits` a row that is tied to
    a record is raised.
    """

    join: float = 30.0
    fits: float = 10.0
    maybe: float = 14.0


DEFAULT = Thresholds()


@dataclass(frozen=True, slots=True)
class Judged:
    """What a row is to a record, how much speaks for it, the third facts that it rests on and what bars it."""

    judgement: Judgement
    score: float
    """Bits: the comparison's, and those of numbers and carers."""
    comparison: Comparison
    rests_on: frozenset[Third] = frozenset()
    why_not: tuple[Bar, ...] = ()
    numbers: Numbers = NONE_KNOWN


class Kind(StrEnum):
    """What becomes of a row."""

    SAME = "same"
    MAYBE = "maybe"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Decided(Generic[C]):
    """The records that a row may be, the likeliest first; of `SAME` the first is the one, of `NEW` there is none."""

    kind: Kind
    matches: tuple[tuple[C, Judged], ...] = ()

    @property
    def one(self) -> C | None:
        return self.matches[0][0] if self.kind is Kind.SAME else None


def judge_pair(
    row: Facts, record: Facts, numbers: Numbers = NONE_KNOWN, thresholds: Thresholds = DEFAULT,
    *, same_carer: bool = False, told_apart: bool = False,
) -> Judged:  # fmt: skip
    """What the row is to the record. The judgement is the same both ways round, and told apart is for ever.

    A number that agrees is never nothing: whatever else differs, somebody looks. Policy: the supply issue; rules R57.
    """
    found = compare(row, record)
    pair, score = Pair(row, record, found, numbers, same_carer), found.score + _beside(numbers, same_carer)
    looked_at = _may_be(found, score, thresholds) or Number.AGREES in numbers
    why_not = bars(pair) if looked_at or score >= thresholds.fits else ()
    why_not += (Bar.TOO_LITTLE,) if score < thresholds.join else ()
    why_not = (Bar.TOLD_APART, *why_not) if told_apart else why_not
    judgement = Judgement.DIFFERENT if told_apart or not looked_at else Judgement.MAYBE if why_not else Judgement.SAME
    return Judged(judgement, score, found, rests_on(pair), why_not, numbers)


def _may_be(found: Comparison, score: float, thresholds: Thresholds) -> bool:
    """Enough weight, and either a name that agrees with a birth or a place, as a search asks, or one birth date at one
    postcode, whatever the names: a child may have been given others.
    """
    hows = {agreement.how for agreement in found.agreements}
    named = found.agrees_on(Fact.GIVEN, Fact.FAMILY) and found.agrees_on(*ANCHORS)
    return score >= thresholds.maybe and (named or {Born.SAME, Place.POSTCODE} <= hows)


def _beside(numbers: Numbers, same_carer: bool) -> float:
    """What numbers and carers weigh."""
    agrees = NUMBER_AGREES * (Number.AGREES in numbers) + NUMBER_DIFFERS * (Number.DIFFERS in numbers)
    return agrees + CARER_AGREES * same_carer


def decide(candidates: Iterable[tuple[C, Judged]], order: Callable[[C], object]) -> Decided[C]:
    """What becomes of a row: the same as the one record that is, if no other weighs more; new, if it may be nobody.

    Two records that it is the same as are perhaps one child twice, and somebody looks. `order` puts those that weigh
    the same in a lasting order. Policy: the supply issue.
    """
    matches = [(key, judged) for key, judged in candidates if judged.judgement is not Judgement.DIFFERENT]
    if not matches:
        return Decided(Kind.NEW)
    matches.sort(key=lambda match: (-match[1].score, match[1].judgement is not Judgement.SAME, order(match[0])))
    same = [judged.judgement is Judgement.SAME for _, judged in matches]
    return Decided(Kind.SAME if same[0] and sum(same) == 1 else Kind.MAYBE, tuple(matches))


LOOSENS = frozenset({Bar.TOLD_APART, Bar.OTHER_NUMBER, Bar.LOOK_ALIKE, Bar.TWINS, Bar.GIVEN_NAME})


def still_fits(judged: Judged, thresholds: Thresholds = DEFAULT) -> bool:
    """Whether a row that is tied to a record by the supplier's own key is still that child, though it has moved.

    Ask it when the row says something new: what somebody has once looked at is not raised again. Policy: the supply
    issue; rules R57.
    """
    return judged.score >= thresholds.fits and LOOSENS.isdisjoint(judged.why_not)
