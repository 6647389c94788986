"""Who shields and lifts, when a shield is looked at again, what it hides, who else must be thought of."""

from datetime import date
from typing import Literal

import pytest

from cp.rules.shielding import (
    found_by,
    must_consider_shield,
    parts_shown,
    review_by,
    review_date_problem,
    same_home,
    shield_refusal,
    shield_state,
    twins,
)
from cp.terms import Role


@pytest.mark.parametrize(
    ("role", "own_authority", "shielded", "override_open", "expected"),
    [
        pytest.param("practitioner", True, False, False, "record", id="practitioner"),
        pytest.param("practitioner", False, False, False, "record", id="practitioner, another authority's child"),
        pytest.param("practitioner", True, True, False, "four", id="practitioner, shielded"),
        pytest.param("practitioner", True, True, True, "record", id="practitioner, shielded, overridden"),
        pytest.param("assistant", True, True, False, "four", id="assistant, shielded"),
        pytest.param("assistant", True, True, True, "four", id="assistant, shielded, overridden by the same person"),
        pytest.param("management_team", True, True, False, "record", id="management team, shielded"),
        pytest.param("management_team", False, True, False, "four", id="another authority's management team"),
        pytest.param("management_team", False, None, False, "four", id="management team, shield not known"),
        pytest.param("practitioner", True, None, False, "four", id="shield not known"),
        pytest.param("reviewer", True, False, False, "nothing", id="reviewer"),
        pytest.param("reviewer", True, False, True, "nothing", id="reviewer, overridden"),
        pytest.param("account_manager", True, False, False, "nothing", id="account manager"),
        pytest.param("supplier", True, False, False, "nothing", id="supplier"),
        pytest.param("implementation_manager", True, False, False, "nothing", id="implementation manager"),
        pytest.param("national_administrator", True, False, False, "nothing", id="national administrator"),
        pytest.param(None, True, False, False, "nothing", id="no role"),
    ],
)
def test_how_much_of_a_record_a_role_sees(
    role: str | None, own_authority: bool, shielded: bool | None, override_open: bool, expected: str
) -> None:
    assert parts_shown(Role(role) if role else None, own_authority, shielded, override_open) == expected


@pytest.mark.parametrize(
    ("fact", "shielded", "old_identity", "expected"),
    [
        pytest.param("current_name", True, False, True, id="name of a shielded child"),
        pytest.param("date_of_birth", True, False, True, id="birth date of a shielded child"),
        pytest.param("gender", True, False, True, id="gender of a shielded child"),
        pytest.param("number", True, False, True, id="number of a shielded child"),
        pytest.param("former_name", True, False, False, id="former name of a shielded child"),
        pytest.param("former_name", False, False, True, id="former name"),
        pytest.param("postcode", True, False, False, id="postcode of a shielded child"),
        pytest.param("first_half", True, False, False, id="half a postcode of a shielded child"),
        pytest.param("postcode", False, False, True, id="postcode"),
        pytest.param("carer_name", True, False, False, id="carer of a shielded child"),
        pytest.param("carer_name", False, False, False, id="carer, on a page of its own"),
        pytest.param("number", False, True, False, id="number of a sealed old identity"),
        pytest.param("current_name", True, True, False, id="name of a sealed old identity"),
        pytest.param("school", False, False, False, id="school finds nobody"),
        pytest.param("", False, False, False, id="no fact"),
    ],
)
def test_which_facts_find_a_record(fact: str, shielded: bool, old_identity: bool, expected: bool) -> None:
    assert found_by(fact, shielded, old_identity) is expected


@pytest.mark.parametrize(
    ("change", "ground", "first_role", "second_role", "same_person", "expected"),
    [
        pytest.param("shield", "domestic-abuse", "management_team", None, False, None, id="one person shields"),
        pytest.param("shield", "adoption", "management_team", None, False, None, id="for an adoption"),
        pytest.param("shield", "witness-protection", "management_team", None, None, None, id="of a witness"),
        pytest.param("shield", "other-significant-harm", "management_team", None, None, None, id="another risk"),
        pytest.param("shield", "fame", "management_team", None, False, "ground", id="fame is no ground"),
        pytest.param("shield", None, "management_team", None, False, "ground", id="no ground"),
        pytest.param("shield", "domestic-abuse", "practitioner", None, False, "role", id="a practitioner"),
        pytest.param("shield", "fame", None, None, False, "role", id="nobody"),
        pytest.param("lift", None, "management_team", "management_team", False, None, id="two lift it"),
        pytest.param("lift", None, "management_team", None, False, "second_person", id="one is not enough"),
        pytest.param(
            "lift", None, "management_team", "management_team", True, "second_person", id="nor twice the same"
        ),
        pytest.param("lift", None, "management_team", "management_team", None, "second_person", id="who is not known"),
        pytest.param("lift", None, "management_team", "reviewer", False, "second_person", id="a reviewer is no second"),
        pytest.param("lift", "adoption", "reviewer", "management_team", False, "role", id="nor a first"),
    ],
)
def test_one_shields_and_two_lift(
    change: Literal["shield", "lift"], ground: str | None, first_role: str | None, second_role: str | None,
    same_person: bool | None, expected: str | None,
) -> None:  # fmt: skip
    first, second = (Role(role) if role else None for role in (first_role, second_role))

    assert shield_refusal(change, ground, first, second, same_person) == expected


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("shielded_on", "review_on", "lifted_on", "today", "expected"),
    [
        (date(2026, 5, 23), date(2026, 11, 23), None, date(2026, 11, 22), "shielded"),
        (date(2026, 5, 23), date(2026, 11, 23), None, TODAY, "review_due"),
        (date(2024, 1, 1), date(2024, 7, 1), None, TODAY, "review_due"),
        (date(2026, 5, 23), date(2026, 11, 23), TODAY, TODAY, "open"),
        (date(2026, 5, 23), None, None, TODAY, "review_due"),
        (None, None, None, TODAY, "open"),
        (None, date(2027, 1, 1), None, TODAY, "open"),
    ],
)
def test_a_shield_holds_until_it_is_lifted(
    shielded_on: date | None, review_on: date | None, lifted_on: date | None, today: date, expected: str
) -> None:
    assert shield_state(shielded_on, review_on, lifted_on, today) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [(TODAY, date(2027, 5, 23)), (date(2026, 8, 31), date(2027, 3, 1)), (date(2026, 12, 31), date(2027, 7, 1))],
)
def test_a_review_is_within_six_months(today: date, expected: date) -> None:
    assert review_by(today) == expected


