"""What somebody says has changed: by when it is looked at, and which days of death may be right."""

from datetime import date

import pytest

from cp.rules.changing import change_due_on, death_problem
from cp.terms import ChangeKind

FRIDAY = date(2026, 11, 20)
BORN, TODAY = date(2016, 3, 14), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ChangeKind.DIED, date(2026, 11, 23)),
        (ChangeKind.MOVED_AWAY, date(2026, 11, 27)),
        (ChangeKind.LEFT_SCHOOL, date(2026, 11, 27)),
        (ChangeKind.NUMBER_FAILED, date(2026, 11, 27)),
    ],
)
def test_by_when_a_change_is_looked_at(kind: ChangeKind, expected: date) -> None:
    assert change_due_on(kind, FRIDAY) == expected


@pytest.mark.parametrize(
    ("died_on", "expected"),
    [
        pytest.param(TODAY, None, id="today"),
        pytest.param(BORN, None, id="on the day of birth"),
        pytest.param(date(2016, 3, 13), "before_birth", id="the day before the birth"),
        pytest.param(date(2026, 11, 24), "future", id="tomorrow"),
    ],
)
def test_on_which_day_a_child_may_have_died(died_on: date, expected: str | None) -> None:
    assert death_problem(died_on, BORN, TODAY) == expected
