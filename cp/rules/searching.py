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
