"""Who waits for the day of their authority or for their employer's accreditation, and what they are told."""

from dataclasses import replace
from datetime import date
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


@pytest.mark.parametrize("ends_on", [None, TODAY])
def test_a_supplier_sends_before_the_accreditation_and_nobody_else_works(ends_on: date | None) -> None:
    people = [somebody(role=role, principal=NIA, accreditation_ends_on=ends_on) for role in Role]

    waiting = {person.role for person in people if refusals_of(person, TODAY) == ["accreditation"]}

    assert waiting == set(Role) - {Role.SUPPLIER}
    assert decide(somebody(role=Role.SUPPLIER, accreditation_ends_on=ends_on), Act.RECEIVE_FILE, None, TODAY).allowed
