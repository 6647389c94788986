"""Why a supplied row was judged as it was: sentences with their weights, the same text that is kept with a decision."""

from collections.abc import Iterator, Sequence

from cp.matching import weights
from cp.matching.apart import Bar, Number, Numbers, Third
from cp.matching.compare import Agreement, Comparison, Fact
from cp.matching.family import Kin
from cp.matching.joining import CARER_AGREES, NUMBER_AGREES, NUMBER_DIFFERS, Judged
from cp.matching.reasons import AROUND, listed, reasons
from cp.matching.weights import Sex
from cp.terms import NumberKind

CALLED = {NumberKind.UPN: "pupil number", NumberKind.NHS: "NHS number"}
GENDERS = {Sex.SAME: "Same gender.", Sex.OTHER: "Another gender."}
IN_ALL = "In all: "
BARS = {
    Bar.TOLD_APART: "Somebody has told the two apart: they are never joined.",
    Bar.OTHER_NUMBER: "A row is never joined by itself where a number of the same kind differs.",
    Bar.LOOK_ALIKE: "A name has letters of two alphabets that may look alike: it is never joined by itself.",
    Bar.TWINS: "Twins are never joined by themselves: another given name, perhaps, at one home and one birth date.",
    Bar.GIVEN_NAME: "Another given name is never joined by itself, nor a missing one.",
    Bar.VARIANT: "A short, later or former given name is joined by itself only where a number agrees.",
    Bar.BIRTH: "Names are never joined by themselves without the birth date.",
    Bar.NAMES_AND_BIRTH_ALONE:
        "Names and birth date alone are never joined by themselves: no postcode, number or carer agrees.",
    Bar.TOO_LITTLE: "Too little agrees for it to be joined by itself.",
}  # fmt: skip


def explained(judged: Judged) -> list[str]:
    """A sentence for each fact with its weight in bits, the sum, and each rule that keeps the two from joining."""
    facts = [f"{sentence} {weight:+.1f}" for sentence, weight in _facts(judged)]
    return [*facts, f"{IN_ALL}{judged.score:+.1f}", *(BARS[bar] for bar in judged.why_not)]


def weight_said(reasons: Sequence[str]) -> float | None:
    """The sum, read again from the sentences that were kept; None where they hold none."""
    said = next((one.removeprefix(IN_ALL) for one in reasons if one.startswith(IN_ALL)), None)
    return None if said is None else float(said)


def by_fact(judged: Judged) -> dict[Fact, tuple[str, bool]]:
    """What is said of each fact that was compared, and whether it agrees."""
    said = {one.fact: (_of_one(one), one.agrees) for one in judged.comparison.agreements}
    return said | ({Fact.CARER: (AROUND[Kin.SAME], True)} if Third.CARER in judged.rests_on else {})


def _facts(judged: Judged) -> Iterator[tuple[str, float]]:
    for agreement in judged.comparison.agreements:
        yield _of_one(agreement), agreement.weight
    if judged.comparison.crossed:
        yield "The names are in the other order.", -weights.LESS_FOR_ORDER
    if agreeing := _which(judged.numbers, Number.AGREES):
        yield f"The same {agreeing}.", NUMBER_AGREES
    if differing := _which(judged.numbers, Number.DIFFERS):
        yield f"Another {differing}.", NUMBER_DIFFERS
    if Third.CARER in judged.rests_on:
        yield AROUND[Kin.SAME], CARER_AGREES


def _of_one(agreement: Agreement) -> str:
    """What a search would say of this fact; the gender too, which a list of results shows anyway."""
    if isinstance(agreement.how, Sex):
        return GENDERS[agreement.how]
    return " ".join(reasons(Comparison(agreement.weight, (agreement,))))


def _which(numbers: Numbers, how: Number) -> str:
    return listed([CALLED[NumberKind(kind)] for kind, found in numbers._asdict().items() if found is how])
