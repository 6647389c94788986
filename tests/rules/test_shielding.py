"""What a shield hides, and by what a shielded child may still be found."""

import pytest

from cp.rules.shielding import found_by, parts_shown
from cp.terms import Role


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
