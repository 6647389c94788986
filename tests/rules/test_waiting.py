"""Who waits for the day of their authority, and what they are told."""

from dataclasses import replace
from typing import Any

import pytest

from cp.rules.access import Allowed, Refused, decide, refusals_of
from cp.terms import Act, Role
from tests.rules.test_access import HAS_OPENED, NIA, TODAY, somebody


@pytest.mark.parametrize(
    ("role", "days", "expected"),
    [
        pytest.param("practitioner", {"opened_on": None}, ["not_open"], id="a practitioner waits until it has opened"),
        pytest.param("practitioner", {"access_from": None}, ["not_open"], id="and for a day"),
        pytest.param("assistant", {"opened_on": None}, ["not_open"], id="an assistant waits for their own place"),
        pytest.param("management_team", {"opened_on": None}, [], id="the team shields before"),
        pytest.param(
            "management_team", {"shields_from": None, "opened_on": None}, ["no_shields_yet"], id="but not at any time"
        ),
        pytest.param("account_manager", dict.fromkeys(HAS_OPENED), [], id="who sees no child gets ready at any time"),
    ],
)
def test_who_waits_for_the_day_of_their_authority(role: str, days: dict[str, Any], expected: list[str]) -> None:
    waiting = somebody(role=Role(role), principal=NIA, **days)

    assert refusals_of(waiting, TODAY) == expected
    if expected:
        assert decide(waiting, Act.SEARCH, None, TODAY) == Refused(expected[0])
        assert decide(waiting, Act.SEE_ACCOUNT, None, TODAY) == Allowed()


def test_an_assistant_waits_for_the_place_of_whom_they_assist() -> None:
    helper = somebody(role=Role.ASSISTANT, principal=replace(NIA, opened_on=None))

    assert refusals_of(helper, TODAY) == ["principal"]
