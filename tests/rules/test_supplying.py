"""How often an organisation supplies: when the next file is due, which came in time, what may be set."""

from datetime import date

import pytest

from cp.rules.supplying import (
    JOIN_BETWEEN,
    LOOK_BETWEEN,
    came_in_time,
    due_after,
    how_often,
    may_be_set,
    overdue,
)
from cp.terms import Frequency, OrganisationKind

DAILY, WEEKLY, MONTHLY, TERMLY = Frequency


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        (OrganisationKind.PRIMARY_SCHOOL, None, DAILY),
        (OrganisationKind.COLLEGE, None, DAILY),
        (OrganisationKind.COUNCIL_SERVICE, None, DAILY),
        (OrganisationKind.INDEPENDENT_SCHOOL, None, TERMLY),
        (OrganisationKind.GP_PRACTICE, None, MONTHLY),
        (OrganisationKind.INDEPENDENT_SCHOOL, DAILY, DAILY),
        (OrganisationKind.PRIMARY_SCHOOL, WEEKLY, WEEKLY),
    ],
)
def test_how_often_follows_from_the_kind_unless_it_was_said(
    kind: OrganisationKind, said: Frequency | None, expected: Frequency
) -> None:
    assert how_often(kind, said) is expected


@pytest.mark.parametrize(
    ("last", "often", "expected"),
    [
        pytest.param(date(2026, 11, 26), DAILY, date(2026, 11, 27), id="the next day"),
        pytest.param(date(2026, 11, 27), DAILY, date(2026, 11, 30), id="not at a weekend"),
        pytest.param(date(2026, 11, 28), DAILY, date(2026, 11, 30), id="after midnight on a Friday"),
        pytest.param(date(2026, 11, 27), WEEKLY, date(2026, 12, 4), id="a week on"),
        pytest.param(date(2026, 11, 27), MONTHLY, date(2026, 12, 27), id="a month on"),
        pytest.param(date(2027, 1, 31), MONTHLY, date(2027, 3, 1), id="a month without that day"),
        pytest.param(date(2026, 9, 1), TERMLY, date(2027, 1, 31), id="the first day of the autumn term"),
        pytest.param(date(2026, 12, 31), TERMLY, date(2027, 1, 31), id="the last day before the spring term"),
        pytest.param(date(2027, 1, 1), TERMLY, date(2027, 4, 30), id="the first day of the spring term"),
        pytest.param(date(2027, 3, 31), TERMLY, date(2027, 4, 30), id="the last day before the summer term"),
        pytest.param(date(2027, 4, 1), TERMLY, date(2027, 9, 30), id="the first day of the summer term"),
        pytest.param(date(2027, 8, 31), TERMLY, date(2027, 9, 30), id="the last day before the autumn term"),
    ],
)
def test_the_next_file_is_due_by_what_the_last_one_and_the_frequency_say(
    last: date, often: Frequency, expected: date
) -> None:
    assert due_after(last, often) == expected


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [(None, False), (date(2026, 11, 29), True), (date(2026, 11, 30), False), (date(2026, 12, 1), False)],
)
def test_a_file_is_overdue_from_the_day_after_the_last_good_one(due_on: date | None, expected: bool) -> None:
    assert overdue(due_on, date(2026, 11, 30)) is expected


WEEKS = [date(2026, 11, day) for day in (2, 9, 16)]


@pytest.mark.parametrize(
    ("sent_on", "today", "expected"),
    [
        pytest.param([], date(2026, 11, 30), [], id="never"),
        pytest.param(WEEKS[:1], date(2026, 11, 8), [], id="nothing due yet"),
        pytest.param(WEEKS[:1], date(2026, 11, 9), [], id="due today, and not come"),
        pytest.param(WEEKS[:1], date(2026, 11, 10), [False], id="overdue"),
        pytest.param(WEEKS, date(2026, 11, 16), [True, True], id="by the day"),
        pytest.param(WEEKS, date(2026, 11, 30), [True, True, False], id="and then no more"),
        pytest.param([*WEEKS, *WEEKS], date(2026, 11, 16), [True, True], id="two on one day"),
        pytest.param([date(2026, 11, 2), date(2026, 11, 10)], date(2026, 11, 16), [False], id="a day late"),
        pytest.param(
            [date(2026, 11, 2), date(2026, 11, 10), date(2026, 11, 18)], date(2026, 11, 20), [False, False],
            id="always a day late",
        ),
        pytest.param([date(2026, 11, 2), date(2026, 11, 4)], date(2026, 11, 11), [True], id="early"),
        pytest.param(WEEKS[:1], date(2026, 11, 24), [False, False, False], id="each week that nothing came"),
    ],
)  # fmt: skip
def test_files_came_in_time_or_not(sent_on: list[date], today: date, expected: list[bool]) -> None:
    assert came_in_time(sent_on, WEEKLY, today) == expected


@pytest.mark.parametrize(
    ("at", "between", "expected"),
    [
        (25, JOIN_BETWEEN, False), (26, JOIN_BETWEEN, True), (60, JOIN_BETWEEN, True), (61, JOIN_BETWEEN, False),
        (9, LOOK_BETWEEN, False), (10, LOOK_BETWEEN, True), (14, LOOK_BETWEEN, True), (15, LOOK_BETWEEN, False),
        (None, JOIN_BETWEEN, False),
    ],
)  # fmt: skip
def test_a_threshold_keeps_to_what_is_safe(at: int | None, between: tuple[int, int], expected: bool) -> None:
    assert may_be_set(at, between) is expected
