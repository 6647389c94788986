"""How far back something is kept, and when a day begins."""

from datetime import date, timedelta

import pytest

from cp.rules.days import day_begins, london_day
from cp.rules.retention import kept_since, kept_until
from cp.terms import KeptKind

LATEST = date(2029, 3, 5)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2024-06-01", "2017-06-02"),
        ("2024-02-28", "2017-03-01"),
        ("2024-02-29", "2017-03-01"),
        ("2023-02-28", "2016-02-29"),
        ("2023-03-01", "2016-03-02"),
    ],
)
def test_of_the_audit_seven_years_are_kept(today: str, expected: str) -> None:
    assert kept_since(KeptKind.AUDIT, date.fromisoformat(today)) == date.fromisoformat(expected)


@pytest.mark.parametrize("kind", [kind for kind in KeptKind if kind is not KeptKind.DRAFT])
def test_the_first_day_that_is_kept_is_the_one_after_the_last_whose_time_has_come(kind: KeptKind) -> None:
    for days in range(5 * 366):
        today = LATEST - timedelta(days=days)
        first = kept_since(kind, today)

        assert kept_until(kind, first - timedelta(days=1)) <= today < kept_until(kind, first)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", "2026-11-23T00:00:00+00:00"),
        ("2026-03-29", "2026-03-29T00:00:00+00:00"),
        ("2026-03-30", "2026-03-29T23:00:00+00:00"),
        ("2026-10-25", "2026-10-24T23:00:00+00:00"),
        ("2026-10-26", "2026-10-26T00:00:00+00:00"),
    ],
)
def test_a_day_begins_at_londons_midnight(day: str, expected: str) -> None:
    begun = day_begins(date.fromisoformat(day))

    assert begun.isoformat() == expected
    assert london_day(begun) == london_day(begun - timedelta(microseconds=1)) + timedelta(days=1)
