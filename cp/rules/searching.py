"""Looking for a child: why, how little is too little, and what a result may show."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cp.rules.days import age_on
from cp.rules.typed import plain
from cp.terms import Gender, Outcome, Reason

MOST_ROWS = 10
WILDCARDS = frozenset("*?%_")

Route = Literal["search", "my_involvements", "link"]
SearchProblem = Literal[
    "nothing", "wildcard", "add_a_name", "add_other_name_or_birth_date", "add_birth_date_age_or_postcode"
]
FamilySearchProblem = Literal[
    "nothing", "wildcard", "add_other_carer_name", "add_of_the_child", "add_street", "add_postcode", "add_to_street"
]


@dataclass(frozen=True, slots=True)
class Family:
    """What is asked of those around a child, as it was typed."""

    carer_given: str = ""
    carer_family: str = ""
    house: str = ""
    street: str = ""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What tells two children apart, beside the name."""

    age: int
    gender: Gender
    outward: str | None


def reason_for_opening(route: Route, carried: str | None, given: str | None) -> Reason | Literal["ask"]:
    """A search's reason carries over to the records opened from it; from My involvements the involvement is the
    reason. Any other way asks. Never chosen beforehand, never free text.

    Policy: design, section 9; the law's own wording was not found.
    """
    standing = {"search": carried, "my_involvements": Reason.WORKING_WITH.value}.get(route)
    return next((reason for said in (given, standing) for reason in Reason if reason == said), "ask")


def search_problem(
    number: bool,
    given_name: str | None,
    family_name: str | None,
    birth_date: Literal["whole", "year"] | None,
    age: int | None,
    postcode: Literal["whole", "first_half"] | None,
) -> SearchProblem | None:
    """What to add. Enough is: our number; a whole date of birth with a name; both names with an age, or with a
    postcode or its first half. No wildcards. Gender never counts, nor another body's number.

    Policy: contract, the least a search may ask.
    """
    given, family = _is_name(given_name), _is_name(family_name)
    if WILDCARDS & set((given_name or "") + (family_name or "")):
        return "wildcard"
    if number:
        return None
    if not (given or family):
        return "nothing" if (birth_date, age, postcode) == (None, None, None) else "add_a_name"
    if birth_date == "whole":
        return None
    if not (given and family):
        return "add_other_name_or_birth_date"
    return None if age is not None or postcode is not None else "add_birth_date_age_or_postcode"


def family_search_problem(
    family: Family,
    given_name: str | None,
    family_name: str | None,
    birth_date: Literal["whole", "year"] | None,
    age: int | None,
    postcode: Literal["whole", "first_half"] | None,
) -> FamilySearchProblem | None:
    """What to add. Enough is: both names of a carer with a postcode or its first half, or with the child's given name,
    whole date of birth or age; or a street with a postcode or its first half, and a house, the carer's family name or
    a name of the child. No wildcards.

    Policy: issue 5, "find a carer, arrive at the child"; contract, the least a search may ask; this least is proposed.
    """
    typed = (family.carer_given, family.carer_family, family.house, family.street, given_name, family_name)
    if WILDCARDS & set("".join(text or "" for text in typed)):
        return "wildcard"
    carer = [_is_name(family.carer_given), _is_name(family.carer_family)]
    child = [_is_name(given_name), _is_name(family_name)]
    if all(carer) and (postcode or child[0] or birth_date == "whole" or age is not None):
        return None
    if _is_name(family.street):
        return _of_street(any((_is_house(family.house), carer[1], *child)), postcode is not None)
    if all(carer):
        return "add_of_the_child"
    if any(carer):
        return "add_other_carer_name"
    return "add_street" if _is_house(family.house) else "nothing"


def _of_street(with_more: bool, with_postcode: bool) -> FamilySearchProblem | None:
    if not with_postcode:
        return "add_postcode"
    return None if with_more else "add_to_street"


def results_shown(matches: int) -> Outcome:
    """Up to ten rows. Above that no name, no count, no next page. None reads the same for not held and hidden.

    Policy: design, section 5.
    """
    if matches == 0:
        return Outcome.NONE
    return Outcome.ROWS if matches <= MOST_ROWS else Outcome.TOO_MANY


def result_row(born: date, gender: Gender, outward: str | None, shielded: bool, today: date) -> ResultRow:
    """Age in whole years, gender, first half of the postcode. A shielded child's row is the row of a child with no
    known address, so that it cannot be told from one.

    Policy: design, section 9.
    """
    return ResultRow(age_on(born, today), gender, None if shielded else outward)


def _is_name(text: str | None) -> bool:
    """A name has a letter in it; one is enough, for there are families called O."""
    return any(map(str.isalpha, plain(text)))


def _is_house(text: str | None) -> bool:
    return any(map(str.isalnum, plain(text)))
