"""Who may see what: the tables of the rules that `decide` is built from."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cp.rules.access import (
    AGREEMENT_VERSION,
    Actor,
    Allowed,
    Refused,
    Subject,
    account_refusal,
    account_refusals,
    check_in_date,
    decide,
    found_by,
    parts_shown,
    refusal_of,
    refusals_of,
)
from cp.rules.contents import outside_number_shown
from cp.terms import Act, BodyKind, Duty, Part, Role

TODAY = date(2026, 11, 23)
OPEN, SHIELDED = Subject(authority_id=1, shielded=False), Subject(authority_id=1, shielded=True)
ELSEWHERE, GONE = Subject(authority_id=2, shielded=True), Subject(authority_id=1, shielded=False, live=False)
WHOLE = frozenset({Part.IDENTITY, Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS})
IN_ORDER: dict[str, Any] = {
    "active": True, "unused_since": date(2026, 11, 20), "agreement_current": True,
    "check_issued_on": date(2024, 1, 10), "trained_on": date(2025, 4, 18),
    "accreditation_ends_on": date(2027, 9, 1), "second_factor": True, "today": TODAY,
}  # fmt: skip


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
        pytest.param({"trained_on": TODAY}, None, id="trained today"),
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


@pytest.mark.parametrize(
    ("role", "act", "subject", "expected"),
    [
        pytest.param(None, Act.READ_PUBLIC, None, set(), id="anybody reads what is public"),
        pytest.param(None, Act.SIGN_IN, None, set(), id="anybody may try to sign in"),
        pytest.param(None, Act.SEARCH, None, "not_signed_in", id="a stranger searches nothing"),
        pytest.param("practitioner", Act.SEARCH, None, set(), id="a practitioner searches"),
        pytest.param("practitioner", Act.OPEN_RECORD, OPEN, WHOLE | {Part.EDUCATION_NUMBERS}, id="opens a record"),
        pytest.param("practitioner", Act.OPEN_RECORD, SHIELDED, {Part.IDENTITY}, id="opens a shielded record"),
        pytest.param("practitioner", Act.PRINT_RECORD, SHIELDED, "shielded", id="prints no shielded record"),
        pytest.param("practitioner", Act.RECORD_INVOLVEMENT, SHIELDED, "shielded", id="joins no shielded record"),
        pytest.param("practitioner", Act.END_INVOLVEMENT, SHIELDED, {Part.IDENTITY}, id="ends their own all the same"),
        pytest.param("practitioner", Act.OPEN_RECORD, GONE, "none", id="opens no record that is not live"),
        pytest.param("practitioner", Act.SHIELD, OPEN, "role", id="shields nobody"),
        pytest.param(
            "management_team",
            Act.OPEN_RECORD,
            SHIELDED,
            WHOLE | {Part.EDUCATION_NUMBERS, Part.HEALTH_NUMBERS},
            id="the management team sees through a shield",
        ),
        pytest.param("management_team", Act.OPEN_RECORD, ELSEWHERE, {Part.IDENTITY}, id="but not another authority's"),
        pytest.param("management_team", Act.RECORD_INVOLVEMENT, OPEN, "role", id="and works with no child"),
        pytest.param("account_manager", Act.SEARCH, None, "role", id="an account manager sees no child"),
        pytest.param("reviewer", Act.OPEN_RECORD, OPEN, "role", id="nor does a reviewer"),
        pytest.param("supplier", Act.SEARCH, None, "role", id="nor a supplier"),
        pytest.param("account_manager", Act.SEE_ACCOUNT, None, set(), id="everybody sees their own account"),
    ],
)
def test_who_may_do_what(role: str | None, act: Act, subject: Subject | None, expected: set[Part] | str) -> None:
    decision = decide(_actor(role=Role(role)) if role else None, act, subject, TODAY)

    assert (decision.parts if isinstance(decision, Allowed) else decision.reason) == expected


def test_a_lapsed_person_sees_their_account_and_no_child() -> None:
    lapsed = _actor(check_issued_on=date(2023, 11, 23), trained_on=None)

    assert decide(lapsed, Act.SEE_ACCOUNT, None, TODAY) == Allowed()
    assert decide(lapsed, Act.PREPARE_SEARCH, None, TODAY) == Refused("check")
    assert decide(lapsed, Act.OPEN_RECORD, OPEN, TODAY) == Refused("check")
    assert refusals_of(lapsed, TODAY) == ["check", "training"]
    assert refusal_of(lapsed, TODAY) == "check"
    assert refusal_of(_actor(), TODAY) is None


def test_only_a_signed_in_active_person_has_an_account_to_see() -> None:
    assert decide(_actor(second_factor=False), Act.STAY_SIGNED_IN, None, TODAY) == Refused("not_signed_in")
    assert decide(_actor(active=False), Act.SEE_ACCOUNT, None, TODAY) == Refused("not_signed_in")


def test_an_old_agreement_is_no_agreement() -> None:
    assert refusals_of(_actor(agreement_version=AGREEMENT_VERSION - 1), TODAY) == ["agreement"]


def test_opening_a_record_is_audited_with_its_reason() -> None:
    decision = decide(_actor(), Act.OPEN_RECORD, OPEN, TODAY)

    assert decision == Allowed(WHOLE | {Part.EDUCATION_NUMBERS}, frozenset({Duty.AUDIT, Duty.REASON}))


def test_a_record_that_is_not_live_reads_as_none_at_all() -> None:
    assert decide(_actor(), Act.OPEN_RECORD, GONE, TODAY) == Refused("none", hidden=True)
    assert decide(_actor(), Act.PRINT_RECORD, SHIELDED, TODAY) == Refused("shielded", hidden=False)


@pytest.mark.parametrize("body_kind", list(BodyKind))
@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.MANAGEMENT_TEAM])
@pytest.mark.parametrize("subject", [OPEN, SHIELDED], ids=["open", "shielded"])
def test_the_decision_agrees_with_the_rule_on_other_bodies_numbers(
    body_kind: BodyKind, role: Role, subject: Subject
) -> None:
    decision = decide(_actor(role=role, body_kind=body_kind), Act.OPEN_RECORD, subject, TODAY)

    assert isinstance(decision, Allowed)
    for number, part in (("upn", Part.EDUCATION_NUMBERS), ("nhs", Part.HEALTH_NUMBERS)):
        team = role is Role.MANAGEMENT_TEAM
        assert (part in decision.parts) is outside_number_shown(number, body_kind, team, subject.shielded)


def _actor(**but: Any) -> Actor:
    """Sam, with everything in order."""
    sam: dict[str, Any] = {
        "account_id": 1,
        "account_uid": UUID(int=1),
        "name": "Sam Okafor",
        "role": Role.PRACTITIONER,
        "organisation_id": 1,
        "organisation_uid": UUID(int=2),
        "organisation_name": "Hollin Bank Primary School",
        "body_kind": BodyKind.EDUCATION,
        "authority_id": 1,
        "authority_uid": UUID(int=3),
        "authority_name": "Northvale",
        "team_phone": "+441614960130",
        "help_phone": "+441614960133",
        "practitioner_id": 1,
        "request_id": UUID(int=4),
        "agreement_version": AGREEMENT_VERSION,
    }
    conditions = {name: value for name, value in IN_ORDER.items() if name not in ("agreement_current", "today")}
    return Actor(**sam | conditions | but)