@pytest.mark.parametrize(
    ("review_on", "today", "expected"),
    [
        (date(2027, 5, 23), TODAY, None),
        (date(2027, 5, 24), TODAY, "too_late"),
        (TODAY, TODAY, "past"),
        (date(2026, 11, 24), TODAY, None),
        (date(2020, 1, 1), TODAY, "past"),
        (date(2027, 3, 1), date(2026, 8, 31), None),
        (date(2027, 3, 2), date(2026, 8, 31), "too_late"),
        (None, TODAY, "missing"),
    ],
)
def test_the_day_of_a_review_has_its_problem(review_on: date | None, today: date, expected: str | None) -> None:
    assert review_date_problem(review_on, today) == expected


@pytest.mark.parametrize(
    ("twin", "sibling_known", "same_address", "expected"),
    [
        (False, False, True, True),
        (True, False, False, True),
        (False, True, False, True),
        (False, False, False, False),
        (None, False, False, True),
        (False, None, False, True),
        (False, False, None, True),
    ],
)
def test_who_must_be_thought_of_when_a_child_is_shielded(
    twin: bool | None, sibling_known: bool | None, same_address: bool | None, expected: bool
) -> None:
    assert must_consider_shield(twin, sibling_known, same_address) is expected


@pytest.mark.parametrize(
    ("days_apart", "shared_carer", "same_address", "same_family_name", "expected"),
    [
        pytest.param(0, True, False, False, True, id="one day, one mother, two places"),
        pytest.param(1, True, False, False, True, id="around midnight"),
        pytest.param(-1, False, True, True, True, id="one address and name"),
        pytest.param(0, False, True, False, False, id="one address, another name"),
        pytest.param(0, False, False, True, False, id="one name"),
        pytest.param(2, True, True, True, False, id="two days apart"),
        pytest.param(-2, True, True, True, False, id="two days before"),
    ],
)
def test_what_makes_two_children_known_as_twins(
    days_apart: int, shared_carer: bool, same_address: bool, same_family_name: bool, expected: bool
) -> None:
    assert twins(days_apart, shared_carer, same_address, same_family_name) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(["18 Tanner’s Row"], ["18, Tanners Row", "Hollin Bank"], True, id="one house, two spellings"),
        pytest.param(["18 Tanner’s Row"], ["8 Tanner’s Row"], False, id="another house"),
        pytest.param(["18 Tanner’s Row"], ["18A Tanner’s Row"], False, id="another half of the house"),
        pytest.param(["Flat 6, 31 Weir Street"], ["31 Weir Street"], True, id="the flat left out"),
        pytest.param(["31 Weir Street"], ["Flat 6", "31 Weir Street"], True, id="the flat left out, the other way"),
        pytest.param(["Flat 6, 31 Weir Street"], ["Flat 7, 31 Weir Street"], False, id="another flat"),
        pytest.param(["The Larches"], ["the larches,", "Northvale"], True, id="one name"),
        pytest.param(["The Larches"], ["Rose Cottage"], False, id="another name"),
        pytest.param(["The Larches"], ["12 Weir Street"], True, id="a name against a number"),
        pytest.param(["12 Weir Street"], ["The Larches"], True, id="a number against a name"),
        pytest.param(["Flat 6, 31", "Weir Street"], ["Flat 6, 31 Weir Street"], True, id="the street on its own line"),
        pytest.param([], [], True, id="nothing but the postcode"),
    ],
)
def test_when_two_addresses_may_be_one_home(one: list[str], other: list[str], expected: bool) -> None:
    assert same_home(one, other) is expected
