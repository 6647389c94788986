"""Staying signed in, codes, and how fast somebody may guess."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cp.rules.signing_in import (
    Failures,
    code_accepted,
    counted_by,
    session_refusal,
    wait_after,
    wait_for_code,
)  # fmt: skip

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("signed_in_at", "last_used_at", "ended", "now", "expected"),
    [
        pytest.param("2026-11-23T09:00", "2026-11-23T09:00", False, "2026-11-23T09:14:59", None, id="in time"),
        pytest.param("2026-11-23T09:00", "2026-11-23T09:00", False, "2026-11-23T09:00:00", None, id="at once"),
        pytest.param("2026-11-23T09:00", "2026-11-23T09:00", False, "2026-11-23T09:15:00", "idle", id="15 minutes"),
        pytest.param("2026-11-23T09:00", "2026-11-23T16:50", False, "2026-11-23T16:59:59", None, id="under 8 hours"),
        pytest.param("2026-11-23T09:00", "2026-11-23T16:50", False, "2026-11-23T17:00:00", "too_long", id="8 hours"),
        pytest.param("2026-11-23T09:00", "2026-11-23T09:00", True, "2026-11-23T09:01:00", "ended", id="ended"),
        pytest.param("2026-11-23T09:00", "2026-11-23T09:00", True, "2026-11-23T18:00:00", "ended", id="ended is told"),
        pytest.param("2026-11-23T09:00", "2026-11-23T09:10", False, "2026-11-23T09:09:59", "clock", id="clock back"),
        pytest.param("2026-10-24T23:30", "2026-10-25T07:20", False, "2026-10-25T07:29:59", None, id="clocks change"),
        pytest.param("2026-10-24T23:30", "2026-10-25T07:20", False, "2026-10-25T07:30:00", "too_long", id="8 true h"),
    ],
)  # fmt: skip
@pytest.mark.asvs("7.3.1", "7.3.2")
def test_a_session_ends_after_15_minutes_idle_or_8_hours(
    signed_in_at: str, last_used_at: str, ended: bool, now: str, expected: str | None
) -> None:
    assert session_refusal(_utc(signed_in_at), _utc(last_used_at), ended, _utc(now)) == expected


@pytest.mark.parametrize(
    ("code_step", "last_step", "expected"),
    [
        pytest.param(100, None, True, id="this step"),
        pytest.param(99, None, True, id="one step late"),
        pytest.param(101, 100, True, id="one step early"),
        pytest.param(98, None, False, id="two steps late"),
        pytest.param(102, None, False, id="two steps early"),
        pytest.param(100, 100, False, id="used already"),
        pytest.param(99, 100, False, id="older than the last used"),
        pytest.param(None, None, False, id="no step's code"),
    ],
)
@pytest.mark.asvs("6.5.1")
def test_a_code_counts_once_and_only_around_its_time(
    code_step: int | None, last_step: int | None, expected: bool
) -> None:
    assert code_accepted(code_step, 100, last_step) is expected


@pytest.mark.parametrize(
    ("here", "others", "known_here", "expected"),
    [
        pytest.param([], {}, True, None, id="no failure, known"),
        pytest.param([], {}, False, None, id="no failure, not known"),
        pytest.param([0] * 4, {}, True, None, id="four at once, known"),
        pytest.param([0] * 5, {}, True, 5, id="five at once, known"),
        pytest.param([0] * 6, {}, True, 10, id="the pause doubles"),
        pytest.param([0] * 40, {}, True, 300, id="up to five minutes"),
        pytest.param([4.5] * 5, {}, True, 1, id="part of a second is a second"),
        pytest.param([5] * 5, {}, True, None, id="the pause is over"),
        pytest.param([3600] * 40, {}, True, None, id="an hour ago"),
        pytest.param([0] * 2, {}, False, None, id="two at once, not known"),
        pytest.param([0] * 3, {}, False, 30, id="three at once, not known"),
        pytest.param([0] * 4, {}, False, 60, id="the longer pause doubles"),
        pytest.param([3600] * 4 + [0], {}, True, None, id="four an hour ago and one now"),
        pytest.param([3599] * 4 + [0], {}, True, 5, id="four nearly an hour ago and one now"),
        pytest.param([], {"strangers": [100] * 9}, False, None, id="nine guesses from other new addresses"),
        pytest.param([], {"strangers": [100] * 10}, False, 200, id="ten guesses from other new addresses"),
        pytest.param([], {"strangers": [1] * 9 + [299]}, False, 1, id="the oldest of ten is nearly out"),
        pytest.param([], {"strangers": [0] * 1000}, True, None, id="guessing from elsewhere never delays a known one"),
        pytest.param([], {"address": [60] * 29}, False, None, id="29 from this address"),
        pytest.param([], {"address": [60] * 30}, False, 840, id="30 from this address"),
        pytest.param([], {"address": [0] * 30}, True, None, id="30 from this address, but known there"),
        pytest.param([0] * 3, {"address": [0] * 30}, True, 5, id="30 from this address leave three at once"),
        pytest.param([], {"in_all": 1000}, False, None, id="a thousand in all, first try, not known"),
        pytest.param([0], {"in_all": 999}, False, None, id="nearly a thousand in all"),
        pytest.param([0], {"in_all": 1000}, False, 30, id="a thousand in all, second try, not known"),
        pytest.param([0] * 3, {"in_all": 1000}, True, 5, id="a thousand in all, fourth try, known"),
        pytest.param([-86_400] * 5, {}, True, 5, id="a clock that was a day ahead keeps nobody out"),
        pytest.param([300, 0, 200, 100, 50], {}, True, 5, id="in any order"),
    ],
)
def test_how_long_to_wait_after_wrong_guesses(
    here: list[float], others: dict[str, Any], known_here: bool, expected: int | None
) -> None:
    counted: dict[str, Any] = {name: value if name == "in_all" else _ago(value) for name, value in others.items()}

    assert wait_after(Failures(here=_ago(here), **counted), known_here, NOW) == expected


@pytest.mark.parametrize(
    ("known_here", "in_five_minutes", "in_a_day"),
    [pytest.param(True, 10, 300, id="known"), pytest.param(False, 6, 300, id="not known")],
)
def test_the_fastest_guesser_at_one_address(known_here: bool, in_five_minutes: int, in_a_day: int) -> None:
    tried = _greedy(addresses=1, known_here=known_here, lasting=timedelta(days=1))

    assert _most(tried, timedelta(minutes=5)) == in_five_minutes
    assert len(tried) < in_a_day


def test_many_computers_together_guess_ten_in_five_minutes() -> None:
    tried = _greedy(addresses=50, known_here=False, lasting=timedelta(hours=1))

    assert _most(tried, timedelta(minutes=5)) == 10


def test_one_stranger_leaves_the_owner_tries_from_a_new_address() -> None:
    """Somebody guesses as fast as they can from one address; the owner comes from another, for the first time."""
    tried = _greedy(addresses=1, known_here=False, lasting=timedelta(hours=1))

    by_then = [[guess for guess in tried if guess <= at] for at in tried]
    waits = [wait_after(Failures(strangers=guesses), False, guesses[-1]) for guesses in by_then]
    assert waits == [None] * len(tried)


@pytest.mark.parametrize(
    ("failures", "expected"),
    [
        pytest.param([], None, id="none"),
        pytest.param([0] * 4, None, id="four"),
        pytest.param([0] * 5, 300, id="five"),
        pytest.param([300] * 5, None, id="five, five minutes ago"),
        pytest.param([301] * 20, 3299, id="twenty in the hour"),
        pytest.param([3601] * 49, None, id="49 in the day"),
        pytest.param([3601] * 50, 82_799, id="fifty in the day"),
    ],
)
def test_codes_are_tried_five_in_five_minutes_and_fifty_a_day(failures: list[float], expected: int | None) -> None:
    assert wait_for_code(_ago(failures), NOW) == expected


def _greedy(addresses: int, known_here: bool, lasting: timedelta) -> list[datetime]:
    """When somebody who guesses at one account, from so many addresses, as soon as they may, gets to try."""
    at, tried = NOW, list[datetime]()
    by_address: list[list[datetime]] = [[] for _ in range(addresses)]
    while at < NOW + lasting:
        waits = []
        for own in by_address:
            failures = Failures(here=own, strangers=[] if known_here else tried, address=own)
            waits.append(wait_after(failures, known_here, at) or 0)
            if not waits[-1]:
                own.append(at)
                tried.append(at)
        at += timedelta(seconds=min(waits))
    return tried


def _most(instants: list[datetime], within: timedelta) -> int:
    return max(sum(start <= at < start + within for at in instants) for start in instants)


def _ago(seconds: list[float]) -> list[datetime]:
    return [NOW - timedelta(seconds=each) for each in seconds]


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("198.51.100.7", "198.51.100.7", id="one address"),
        pytest.param("2001:db8:0:7::1", "2001:db8:0:7::", id="one line"),
        pytest.param("2001:db8:0:7:ffff::9", "2001:db8:0:7::", id="the same line"),
        pytest.param("2001:db8:0:8::1", "2001:db8:0:8::", id="another line"),
        pytest.param("::ffff:198.51.100.7", "198.51.100.7", id="one address the other way"),
        pytest.param("", "", id="none"),
    ],
)
def test_whoever_has_many_addresses_on_one_line_is_counted_once(address: str, expected: str) -> None:
    assert counted_by(address) == expected
