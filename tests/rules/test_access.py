"""Who may see what: the tables of the rules that `decide` is built from."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cp.rules.access import (
    Actor,
    Allowed,
    Holder,
    Principal,
    Refused,
    Subject,
    decide,
    duties_of,
    manages,
    refusal_of,
    refusals_of,
)
from cp.rules.conditions import AGREEMENT_VERSION
from cp.rules.contents import outside_number_shown
from cp.terms import Act, BodyKind, Duty, Part, Role

TODAY = date(2026, 11, 23)
OPEN, SHIELDED = Subject(authority_id=1, shielded=False), Subject(authority_id=1, shielded=True)
EARLY = Subject(authority_id=2, shielded=False, shieldable=False)
ELSEWHERE, GONE = Subject(authority_id=2, shielded=True), Subject(authority_id=1, shielded=False, live=False)
WHOLE = frozenset({Part.IDENTITY, Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS})
IN_ORDER: dict[str, Any] = {
    "active": True, "unused_since": date(2026, 11, 20), "agreement_current": True,
    "check_issued_on": date(2024, 1, 10), "trained_on": date(2025, 4, 18), "practised_on": date(2025, 4, 20),
    "accreditation_ends_on": date(2027, 9, 1), "second_factor": True, "today": TODAY,
}  # fmt: skip
HAS_OPENED = {"shields_from": date(2026, 2, 2), "access_from": date(2026, 3, 2), "opened_on": date(2026, 3, 2)}


@pytest.mark.parametrize(
    ("role", "act", "subject", "expected"),
    [
        pytest.param(None, Act.READ_PUBLIC, None, set(), id="anybody reads what is public"),
        pytest.param(None, Act.SIGN_IN, None, set(), id="anybody may try to sign in"),
        pytest.param(None, Act.SEARCH, None, "not_signed_in", id="a stranger searches nothing"),
        pytest.param("practitioner", Act.SEARCH, None, set(), id="a practitioner searches"),
        pytest.param("practitioner", Act.SEARCH_FAMILY, None, "role", id="but by no carer or address"),
        pytest.param("management_team", Act.SEARCH_FAMILY, None, set(), id="which the management team may"),
        pytest.param("practitioner", Act.OPEN_RECORD, OPEN, WHOLE | {Part.EDUCATION_NUMBERS}, id="opens a record"),
        pytest.param("practitioner", Act.OPEN_RECORD, SHIELDED, {Part.IDENTITY}, id="opens a shielded record"),
        pytest.param("practitioner", Act.PRINT_RECORD, SHIELDED, "shielded", id="prints no shielded record"),
        pytest.param("practitioner", Act.RECORD_INVOLVEMENT, SHIELDED, "shielded", id="joins no shielded record"),
        pytest.param("practitioner", Act.END_INVOLVEMENT, SHIELDED, {Part.IDENTITY}, id="ends their own all the same"),
        pytest.param("practitioner", Act.OPEN_RECORD, GONE, "none", id="opens no record that is not live"),
        pytest.param("practitioner", Act.OPEN_RECORD, EARLY, "none", id="none whose area cannot shield yet"),
        pytest.param("management_team", Act.OPEN_RECORD, EARLY, "none", id="nor does a team"),
        pytest.param(
            "practitioner",
            Act.OPEN_RECORD,
            replace(EARLY, on_own_list=True),
            WHOLE | {Part.EDUCATION_NUMBERS},
            id="but of a child whom they work with",
        ),
        pytest.param("practitioner", Act.SHIELD, OPEN, "role", id="shields nobody"),
        pytest.param("management_team", Act.SHIELD, ELSEWHERE, "role", id="a team shields no other area's child"),
        pytest.param("account_manager", Act.SUSPEND_ACCOUNT, OPEN, set(), id="who runs accounts is shown no record"),
        pytest.param("national_administrator", Act.ANSWER_JOIN_REQUEST, None, "role", id="the nation's lets nobody in"),
        pytest.param(
            "management_team",
            Act.OPEN_RECORD,
            SHIELDED,
            WHOLE | {Part.EDUCATION_NUMBERS, Part.HEALTH_NUMBERS, Part.SENSITIVE},
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
    decision = decide(somebody(role=Role(role)) if role else None, act, subject, TODAY)

    assert (decision.parts if isinstance(decision, Allowed) else decision.reason) == expected


def test_what_anybody_does_takes_no_entry_by_itself() -> None:
    assert decide(None, Act.READ_PUBLIC, None, TODAY) == Allowed(duties=frozenset())


def test_a_lapsed_person_sees_their_account_and_no_child() -> None:
    lapsed = somebody(check_issued_on=date(2023, 11, 23), trained_on=None)

    assert decide(lapsed, Act.SEE_ACCOUNT, None, TODAY) == Allowed()
    assert decide(lapsed, Act.PREPARE_SEARCH, None, TODAY) == Refused("check")
    assert decide(lapsed, Act.OPEN_RECORD, OPEN, TODAY) == Refused("check")
    assert refusals_of(lapsed, TODAY) == ["check", "training"]
    assert refusal_of(lapsed, TODAY) == "check"
    assert refusal_of(somebody(), TODAY) is None


def test_only_a_signed_in_active_person_has_an_account_to_see() -> None:
    assert decide(somebody(second_factor=False), Act.STAY_SIGNED_IN, None, TODAY) == Refused("not_signed_in")
    assert decide(somebody(active=False), Act.SEE_ACCOUNT, None, TODAY) == Refused("not_signed_in")


def test_an_old_agreement_is_no_agreement() -> None:
    assert refusals_of(somebody(agreement_version=AGREEMENT_VERSION - 1), TODAY) == ["agreement"]


def test_opening_a_record_is_audited_with_its_reason() -> None:
    decision = decide(somebody(), Act.OPEN_RECORD, OPEN, TODAY)

    assert decision == Allowed(WHOLE | {Part.EDUCATION_NUMBERS}, frozenset({Duty.AUDIT, Duty.REASON, Duty.LIMIT}))
    own = decide(somebody(), Act.OPEN_RECORD, replace(OPEN, on_own_list=True), TODAY)
    assert isinstance(own, Allowed)
    assert own.duties == {Duty.AUDIT, Duty.LIMIT}


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (Act.SEARCH, set()),
        (Act.OPEN_RECORD, {Duty.LIMIT}),
        (Act.PRINT_RECORD, {Duty.LIMIT}),
        (Act.GRANT, {Duty.STEP_UP}),
        (Act.PRINT_LINK, {Duty.STEP_UP}),
        (Act.ENROL_FACTOR, {Duty.STEP_UP}),
        (Act.SET_LIMITS, {Duty.STEP_UP, Duty.ALERT}),
    ],
)
def test_what_an_act_takes(act: Act, expected: set[Duty]) -> None:
    assert duties_of(act) == expected | {Duty.AUDIT}


UNA = {"role": Role.ACCOUNT_MANAGER, "account_id": 9, "organisation_id": 5, "body_kind": BodyKind.AUTHORITY}
HEAD = {"role": Role.ACCOUNT_MANAGER, "account_id": 8, "organisation_id": 1}
ADE = {"role": Role.NATIONAL_ADMINISTRATOR, "account_id": 7, "organisation_id": 6, "authority_id": 2}
SAM_HOLDS = Holder(1, 1, 1, frozenset({Role.PRACTITIONER}))


@pytest.mark.parametrize(
    ("who", "holder", "expected"),
    [
        pytest.param(UNA, SAM_HOLDS, True, id="the authority's manager runs everybody in it"),
        pytest.param(UNA, replace(SAM_HOLDS, authority_id=2), False, id="and nobody in another"),
        pytest.param(UNA, replace(SAM_HOLDS, roles=frozenset()), True, id="nor has the account to hold a role"),
        pytest.param(HEAD, SAM_HOLDS, True, id="a school's manager runs the school's"),
        pytest.param(HEAD, replace(SAM_HOLDS, organisation_id=2), False, id="and no other school's"),
        pytest.param(UNA, replace(SAM_HOLDS, roles=frozenset({Role.NATIONAL_ADMINISTRATOR})), False, id="no national"),
        pytest.param(ADE, SAM_HOLDS, False, id="the nation's runs nobody who sees a child"),
        pytest.param(ADE, replace(SAM_HOLDS, roles=frozenset({Role.ACCOUNT_MANAGER})), True, id="but the managers"),
        pytest.param(
            ADE, replace(SAM_HOLDS, roles=frozenset({Role.ACCOUNT_MANAGER, Role.PRACTITIONER})), False, id="not both"
        ),
        pytest.param(ADE, replace(SAM_HOLDS, roles=frozenset()), False, id="nor one without a role"),
        pytest.param({}, SAM_HOLDS, False, id="a practitioner runs nobody's"),
    ],
)
def test_who_runs_whose_account(who: dict[str, Any], holder: Holder, expected: bool) -> None:
    actor = somebody(**who)

    assert manages(actor, holder) is expected
    if actor.role is not Role.PRACTITIONER:
        decision = decide(actor, Act.SEE_ONE_ACCOUNT, holder, TODAY)
        assert decision == (Allowed() if expected else Refused("none", hidden=True))


def test_nobody_changes_their_own_account_as_its_manager() -> None:
    own = Holder(9, 5, 1, frozenset({Role.ACCOUNT_MANAGER}))

    assert decide(somebody(**UNA), Act.SUSPEND_ACCOUNT, own, TODAY) == Refused("to_oneself")
    assert decide(somebody(**UNA), Act.SEE_ONE_ACCOUNT, own, TODAY) == Allowed()


NIA = Principal(
    account_uid=UUID(int=8), name="Nia Pritchard", organisation_name="Vale Community Health",
    body_kind=BodyKind.HEALTH, practitioner_id=2, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 24),
    agreement_version=AGREEMENT_VERSION, kept_on=date(2026, 11, 2),
    **{name: IN_ORDER[name] for name in ("active", "unused_since", "check_issued_on", "trained_on", "practised_on",
                                         "accreditation_ends_on")},
    **HAS_OPENED,  # type: ignore[arg-type]
)  # fmt: skip


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (NIA, []),
        (None, ["no_principal"]),
        (replace(NIA, ends_on=TODAY), ["delegation_ended"]),
        (replace(NIA, trained_on=None), ["principal"]),
        (replace(NIA, practised_on=None), ["principal"]),
        (replace(NIA, active=False), ["principal"]),
        (replace(NIA, kept_on=None), ["principal"]),
    ],
)
def test_an_assistant_works_while_the_principal_may(principal: Principal | None, expected: list[str]) -> None:
    assert refusals_of(somebody(role=Role.ASSISTANT, principal=principal), TODAY) == expected


def test_an_assistant_sees_no_number_that_the_principal_may_not() -> None:
    for own, parts in ((BodyKind.HEALTH, {Part.HEALTH_NUMBERS}), (BodyKind.EDUCATION, set())):
        decision = decide(somebody(role=Role.ASSISTANT, principal=NIA, body_kind=own), Act.OPEN_RECORD, OPEN, TODAY)
        assert isinstance(decision, Allowed)
        assert decision.parts == WHOLE | parts


def test_an_account_that_nobody_confirmed_is_told_so() -> None:
    forgotten = somebody(kept_on=date(2026, 5, 1))

    assert refusals_of(forgotten, date(2026, 7, 31)) == []
    assert refusals_of(forgotten, date(2026, 8, 1)) == ["review"]
    assert refusals_of(replace(forgotten, active=False), date(2026, 8, 1)) == ["not_active", "review"]


def test_a_record_that_is_not_live_reads_as_none_at_all() -> None:
    assert decide(somebody(), Act.OPEN_RECORD, GONE, TODAY) == Refused("none", hidden=True)
    assert decide(somebody(), Act.PRINT_RECORD, SHIELDED, TODAY) == Refused("shielded", hidden=False)


@pytest.mark.parametrize("body_kind", list(BodyKind))
@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.MANAGEMENT_TEAM])
@pytest.mark.parametrize("subject", [OPEN, SHIELDED], ids=["open", "shielded"])
def test_the_decision_agrees_with_the_rule_on_other_bodies_numbers(
    body_kind: BodyKind, role: Role, subject: Subject
) -> None:
    decision = decide(somebody(role=role, body_kind=body_kind), Act.OPEN_RECORD, subject, TODAY)

    assert isinstance(decision, Allowed)
    for number, part in (("upn", Part.EDUCATION_NUMBERS), ("nhs", Part.HEALTH_NUMBERS)):
        team = role is Role.MANAGEMENT_TEAM
        assert (part in decision.parts) is outside_number_shown(number, body_kind, team, subject.shielded)


def somebody(**but: Any) -> Actor:
    """Sam, with everything in order."""
    sam: dict[str, Any] = {
        "account_id": 1, "account_uid": UUID(int=1), "name": "Sam Okafor", "role": Role.PRACTITIONER,
        "organisation_id": 1, "organisation_uid": UUID(int=2), "organisation_name": "Hollin Bank Primary School",
        "body_kind": BodyKind.EDUCATION, "authority_id": 1, "authority_uid": UUID(int=3), "authority_name": "Northvale",
        "team_phone": "+441614960130", "help_phone": "+441614960133", "practitioner_id": 1, "request_id": UUID(int=4),
        "agreement_version": AGREEMENT_VERSION, "kept_on": date(2026, 11, 2), **HAS_OPENED,
    }  # fmt: skip
    conditions = {name: value for name, value in IN_ORDER.items() if name not in ("agreement_current", "today")}
    return Actor(**sam | conditions | but)
