"""Data, then shields, then practitioners: how far an authority is, who waits, which days can be set."""

from datetime import date, timedelta
from typing import Any

import pytest

from cp.rules.phases import Days, day_problems, in_the_way, opens, phase_refusal, shieldable, stage
from cp.terms import Role, Stage

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LAST_WEEK, NEXT_WEEK = TODAY - timedelta(days=7), TODAY + timedelta(days=7)
BEGUN = Days(LAST_WEEK, LAST_WEEK, YESTERDAY)


@pytest.mark.parametrize(
    ("days", "opened_on", "expected"),
    [
        pytest.param(Days(), None, Stage.NOTHING, id="no day is set"),
        pytest.param(Days(TOMORROW), None, Stage.NOTHING, id="data from tomorrow"),
        pytest.param(Days(TODAY), None, Stage.DATA, id="data from today"),
        pytest.param(Days(LAST_WEEK, TOMORROW, NEXT_WEEK), None, Stage.DATA, id="shields from tomorrow"),
        pytest.param(Days(TODAY, TODAY), None, Stage.SHIELDS, id="data and shields from the same day"),
        pytest.param(Days(LAST_WEEK, YESTERDAY, TODAY), None, Stage.SHIELDS, id="its day has come, nobody opened it"),
        pytest.param(Days(LAST_WEEK, YESTERDAY, TODAY), TODAY, Stage.OPEN, id="opened today"),
        pytest.param(BEGUN, TOMORROW, Stage.SHIELDS, id="opened on a day to come"),
        pytest.param(Days(LAST_WEEK, YESTERDAY, TOMORROW), YESTERDAY, Stage.SHIELDS, id="opened before its day"),
        pytest.param(Days(), YESTERDAY, Stage.NOTHING, id="opened without a day"),
    ],
)
def test_how_far_an_authority_is(days: Days, opened_on: date | None, expected: Stage) -> None:
    assert stage(days, opened_on, TODAY) is expected


@pytest.mark.parametrize(
    ("days", "able", "expected"),
    [
        pytest.param(Days(LAST_WEEK, YESTERDAY, TODAY), True, True, id="on its day"),
        pytest.param(BEGUN, True, True, id="on a day after it"),
        pytest.param(Days(LAST_WEEK, YESTERDAY, TOMORROW), True, False, id="not before"),
        pytest.param(BEGUN, False, False, id="not while nobody can shield"),
        pytest.param(Days(LAST_WEEK, None, YESTERDAY), True, False, id="not without a day for shields"),
        pytest.param(Days(LAST_WEEK, YESTERDAY, YESTERDAY), True, False, id="not on the same day as shields"),
        pytest.param(Days(LAST_WEEK, LAST_WEEK), True, False, id="not without a day of its own"),
    ],
)
def test_when_an_authority_opens(days: Days, able: bool, expected: bool) -> None:
    assert opens(days, able, TODAY) is expected


@pytest.mark.parametrize(
    ("days", "opened_on", "able", "expected"),
    [
        (Days(), None, False, ["data_from", "shields_from", "access_from", "team"]),
        (Days(TODAY, TODAY), None, True, ["access_from"]),
        (Days(TODAY, TODAY, TOMORROW), None, False, ["team"]),
        (Days(TODAY, TODAY, TOMORROW), None, True, []),
        (BEGUN, YESTERDAY, False, []),
    ],
)
def test_what_keeps_an_authority_from_opening(
    days: Days, opened_on: date | None, able: bool, expected: list[str]
) -> None:
    assert in_the_way(days, opened_on, able, TODAY) == expected


SEES_NO_CHILD = set(Role) - {Role.PRACTITIONER, Role.ASSISTANT, Role.MANAGEMENT_TEAM}


@pytest.mark.parametrize(
    ("days", "opened_on", "waiting"),
    [
        (Days(), None, {"practitioner": "not_open", "assistant": "not_open", "management_team": "no_shields_yet"}),
        (Days(TODAY), None, {"practitioner": "not_open", "assistant": "not_open", "management_team": "no_shields_yet"}),
        (Days(TODAY, TODAY), None, {"practitioner": "not_open", "assistant": "not_open"}),
        (BEGUN, YESTERDAY, {}),
    ],
)
def test_who_waits(days: Days, opened_on: date | None, waiting: dict[str, str]) -> None:
    found = {role: phase_refusal(role, days, opened_on, TODAY) for role in Role}

    assert {role: why for role, why in found.items() if why} == waiting
    assert {role for role, why in found.items() if not why} >= SEES_NO_CHILD


@pytest.mark.parametrize(
    ("shields_from", "expected"), [(None, False), (TOMORROW, False), (TODAY, True), (YESTERDAY, True)]
)
def test_whose_records_can_be_shielded(shields_from: date | None, expected: bool) -> None:
    assert shieldable(shields_from, TODAY) is expected


@pytest.mark.parametrize(
    ("wanted", "held", "expected"),
    [
        pytest.param(Days(), Days(), {}, id="none at all"),
        pytest.param(Days(TODAY, TODAY, TOMORROW), Days(), {}, id="from today"),
        pytest.param(Days(YESTERDAY), Days(), {"data_from": "past"}, id="none in the past"),
        pytest.param(Days(None, TODAY), Days(), {"shields_from": "data_first"}, id="no shields without data"),
        pytest.param(Days(TOMORROW, TODAY), Days(), {"shields_from": "data_first"}, id="nor before it"),
        pytest.param(Days(TODAY, None, TOMORROW), Days(), {"access_from": "shields_first"}, id="shields are needed"),
        pytest.param(Days(TODAY, TOMORROW, TOMORROW), Days(), {"access_from": "shields_first"}, id="nor the same day"),
        pytest.param(Days(TODAY, NEXT_WEEK, TOMORROW), Days(), {"access_from": "shields_first"}, id="nor before them"),
        pytest.param(BEGUN, BEGUN, {}, id="what has come may stay"),
        pytest.param(Days(LAST_WEEK, LAST_WEEK, TOMORROW), BEGUN, {"access_from": "has_come"}, id="and is not put off"),
        pytest.param(Days(LAST_WEEK, LAST_WEEK), BEGUN, {"access_from": "has_come"}, id="nor taken away"),
        pytest.param(Days(TODAY), Days(TODAY + timedelta(days=1)), {}, id="what is to come may come sooner"),
        pytest.param(Days(NEXT_WEEK), Days(TODAY), {"data_from": "has_come"}, id="today has come"),
        pytest.param(
            Days(TOMORROW, TODAY, TODAY), Days(), {"shields_from": "data_first", "access_from": "shields_first"},
            id="all that is wrong",
        ),
    ],
)  # fmt: skip
def test_which_days_can_be_set(wanted: Days, held: Days, expected: dict[str, Any]) -> None:
    assert day_problems(wanted, held, TODAY) == expected
