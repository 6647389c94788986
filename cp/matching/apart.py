"""What keeps a supplied row from joining a record by itself, however much it weighs. Each bar is one small rule.

Their source is the supply issue: what a weight can never outweigh is decided here, and somebody looks.
"""

from collections.abc import Hashable, Mapping
from enum import Enum
from typing import NamedTuple

from cp.matching.births import Born
from cp.matching.compare import Comparison, Fact
from cp.matching.facts import Facts
from cp.matching.sameness import Given, given_names, look_alike
from cp.matching.weights import Place
from cp.terms import NumberKind


class Number(Enum):
    """How another body's number agrees."""

    AGREES = "agrees"
    DIFFERS = "differs"
    MISSING = "missing"


class Numbers(NamedTuple):
    """How each kind of number agrees."""

    upn: Number = Number.MISSING
    nhs: Number = Number.MISSING


NONE_KNOWN = Numbers()

Known = Mapping[NumberKind, frozenset[Hashable]]
"""By kind the number in its normal form, or the keys that stand for it: one that both have is enough."""
_NONE: frozenset[Hashable] = frozenset()


class Third(Enum):
    """Facts that speak for a child besides its names and birth date, and do not follow from them."""

    POSTCODE = "postcode"
    NUMBER = "number"
    CARER = "carer"


class Bar(Enum):
    """Why a row does not join by itself."""

    TOLD_APART = "told_apart"
    OTHER_NUMBER = "other_number"
    LOOK_ALIKE = "look_alike"
    TWINS = "twins"
    GIVEN_NAME = "given_name"
    VARIANT = "variant"
    BIRTH = "birth"
    NAMES_AND_BIRTH_ALONE = "names_and_birth_alone"
    TOO_LITTLE = "too_little"


class Pair(NamedTuple):
    """A row and a record, and all that their rules ask of the two."""

    row: Facts
    record: Facts
    found: Comparison
    numbers: Numbers = NONE_KNOWN
    same_carer: bool = False

    @property
    def given(self) -> Given:
        return given_names(self.row, self.record, crossed=self.found.crossed)


HOME_KNOWN_TO_BE_OTHER = frozenset({Place.OTHER, Place.SAME_OUTWARD})
ANOTHER_BIRTH = frozenset({Born.OTHER, Born.SAME_YEAR})
ONLY_AN_AGE = frozenset({Born.AGE, Born.YEAR, Born.AGE_YOUNGER, Born.AGE_OLDER})


def compare_numbers(mine: Known, theirs: Known) -> Numbers:
    """How two children's numbers agree; a kind that one lacks is missing."""
    return Numbers(
        *(_number(mine.get(kind, _NONE), theirs.get(kind, _NONE)) for kind in (NumberKind.UPN, NumberKind.NHS))
    )


def _number(mine: frozenset[Hashable], theirs: frozenset[Hashable]) -> Number:
    if not mine or not theirs:
        return Number.MISSING
    return Number.DIFFERS if mine.isdisjoint(theirs) else Number.AGREES


def same_carer(mine: frozenset[Hashable], theirs: frozenset[Hashable]) -> bool:
    """Whether two children have a carer of one whole name: of each carer what `family.carer_rows` makes of the name,
    or keys that stand for it. Somebody with one name alone is nobody's sign."""
    return not mine.isdisjoint(theirs)


def rests_on(pair: Pair) -> frozenset[Third]:
    """The third facts that agree. Half a postcode is none: thousands share it."""
    place = pair.found.of(Fact.PLACE)
    thirds = {
        Third.POSTCODE: bool(place and place.how is Place.POSTCODE),
        Third.NUMBER: Number.AGREES in pair.numbers,
        Third.CARER: pair.same_carer,
    }
    return frozenset(third for third, agrees in thirds.items() if agrees)


def other_number(pair: Pair) -> bool:
    """A different number of the same kind: two children, or a wrong number, and no machine knows which.

    Policy: the supply issue.
    """
    return Number.DIFFERS in pair.numbers


def like_twins(pair: Pair) -> bool:
    """One birth date and one home with a given name that is not surely the same: never joined, whatever agrees.

    Near letters are another name (Amina, Amira), a day or a digit between their births no proof (twins of two days,
    sisters of two years), an unknown address counts as the same, and one carer as one home. A family name is not
    asked: brother and sister may be Singh and Kaur, Kowalski and Kowalska. A number does not outweigh it: a number
    on the wrong line is most often a twin's. Policy: the supply issue; rules R56; near and missing names: proposed.
    """
    born, place = pair.found.of(Fact.BORN), pair.found.of(Fact.PLACE)
    one_birth = not born or born.how not in ANOTHER_BIRTH
    one_home = pair.same_carer or not place or place.how not in HOME_KNOWN_TO_BE_OTHER
    return pair.given >= Given.NEAR and one_birth and one_home


def another_given_name(pair: Pair) -> bool:
    """Another given name, or none to compare: a brother or sister until somebody says otherwise.

    Policy: the supply issue; wherever they live: proposed.
    """
    return pair.given >= Given.OTHER


def other_form(pair: Pair) -> bool:
    """A short, later or former given name is enough only with a number: twins may be Emily and Millie.

    Policy: the supply issue; proposed.
    """
    return pair.given is Given.VARIANT and Number.AGREES not in pair.numbers


def another_birth(pair: Pair) -> bool:
    """Another birth date, none, or only an age: cousins, and a father and son, share names and a home.

    Policy: the supply issue; proposed.
    """
    born = pair.found.of(Fact.BORN)
    return not born or born.how in ANOTHER_BIRTH or born.how in ONLY_AN_AGE


def names_and_birth_alone(pair: Pair) -> bool:
    """Names and birth date without a third, independent fact: a postcode, a number or a carer.

    Policy: the supply issue; domain 8, BUILD 1 (common names, two children of one name and birthday).
    """
    return not rests_on(pair)


RULES = {
    Bar.OTHER_NUMBER: other_number,
    Bar.TWINS: like_twins,
    Bar.GIVEN_NAME: another_given_name,
    Bar.VARIANT: other_form,
    Bar.BIRTH: another_birth,
    Bar.NAMES_AND_BIRTH_ALONE: names_and_birth_alone,
}


def bars(pair: Pair) -> tuple[Bar, ...]:
    """Every rule that keeps the row from joining, in a lasting order; letters that look alike first.

    Look-alikes: security, threat 14.
    """
    barred = [Bar.LOOK_ALIKE] if look_alike(pair.row, pair.record, pair.found) else []
    return (*barred, *(bar for bar, rule in RULES.items() if rule(pair)))
