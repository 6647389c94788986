"""Who works with a child."""

from datetime import date

import pytest

from cp.rules.involvement import (
    confirm_by,
    confirming,
    involvement_problem,
    involvement_shown,
    lead_after,
    service_class,
)

BORN, TODAY = date(2016, 3, 14), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("for_everyone_of_age", "subject", "expected"),
    [
        pytest.param(True, None, "universal", id="for everyone of an age"),
        pytest.param(False, None, "additional", id="not for everyone"),
        pytest.param(False, "mental_health", "sensitive", id="sensitive subject"),
        pytest.param(True, "sexual_health", "sensitive", id="for everyone but sensitive"),
        pytest.param(None, None, "additional", id="not known"),
        pytest.param(None, "substance_misuse", "sensitive", id="not known but sensitive"),
    ],
)
def test_the_register_decides_the_class_of_a_service(
    for_everyone_of_age: bool | None, subject: str | None, expected: str
) -> None:
    assert service_class(for_everyone_of_age, subject) == expected


@pytest.mark.parametrize(
    ("started_on", "ended_on", "expected"),
    [
        pytest.param("2026-11-23", None, None, id="starts today"),
        pytest.param("2026-11-24", None, "start_in_future", id="starts tomorrow"),
        pytest.param("2016-03-14", None, None, id="starts at birth"),
        pytest.param("2016-03-13", None, "before_birth", id="starts before birth"),
        pytest.param("2026-09-03", "2026-09-03", "ends_before_start", id="ends as it starts"),
        pytest.param("2026-09-03", "2026-09-02", "ends_before_start", id="ends before it starts"),
        pytest.param("2026-09-03", "2026-09-04", None, id="lasts a day"),
        pytest.param("2026-09-03", "2026-11-23", None, id="ends today"),
        pytest.param("2026-09-03", "2026-11-24", "end_in_future", id="ends tomorrow"),
        pytest.param("2026-11-24", "2026-11-25", "start_in_future", id="the start is told first"),
        pytest.param(None, None, "no_start", id="no start"),
        pytest.param(None, "2026-11-23", "no_start", id="only an end"),
    ],
)
def test_an_involvement_starts_and_ends_within_life_and_by_today(
    started_on: str | None, ended_on: str | None, expected: str | None
) -> None:
    assert involvement_problem(_day(started_on), _day(ended_on), BORN, TODAY) == expected


@pytest.mark.parametrize(
    ("ended_on", "sensitive", "in_error", "today", "expected"),
    [
        pytest.param(None, False, False, "2026-11-23", "current", id="not ended"),
        pytest.param("2026-11-23", False, False, "2026-11-22", "current", id="the last day"),
        pytest.param("2026-11-23", False, False, "2026-11-23", "ended", id="the day it ends"),
        pytest.param("2025-11-24", False, False, "2026-11-23", "ended", id="a day under twelve months"),
        pytest.param("2025-11-23", False, False, "2026-11-23", "hidden", id="twelve months"),
        pytest.param("2024-02-29", False, False, "2025-02-28", "ended", id="ended on 29 February, the last day"),
        pytest.param("2024-02-29", False, False, "2025-03-01", "hidden", id="ended on 29 February, out"),
        pytest.param("2026-11-23", True, False, "2026-11-23", "hidden", id="a sensitive one goes as it ends"),
        pytest.param(None, True, False, "2026-11-23", "current", id="a sensitive one not ended"),
        pytest.param(None, False, True, "2026-11-23", "hidden", id="a mistake goes at once"),
    ],
)
def test_an_ended_involvement_is_shown_for_twelve_months(
    ended_on: str | None, sensitive: bool, in_error: bool, today: str, expected: str
) -> None:
    assert involvement_shown(_day(ended_on), sensitive, in_error, date.fromisoformat(today)) == expected


def test_how_long_an_ended_one_is_shown_is_a_setting() -> None:
    assert involvement_shown(date(2026, 5, 23), sensitive=False, in_error=False, today=TODAY, months=6) == "hidden"
    assert involvement_shown(date(2026, 5, 24), sensitive=False, in_error=False, today=TODAY, months=6) == "ended"


@pytest.mark.parametrize(
    ("lead", "confirmed", "expected"),
    [
        pytest.param(None, None, "sam", id="nobody leads"),
        pytest.param(None, "grace", "sam", id="the one confirmed has gone"),
        pytest.param("grace", None, "grace", id="not confirmed"),
        pytest.param("grace", "grace", "sam", id="confirmed"),
        pytest.param("tomasz", "grace", "tomasz", id="somebody was faster"),
        pytest.param("sam", None, "sam", id="leads already"),
    ],
)
def test_taking_over_the_lead_needs_the_present_lead_confirmed(
    lead: str | None, confirmed: str | None, expected: str
) -> None:
    assert lead_after(lead, "sam", confirmed) == expected


@pytest.mark.parametrize(
    ("last_on", "expected"),
    [
        pytest.param("2025-11-23", "2026-11-23", id="a year"),
        pytest.param("2024-02-29", "2025-03-01", id="from 29 February"),
    ],
)
def test_an_involvement_is_to_be_confirmed_within_a_year(last_on: str, expected: str) -> None:
    assert confirm_by(date.fromisoformat(last_on)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param("2025-11-23", "not_yet", id="just recorded"),
        pytest.param("2026-10-23", "not_yet", id="31 days before"),
        pytest.param("2026-10-24", "due", id="30 days before"),
        pytest.param("2026-11-23", "due", id="the day"),
        pytest.param("2026-12-23", "due", id="30 days after"),
        pytest.param("2026-12-24", "unanswered", id="31 days after"),
        pytest.param("2030-01-01", "unanswered", id="years after, still asked"),
    ],
)
def test_its_holder_is_asked_thirty_days_either_side(today: str, expected: str) -> None:
    assert confirming(date(2025, 11, 23), date.fromisoformat(today)) == expected


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
