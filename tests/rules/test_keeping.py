"""How long what is kept for a purpose of its own is kept."""

from datetime import date

import pytest

from cp.rules.keeping import criteria_kept_until


@pytest.mark.parametrize(
    ("searched_on", "gone_on"),
    [
        pytest.param(date(2026, 11, 23), date(2027, 11, 23), id="a year"),
        pytest.param(date(2024, 2, 29), date(2025, 3, 1), id="where there is no such day"),
        pytest.param(date(2027, 2, 28), date(2028, 2, 28), id="into a leap year"),
    ],
)
def test_what_was_searched_for_is_gone_after_twelve_months(searched_on: date, gone_on: date) -> None:
    assert criteria_kept_until(searched_on) == gone_on
