"""The day on which somebody completed their training."""

from datetime import date

import pytest

from cp.rules.training import training_problem

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("completed_on", "recorded_on", "expected"),
    [
        pytest.param(date(2026, 11, 23), None, None, id="today"),
        pytest.param(date(2026, 11, 24), None, "in_future", id="tomorrow"),
        pytest.param(date(2024, 11, 24), None, None, id="the oldest that counts"),
        pytest.param(date(2024, 11, 23), None, "too_old", id="24 months ago"),
        pytest.param(date(1926, 11, 23), None, "too_old", id="a century ago"),
        pytest.param(date(2026, 4, 18), date(2026, 4, 18), None, id="the same again"),
        pytest.param(date(2026, 4, 17), date(2026, 4, 18), "earlier", id="earlier than recorded"),
        pytest.param(date(2026, 4, 19), date(2026, 4, 18), None, id="later than recorded"),
    ],
)
def test_training_counts_for_24_months(completed_on: date, recorded_on: date | None, expected: str | None) -> None:
    assert training_problem(completed_on, recorded_on, TODAY) == expected
