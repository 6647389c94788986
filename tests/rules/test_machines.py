"""Until when the credential of another system works, and how long it may be made to."""

from datetime import date

import pytest

from cp.rules.machines import credential_end_problem, credential_opens

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ends_on", "revoked", "expected"),
    [
        pytest.param(date(2027, 11, 23), False, True, id="a year left"),
        pytest.param(date(2026, 11, 24), False, True, id="its last day"),
        pytest.param(date(2026, 11, 23), False, False, id="ended today"),
        pytest.param(date(2026, 1, 1), False, False, id="ended long ago"),
        pytest.param(date(2027, 11, 23), True, False, id="revoked"),
        pytest.param(date(2026, 11, 23), True, False, id="revoked and ended"),
    ],
)
def test_a_credential_works_until_its_end_or_until_it_is_revoked(ends_on: date, revoked: bool, expected: bool) -> None:
    assert credential_opens(ends_on, revoked, TODAY) is expected


@pytest.mark.parametrize(
    ("today", "ends_on", "expected"),
    [
        (TODAY, date(2026, 11, 22), "past"),
        (TODAY, date(2026, 11, 23), "past"),
        (TODAY, date(2026, 11, 24), None),
        (TODAY, date(2027, 11, 23), None),
        (TODAY, date(2027, 11, 24), "too_long"),
        (date(2028, 2, 29), date(2029, 3, 1), None),
        (date(2028, 2, 29), date(2029, 3, 2), "too_long"),
    ],
)
def test_a_credential_lasts_a_year_at_most(today: date, ends_on: date, expected: str | None) -> None:
    assert credential_end_problem(ends_on, today) == expected
