"""What a log of contacts says of an organisation, and what becomes of a day when an entry is taken back."""

from datetime import date

import pytest

from cp.rules.contacting import Entry, Said, log_says, made_problem, next_problem, said_after
from cp.terms import ContactOutcome

FIRST, SECOND, THIRD = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param([], Said(), id="an empty log"),
        *[pytest.param([Entry(FIRST, outcome)], Said(), id=f"{outcome} reached nobody") for outcome in (
            ContactOutcome.NO_ANSWER, ContactOutcome.MESSAGE_LEFT, ContactOutcome.WRONG_PERSON)],
        *[pytest.param([Entry(FIRST, outcome)], Said(FIRST), id=f"{outcome} is a contact") for outcome in (
            ContactOutcome.SENT, ContactOutcome.WILL_ANSWER, ContactOutcome.ASKED_US, ContactOutcome.MORE_TIME,
            ContactOutcome.WILL_NOT)],
        pytest.param([Entry(SECOND, ContactOutcome.DUTY_EXPLAINED), Entry(FIRST, ContactOutcome.SENT)],
                     Said(FIRST, SECOND), id="the first day of each"),
        pytest.param([Entry(SECOND, ContactOutcome.DUTY_EXPLAINED), Entry(FIRST, ContactOutcome.DUTY_EXPLAINED)],
                     Said(FIRST, FIRST), id="explained twice"),
        pytest.param([Entry(FIRST, ContactOutcome.NO_ANSWER, THIRD), Entry(FIRST, ContactOutcome.NO_ANSWER, SECOND)],
                     Said(next_on=SECOND), id="the earliest open step, of whatever came of it"),
    ],
)  # fmt: skip
def test_the_log_says_since_when_and_what_is_next(entries: list[Entry], expected: Said) -> None:
    assert log_says(entries) == expected


@pytest.mark.parametrize(
    ("held", "before", "now", "expected"),
    [
        (None, None, FIRST, FIRST),
        (FIRST, FIRST, None, None),
        (FIRST, FIRST, SECOND, SECOND),
        (FIRST, SECOND, None, FIRST),
        (SECOND, None, FIRST, FIRST),
        (SECOND, None, THIRD, SECOND),
        (SECOND, None, None, SECOND),
        (None, FIRST, FIRST, FIRST),
    ],
)
def test_a_day_goes_with_the_entry_that_gave_it_and_stays_where_it_stands_from_elsewhere(
    held: date | None, before: date | None, now: date | None, expected: date | None
) -> None:
    contacted = said_after(Said(held), Said(before), Said(now))
    explained = said_after(Said(None, held), Said(None, before), Said(None, now))

    assert (contacted.contacted_on, explained.duty_explained_on) == (expected, expected)


def test_the_open_step_is_the_logs_alone() -> None:
    assert said_after(Said(next_on=FIRST), Said(), Said()).next_on is None


@pytest.mark.parametrize(
    ("day", "made", "planned"),
    [
        (date(2024, 11, 22), "old", "past"),
        (date(2024, 11, 23), None, "past"),
        (date(2026, 11, 22), None, "past"),
        (TODAY, None, None),
        (date(2026, 11, 24), "future", None),
        (date(2027, 11, 23), "future", None),
        (date(2027, 11, 24), "future", "far"),
    ],
)
def test_a_slip_of_the_day_is_found(day: date, made: str | None, planned: str | None) -> None:
    assert (made_problem(day, TODAY), next_problem(day, TODAY)) == (made, planned)
