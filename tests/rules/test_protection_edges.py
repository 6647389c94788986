"""The edges of shields and overrides that their tables do not name."""

from datetime import date, timedelta

import pytest

from cp.rules.overriding import OVERRIDE_LASTS, override_review
from cp.rules.shielding import FINDABLE, SEEN_WHILE_SHIELDED, found_by, parts_shown
from cp.terms import OverrideFinding, Role

HIDDEN = {"former_name", "preferred_name", "postcode", "first_half"}
SHOWN = {"current_name", "gender", "date_of_birth", "number"}


@pytest.mark.parametrize("fact", sorted(SHOWN | HIDDEN))
def test_every_fact_finds_an_open_record_and_only_what_is_shown_a_shielded_one(fact: str) -> None:
    found = {shielded: found_by(fact, shielded) for shielded in (False, True)}

    assert found == {False: True, True: fact in SHOWN}
    assert not found_by(fact, False, old_identity=True)


def test_the_lists_name_nothing_else() -> None:
    assert sorted(SEEN_WHILE_SHIELDED) == sorted(SHOWN)
    assert sorted(FINDABLE) == sorted(SHOWN | HIDDEN)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("shielded", [True, None], ids=["shielded", "not known"])
@pytest.mark.parametrize("own_authority", [True, False], ids=["own", "another's"])
def test_without_an_override_a_shield_yields_to_the_team_of_its_own_authority_alone(
    role: Role | None, shielded: bool | None, own_authority: bool
) -> None:
    shown = parts_shown(role, own_authority, shielded, override_open=False)

    whole = role is Role.MANAGEMENT_TEAM and own_authority
    four = role in (Role.PRACTITIONER, Role.ASSISTANT, Role.MANAGEMENT_TEAM)
    assert shown == ("record" if whole else "four" if four else "nothing")


def test_another_authoritys_team_cannot_override() -> None:
    assert parts_shown(Role.MANAGEMENT_TEAM, False, True, override_open=True) == "four"
    assert parts_shown(Role.MANAGEMENT_TEAM, False, False, override_open=False) == "record"


def test_an_override_lasts_fifteen_minutes() -> None:
    assert timedelta(minutes=15) == OVERRIDE_LASTS


def test_a_review_counts_every_working_day_where_no_holiday_is_named() -> None:
    said = [
        override_review(Role.REVIEWER, False, False, None, date(2026, 12, 24), today)
        for today in (date(2026, 12, 28), date(2026, 12, 29))
    ]

    assert said == ["waiting", "escalated"]


def test_asking_the_person_does_not_stop_the_clock() -> None:
    late = override_review(
        Role.REVIEWER, False, False, OverrideFinding.NEED_ANSWER, date(2026, 11, 23), date(2026, 11, 26)
    )

    assert late == "escalated"
