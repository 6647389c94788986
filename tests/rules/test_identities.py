"""An old identity opens to the two people named for it, together, and for a short time."""

from datetime import UTC, datetime

import pytest

from cp.rules.identities import may_open_old_identity, opened_together, opening_waits

MAX, MAY, RON = 1, 2, 3


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "second", "named", "expected"),
    [
        pytest.param(MAX, MAY, (MAX, MAY), True, id="both together"),
        pytest.param(MAY, MAX, (MAX, MAY), True, id="in either order"),
        pytest.param(MAX, None, (MAX, MAY), False, id="one alone"),
        pytest.param(MAX, MAX, (MAX, MAY), False, id="one twice"),
        pytest.param(MAX, RON, (MAX, MAY), False, id="one and somebody else"),
        pytest.param(RON, 4, (MAX, MAY), False, id="two others"),
        pytest.param(MAX, MAY, (), False, id="nobody named"),
        pytest.param(MAX, MAX, (MAX, MAX), False, id="one named twice"),
        pytest.param(MAX, MAY, (MAX, MAY, RON), False, id="three named"),
    ],
)
def test_two_named_people_open_it_together(
    first: int, second: int | None, named: tuple[int, ...], expected: bool
) -> None:
    assert may_open_old_identity(first, second, named) is expected


@pytest.mark.parametrize(
    ("asked_at", "opened_at", "now", "expected"),
    [
        pytest.param(at(23, 10, 42), None, at(23, 10, 42), True, id="at once"),
        pytest.param(at(23, 10, 42), None, at(24, 10, 41, 59), True, id="within 24 hours"),
        pytest.param(at(23, 10, 42), None, at(24, 10, 42), False, id="after 24 hours"),
        pytest.param(at(23, 10, 42), at(23, 11), at(23, 11), False, id="agreed to already"),
        pytest.param(at(23, 10, 42), None, at(23, 10, 41), False, id="before it was asked"),
        pytest.param(None, None, at(23, 10, 42), False, id="never asked"),
    ],
)
def test_the_other_agrees_within_a_day(
    asked_at: datetime | None, opened_at: datetime | None, now: datetime, expected: bool
) -> None:
    assert opening_waits(asked_at, opened_at, now) is expected


@pytest.mark.parametrize(
    ("opened_at", "now", "expected"),
    [
        pytest.param(at(23, 10, 42), at(23, 10, 42), True, id="at once"),
        pytest.param(at(23, 10, 42), at(23, 10, 56, 59), True, id="within 15 minutes"),
        pytest.param(at(23, 10, 42), at(23, 10, 57), False, id="after 15 minutes"),
        pytest.param(at(23, 10, 42), at(23, 10, 41), False, id="before it was opened"),
        pytest.param(None, at(23, 10, 42), False, id="not opened"),
    ],
)
def test_it_stays_open_for_15_minutes(opened_at: datetime | None, now: datetime, expected: bool) -> None:
    assert opened_together(opened_at, now) is expected
