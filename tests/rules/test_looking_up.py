"""How many records somebody may open, and how often they may search."""

from datetime import UTC, datetime, timedelta

import pytest

from cp.rules.looking_up import (
    HARD_BETWEEN,
    SEARCHED_WITHIN,
    SEARCHES,
    SOFT_BETWEEN,
    Verdict,
    again_at,
    limit_problem,
    look_up,
    sets_limits,
)
from cp.terms import BodyKind

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on_own_list", "others_in_7_days", "records_in_24_hours", "urgent", "expected"),
    [
        (False, 39, 50, False, "go"),
        (False, 40, 50, False, "say_more"),
        (True, 40, 50, False, "go"),
        (False, 0, 199, False, "go"),
        (False, 0, 200, False, "stop"),
        (True, 0, 200, False, "stop"),
        (False, 40, 200, False, "stop"),
        (False, 40, 200, True, "go_and_review"),
        (True, 0, 0, True, "go_and_review"),
        (False, 41, 0, False, "say_more"),
        (True, 0, 201, False, "stop"),
    ],
)
def test_how_many_records_may_be_opened(
    on_own_list: bool, others_in_7_days: int, records_in_24_hours: int, urgent: bool, expected: str
) -> None:
    assert look_up(on_own_list, others_in_7_days, records_in_24_hours, urgent) == expected


@pytest.mark.parametrize(
    ("others", "records", "limits", "expected"),
    [
        (9, 9, {"soft": 10}, Verdict.GO),
        (10, 10, {"soft": 10}, Verdict.SAY_MORE),
        (0, 20, {"hard": 20}, Verdict.STOP),
        (0, 249, {"allowed_besides": 50}, Verdict.GO),
        (0, 250, {"allowed_besides": 50}, Verdict.STOP),
        (40, 210, {"allowed_besides": 50}, Verdict.SAY_MORE),
        (0, 69, {"hard": 20, "allowed_besides": 50}, Verdict.GO),
        (0, 70, {"hard": 20, "allowed_besides": 50}, Verdict.STOP),
    ],
)
def test_an_authority_sets_its_limits_and_a_manager_adds_to_the_days(
    others: int, records: int, limits: dict[str, int], expected: Verdict
) -> None:
    assert look_up(False, others, records, urgent=False, **limits) is expected


@pytest.mark.parametrize(
    ("limit", "between", "expected"),
    [
        (None, SOFT_BETWEEN, "not_a_number"),
        (4, SOFT_BETWEEN, "out_of_bounds"),
        (5, SOFT_BETWEEN, None),
        (200, SOFT_BETWEEN, None),
        (201, SOFT_BETWEEN, "out_of_bounds"),
        (19, HARD_BETWEEN, "out_of_bounds"),
        (500, HARD_BETWEEN, None),
        (501, HARD_BETWEEN, "out_of_bounds"),
    ],
)
def test_a_limit_is_neither_switched_off_nor_stops_all_work(
    limit: int | None, between: tuple[int, int], expected: str | None
) -> None:
    assert limit_problem(limit, between) == expected


@pytest.mark.parametrize("body_kind", BodyKind)
def test_the_limits_are_the_authoritys(body_kind: BodyKind) -> None:
    assert sets_limits(body_kind) is (body_kind is BodyKind.AUTHORITY)


@pytest.mark.parametrize(
    ("minutes_ago", "expected"),
    [
        ([], None),
        (range(59), None),
        (range(60), NOON + timedelta(minutes=1)),
        ([0] * 60, NOON + timedelta(hours=1)),
        ([0] * 59 + [30], NOON + timedelta(minutes=30)),
        ([*[0] * 59, 30, 59], NOON + timedelta(minutes=30)),
        ([*[0] * 59, 29.5], NOON + timedelta(minutes=31)),
    ],
)
def test_sixty_searches_an_hour(minutes_ago: list[float], expected: datetime | None) -> None:
    newest = [NOON - timedelta(minutes=minutes) for minutes in minutes_ago]

    assert again_at(newest, SEARCHES, SEARCHED_WITHIN) == expected
