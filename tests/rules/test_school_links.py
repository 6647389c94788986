"""A school's link: its last day is a day in London, and what is agreed stays."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cp.rules.school_links import LinkState, calls_by, last_day_of, link_ends, link_state

MADE, LAST = date(2026, 11, 23), date(2026, 12, 14)
ENDS = datetime(2026, 12, 15, tzinfo=UTC)
MICRO = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("made_on", "ends_at"),
    [
        (MADE, ENDS),
        (date(2026, 3, 1), datetime(2026, 3, 23, tzinfo=UTC)),
        (date(2026, 3, 8), datetime(2026, 3, 29, 23, tzinfo=UTC)),  # summer time has begun
        (date(2026, 10, 4), datetime(2026, 10, 26, tzinfo=UTC)),  # and ended
    ],
)
def test_a_link_works_for_three_weeks_to_the_end_of_a_day_in_london(made_on: date, ends_at: datetime) -> None:
    assert link_ends(made_on) == ends_at


@pytest.mark.parametrize(
    ("ends_at", "day"),
    [
        (ENDS, LAST),
        (ENDS + MICRO, date(2026, 12, 15)),
        (datetime(2026, 11, 30, 10, 42, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 6, 30, 23, tzinfo=UTC), date(2026, 6, 30)),
    ],
)
def test_the_last_day_of_a_link_is_said_as_london_has_it(ends_at: datetime, day: date) -> None:
    assert last_day_of(ends_at) == day


@pytest.mark.parametrize(
    ("closed_on", "finished", "agreed_on", "now", "state"),
    [
        (None, False, None, ENDS - MICRO, "open"),
        (None, True, None, ENDS - MICRO, "open"),
        (None, False, MADE, ENDS - MICRO, "open"),
        (None, True, MADE, ENDS - MICRO, "agreed"),
        (None, False, None, ENDS, "ended"),
        (None, True, MADE, ENDS, "ended"),
        (date(2026, 12, 15), False, None, ENDS - MICRO, "open"),
        (LAST, False, None, ENDS - MICRO, "closed"),
        (LAST, True, MADE, ENDS, "closed"),
    ],
)
def test_a_link_is_open_until_its_end_or_until_what_was_answered_is_agreed(
    closed_on: date | None, finished: bool, agreed_on: date | None, now: datetime, state: LinkState
) -> None:
    assert link_state(ENDS, closed_on, finished, agreed_on, now) == state


@pytest.mark.parametrize(
    ("today", "by"),
    [(MADE, date(2026, 11, 30)), (date(2026, 11, 30), date(2026, 11, 30)), (date(2026, 12, 1), None)],
)
def test_the_manager_calls_within_five_working_days(today: date, by: date | None) -> None:
    assert calls_by(MADE, today) == by
