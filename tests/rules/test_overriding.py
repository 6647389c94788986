"""Looking through a shield: who may, for how long, and who says whether it was right."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cp.rules.overriding import (
    REFERENCE,
    Team,
    override_open,
    override_refusal,
    override_review,
    review_falls_to,
    same_team,
)
from cp.terms import OverrideFinding, OverrideReason, Role

ASKED: dict[str, Any] = {
    "role": Role.PRACTITIONER, "holds_right": True, "shielded": True, "reason": OverrideReason.SECTION_47,
    "factor_at": datetime(2026, 11, 23, 10, 41, 30, tzinfo=UTC), "now": datetime(2026, 11, 23, 10, 42, tzinfo=UTC),
    "has_open_override": False,
}  # fmt: skip
REVIEWED: dict[str, Any] = {
    "reviewer_role": Role.REVIEWER, "same_person": False, "same_team": False, "finding": None,
    "opened_on": date(2026, 11, 23), "today": date(2026, 11, 23),
    "holidays": {date(2026, 12, 25), date(2026, 12, 28)},
}  # fmt: skip


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("but", "expected"),
    [
        pytest.param({}, None, id="as is"),
        pytest.param({"holds_right": False}, "no_right", id="without the right"),
        pytest.param({"role": Role.ASSISTANT}, "no_right", id="an assistant"),
        pytest.param({"role": Role.MANAGEMENT_TEAM}, "no_right", id="the management team, which need not"),
        pytest.param({"shielded": False}, "not_shielded", id="not shielded"),
        pytest.param({"reason": None}, "reason", id="no reason"),
        pytest.param({"factor_at": at(10, 37, 1)}, None, id="a code of nearly five minutes ago"),
        pytest.param({"factor_at": at(10, 37)}, "fresh_code", id="a code of five minutes ago"),
        pytest.param({"factor_at": at(10, 42, 1)}, "fresh_code", id="a code still to come"),
        pytest.param({"factor_at": None}, "fresh_code", id="no code"),
        pytest.param({"has_open_override": True}, "one_open", id="one without a finding"),
    ],
)
def test_who_may_look_through_a_shield(but: dict[str, Any], expected: str | None) -> None:
    assert override_refusal(**(ASKED | but)) == expected


@pytest.mark.parametrize(
    ("opened_at", "left_at", "now", "expected"),
    [
        pytest.param(at(10, 42), None, at(10, 42), True, id="at once"),
        pytest.param(at(10, 42), None, at(10, 56, 59), True, id="just under 15 minutes"),
        pytest.param(at(10, 42), None, at(10, 57), False, id="15 minutes"),
        pytest.param(at(10, 42), at(10, 49), at(10, 48, 59), True, id="just before leaving"),
        pytest.param(at(10, 42), at(10, 49), at(10, 49), False, id="left"),
        pytest.param(at(10, 42), None, at(10, 41, 59), False, id="before it was opened"),
        pytest.param(None, None, at(10, 42), False, id="never"),
    ],
)
def test_an_override_lasts_until_it_is_left(
    opened_at: datetime | None, left_at: datetime | None, now: datetime, expected: bool
) -> None:
    assert override_open(opened_at, left_at, now) is expected


@pytest.mark.parametrize(
    ("but", "expected"),
    [
        pytest.param({}, "waiting", id="just opened"),
        pytest.param({"today": date(2026, 11, 25)}, "waiting", id="the second working day"),
        pytest.param({"today": date(2026, 11, 26)}, "escalated", id="after it"),
        pytest.param({"finding": OverrideFinding.RIGHT}, "closed", id="right"),
        pytest.param({"finding": OverrideFinding.NOT_RIGHT, "today": date(2026, 11, 26)}, "closed", id="late"),
        pytest.param({"finding": OverrideFinding.RIGHT, "same_team": True}, "refused", id="of the same team"),
        pytest.param({"finding": OverrideFinding.RIGHT, "same_person": True}, "refused", id="their own"),
        pytest.param({"reviewer_role": Role.MANAGEMENT_TEAM}, "refused", id="no reviewer"),
        pytest.param({"finding": OverrideFinding.NEED_ANSWER}, "waiting", id="the person is asked first"),
        pytest.param({"opened_on": date(2026, 12, 24), "today": date(2026, 12, 30)}, "waiting", id="over Christmas"),
    ],
)
def test_a_reviewer_of_another_team_closes_an_override(but: dict[str, Any], expected: str) -> None:
    assert override_review(**(REVIEWED | but)) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param(Team(1, "Duty"), Team(1, "Duty"), True, id="one team"),
        pytest.param(Team(1, "Duty"), Team(1, "Fostering"), False, id="another team"),
        pytest.param(Team(1, "Duty"), Team(2, "Duty"), False, id="another organisation"),
        pytest.param(Team(1, None), Team(1, "Duty"), True, id="theirs not known"),
        pytest.param(Team(1, "Duty"), Team(1, None), True, id="the reviewer's not known"),
        pytest.param(Team(1, None), Team(2, None), False, id="neither known, elsewhere"),
        pytest.param(Team(1, "Duty"), None, False, id="a reviewer who is no practitioner"),
        pytest.param(None, Team(1, "Duty"), False, id="a person who is no practitioner any more"),
    ],
)
def test_who_works_beside_whom(mine: Team | None, theirs: Team | None, expected: bool) -> None:
    assert same_team(mine, theirs) is expected


@pytest.mark.parametrize(
    ("named", "review", "expected"),
    [
        pytest.param(True, "waiting", True, id="named"),
        pytest.param(False, "waiting", False, id="somebody else is named"),
        pytest.param(None, "waiting", True, id="nobody is named"),
        pytest.param(True, "escalated", True, id="named, gone up"),
        pytest.param(False, "escalated", True, id="somebody else, gone up"),
        pytest.param(None, "escalated", True, id="nobody, gone up"),
        pytest.param(True, "refused", False, id="named, and may not"),
        pytest.param(None, "refused", False, id="nobody, and may not"),
        pytest.param(True, "closed", False, id="closed already"),
    ],
)
def test_whose_an_override_is_to_review(named: bool | None, review: Any, expected: bool) -> None:
    assert review_falls_to(named, review) is expected


def test_an_override_is_called_by_its_number() -> None:
    assert REFERENCE.format(482_913) == "OV-482913"
