"""Reading the archive: who is found, how a request stands, and what is missing for two to read."""

from datetime import UTC, date, datetime

import pytest

from cp.rules.archive import answer_by, archived_name_matches, reading_stands, second_problem


@pytest.mark.parametrize(
    ("given", "family", "expected"),
    [
        ("amirajane", "siddiqui", True),
        ("amira", "siddiqui", True),
        ("jane", "siddiqui", False),
        ("amir", "siddiqui", False),
        ("amira", "", False),
        ("amira", "sidiqi", False),
        ("", "siddiqui", False),
    ],
)
def test_a_name_in_the_archive_is_looked_for_exactly(given: str, family: str, expected: bool) -> None:
    assert archived_name_matches(given, family, ("amirajane", "amira"), "siddiqui") is expected


def test_somebody_with_a_single_name_is_found_by_it_alone() -> None:
    assert archived_name_matches("suharto", "", ("suharto", "suharto"), "")
    assert not archived_name_matches("suharto", "suharto", ("suharto", "suharto"), "")
    assert not archived_name_matches("", "", ("", ""), "")


def instant(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


ASKED = "2026-06-10 09:00"


@pytest.mark.parametrize(
    ("two", "agreed", "answered", "now", "expected"),
    [
        (False, None, None, "2026-06-10 09:00", "found"),
        (False, None, None, "2026-06-10 22:59", "found"),
        (False, None, None, "2026-06-10 23:00", "over"),
        (True, None, None, "2026-06-10 09:00", "waits"),
        (True, None, None, "2026-06-16 22:59", "waits"),
        (True, None, None, "2026-06-16 23:00", "over"),
        (True, False, "2026-06-11 09:00", "2026-06-16 22:59", "declined"),
        (True, False, "2026-06-11 09:00", "2026-06-16 23:00", "over"),
        (True, True, "2026-06-16 22:00", "2026-06-16 22:59", "open"),
        (True, True, "2026-06-16 22:00", "2026-06-16 23:00", "over"),
        (True, True, "2026-06-10 23:00", "2026-06-11 22:59", "open"),
        (True, True, None, "2026-06-10 09:00", "over"),
    ],
)
def test_a_request_holds_for_days_of_london(
    two: bool, agreed: bool | None, answered: str | None, now: str, expected: str
) -> None:
    answered_at = instant(answered) if answered else None
    assert reading_stands(instant(ASKED), two, agreed, answered_at, instant(now)) == expected


def test_a_request_of_the_day_before_spring_time_ends_at_that_nights_midnight() -> None:
    asked = instant("2026-03-28 12:00")
    assert reading_stands(asked, False, None, None, instant("2026-03-28 23:59")) == "found"
    assert reading_stands(asked, False, None, None, instant("2026-03-29 00:00")) == "over"


def test_it_is_answered_within_a_week() -> None:
    assert answer_by(date(2028, 2, 25)) == date(2028, 3, 3)


@pytest.mark.parametrize(
    ("purpose", "second", "expected"),
    [(False, 2, "purpose"), (False, None, "purpose"), (True, None, "second"), (True, 1, "second"), (True, 2, None)],
)
def test_two_read_it_for_a_purpose_of_the_law(purpose: bool, second: int | None, expected: str | None) -> None:
    assert second_problem(purpose, 1, second) == expected
