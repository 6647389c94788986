"""What a record may hold, who may be on it, and how its facts are worded."""

from datetime import date
from typing import Literal

from cp.rules.days import age_on
from cp.rules.typed import plain
from cp.terms import BodyKind, Gender, NumberKind

ADULT_AT = 18
MAY_HOLD = frozenset(
    {
        "number", "given_names", "family_name", "former_name", "preferred_name", "also_known_as",
        "date_of_birth", "date_of_death", "gender", "responsible_authority",
        "current_address", "last_known_address", "no_known_address", "left_area",
        "carer_name", "carer_relationship", "carer_contact", "best_time_to_call",
        "school", "gp_practice", "involvement", "practitioner_contact", "lead_professional",
        "assessment_exists", "assessment_holder", "assessment_since",
        "outside_number", "source", "confirmed_on", "shield",
    }
)  # fmt: skip
ISSUED_BY: dict[str, BodyKind] = {NumberKind.UPN: BodyKind.EDUCATION, NumberKind.NHS: BodyKind.HEALTH}

AddressProblem = Literal["two_states", "two_last_known", "missing"]

_GENDER_WORDS = {
    Gender.FEMALE: frozenset({"f", "female", "girl", "woman"}),
    Gender.MALE: frozenset({"m", "male", "boy", "man"}),
}
_GENDER_SAID = {Gender.FEMALE: ("Girl", "Young woman"), Gender.MALE: ("Boy", "Young man")}


def may_hold(item: str) -> bool:
    """A closed list: who the child is, who looks after them, who works with them, how to reach those people.

    Of a common assessment: that it exists, who holds it, since when; never what it says.

    Sch. 1. Policy: design, section 1; what is not listed may not be held.
    """
    return item in MAY_HOLD


def address_problem(current: int, last_known: int, none_known: bool, left_area: bool) -> AddressProblem | None:
    """One of four states: current addresses (several allowed), a last known one, none known, left the area.

    Silence is not a state.

    Sch. 1 para 2; several current addresses since 2010.
    """
    states = sum((current > 0, last_known > 0, none_known, left_area))
    if states > 1:
        return "two_states"
    if last_known > 1:
        return "two_last_known"
    return None if states else "missing"


def carer_may_be_held(responsibility: bool, care: bool, born: date, today: date) -> bool:
    """Under 18: everyone with parental responsibility or care, however many. From 18: those with care only.

    Sch. 1 para 6.
    """
    return care or (responsibility and age_on(born, today) < ADULT_AT)


def outside_number_shown(number_kind: str, body_kind: str | None, management_team: bool, shielded: bool | None) -> bool:
    """Another body's number is read only by users of the issuing kind of body, and by the management team.

    A shield hides it from the former. Neither an override nor being able to supply it shows it.

    Reg. 6(3)(c) and 6(4); Sch. 1 para 18.
    """
    issuer = ISSUED_BY.get(number_kind)
    return issuer is not None and (management_team or (issuer == body_kind and shielded is False))


def gender_of(word: str | None) -> Gender:
    """A value, or the statement that none is specified; never empty, never guessed from a given name.

    Sch. 1 para 3. Policy: the words accepted; the supplier's own word is kept in its source record.
    """
    said = plain(word).casefold()
    return next((gender for gender, words in _GENDER_WORDS.items() if said in words), Gender.NOT_SPECIFIED)


def gender_said(gender: Gender, born: date, today: date) -> str:
    """Girl, Boy, from 18 Young woman, Young man; or the statement that none is specified.

    Sch. 1 para 3. Policy: the words of pages 5.
    """
    if gender is Gender.NOT_SPECIFIED:
        return "Gender not specified"
    return _GENDER_SAID[gender][age_on(born, today) >= ADULT_AT]
