"""Who may see what: the tables of the rules that `decide` is built from."""

from datetime import date
from typing import Any

import pytest

from cp.rules.access import account_refusal, account_refusals, check_in_date, found_by, parts_shown
from cp.terms import Role

IN_ORDER: dict[str, Any] = {
    "active": True,
    "unused_since": date(2026, 11, 20),
    "agreement_current": True,
    "check_issued_on": date(2024, 1, 10),
    "trained_on": date(2025, 4, 18),
    "accreditation_ends_on": date(2027, 9, 1),
    "second_factor": True,
    "today": date(2026, 11, 23),
}


@pytest.mark.parametrize(
    ("role", "own_authority", "shielded", "override_open", "expected"),
    [
        pytest.param("practitioner", True, False, False, "record", id="practitioner"),
        pytest.param("practitioner", False, False, False, "record", id="practitioner, another authority's child"),
        pytest.param("practitioner", True, True, False, "four", id="practitioner, shielded"),
        pytest.param("practitioner", True, True, True, "record", id="practitioner, shielded, overridden"),
        pytest.param("assistant", True, True, False, "four", id="assistant, shielded"),
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
    ("issued_on", "today", "expected"),
    [
        pytest.param("2023-03-01", "2026-02-28", True, id="the last day"),
        pytest.param("2023-03-01", "2026-03-01", False, id="the third anniversary is out"),
        pytest.param("2024-03-01", "2027-03-01", False, id="over a leap year"),
        pytest.param("2024-02-29", "2027-02-28", True, id="from 29 February, the last day"),
        pytest.param("2024-02-29", "2027-03-01", False, id="from 29 February, out"),
        pytest.param("2026-11-23", "2026-11-23", True, id="issued today"),
        pytest.param("2026-11-24", "2026-11-23", False, id="issued tomorrow"),
        pytest.param(None, "2026-11-23", False, id="none"),
    ],
)
def test_a_check_lasts_three_years(issued_on: str | None, today: str, expected: bool) -> None:
    assert check_in_date(date.fromisoformat(issued_on) if issued_on else None, date.fromisoformat(today)) is expected


@pytest.mark.parametrize(
    ("but", "expected"),
    [
        pytest.param({}, None, id="all in order"),
        pytest.param({"active": False}, "not_active", id="not active"),
        pytest.param({"unused_since": date(2026, 8, 26)}, None, id="unused 89 days"),
        pytest.param({"unused_since": date(2026, 8, 25)}, "unused", id="unused 90 days"),
        pytest.param({"unused_since": None}, "unused", id="opened, it is not known when"),
        pytest.param({"agreement_current": False}, "agreement", id="agreement not signed"),
        pytest.param({"check_issued_on": date(2023, 11, 24)}, None, id="check's last day"),
        pytest.param({"check_issued_on": date(2023, 11, 23)}, "check", id="check out of date"),
        pytest.param({"trained_on": date(2024, 11, 24)}, None, id="training's last day"),
        pytest.param({"trained_on": date(2024, 11, 23)}, "training", id="training out of date"),
        pytest.param({"trained_on": date(2026, 11, 24)}, "training", id="trained tomorrow"),
        pytest.param({"accreditation_ends_on": date(2026, 11, 24)}, None, id="accreditation's last day"),
        pytest.param({"accreditation_ends_on": date(2026, 11, 23)}, "accreditation", id="accreditation ended"),
        pytest.param({"accreditation_ends_on": None}, "accreditation", id="never accredited"),
        pytest.param({"second_factor": False}, "second_factor", id="no second factor"),
        pytest.param({"check_issued_on": None, "trained_on": None}, "check", id="the first that fails"),
    ],
)
def test_an_account_meets_every_condition_or_is_told_the_first(but: dict[str, Any], expected: str | None) -> None:
    assert account_refusal(**IN_ORDER | but) == expected


def test_a_person_is_told_all_that_is_missing() -> None:
    nothing: dict[str, Any] = dict.fromkeys(IN_ORDER) | {"today": IN_ORDER["today"]}

    assert account_refusals(**nothing) == [
        "not_active",
        "unused",
        "agreement",
        "check",
        "training",
        "accreditation",
        "second_factor",
    ]
