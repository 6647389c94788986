"""What an account must have to be used: grants, the four-month review, assistants, fresh factors."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cp.rules.conditions import (
    account_refusal,
    account_refusals,
    accreditation_asked,
    assistant_refusal,
    check_in_date,
    grant_refusal,
    review_due_on,
    review_suspends,
    step_up_fresh,
    takes_two,
)
from cp.terms import Right, Role

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


IN_ORDER: dict[str, Any] = {
    "active": True, "unused_since": date(2026, 11, 20), "agreement_current": True,
    "check_issued_on": date(2024, 1, 10), "trained_on": date(2025, 4, 18), "practised": True,
    "accreditation_ends_on": date(2027, 9, 1), "second_factor": True, "today": TODAY,
}  # fmt: skip


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
        pytest.param({"practised": False}, "practice", id="practice tasks not done"),
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
        "practice",
        "accreditation",
        "second_factor",
    ]


def test_everybody_but_a_supplier_waits_for_the_accreditation() -> None:
    assert [role for role in Role if not accreditation_asked(role)] == [Role.SUPPLIER]


@pytest.mark.parametrize(
    ("granter_role", "granter", "receiver", "right", "second", "expected"),
    [
        pytest.param(Role.ACCOUNT_MANAGER, "una", "sam", Role.PRACTITIONER, None, None, id="practitioner"),
        pytest.param(Role.ACCOUNT_MANAGER, "una", "una", Role.PRACTITIONER, None, "to_oneself", id="to oneself"),
        pytest.param(Role.ACCOUNT_MANAGER, "una", "ola", Right.OVERRIDE, None, "second_approver", id="override alone"),
        pytest.param(Role.ACCOUNT_MANAGER, "una", "ola", Right.OVERRIDE, "amir", None, id="override by two"),
        pytest.param(Role.ACCOUNT_MANAGER, "una", "ola", Right.OVERRIDE, "una", "second_approver", id="by one twice"),
        pytest.param(Role.ACCOUNT_MANAGER, "una", "ola", Right.OVERRIDE, "ola", "to_oneself", id="by the receiver"),
        pytest.param(Role.PRACTITIONER, "sam", "nia", Role.PRACTITIONER, None, "role", id="a practitioner"),
        pytest.param(Role.ACCOUNT_MANAGER, "una", "max", Role.MANAGEMENT_TEAM, None, "second_approver", id="team"),
        pytest.param(Role.ACCOUNT_MANAGER, "una", "max", Role.MANAGEMENT_TEAM, "amir", None, id="team by two"),
        pytest.param(
            Role.NATIONAL_ADMINISTRATOR, "ade", "una", Role.NATIONAL_ADMINISTRATOR, None, "second_approver", id="nation"
        ),
        pytest.param(
            Role.NATIONAL_ADMINISTRATOR, "ade", "una", Role.ACCOUNT_MANAGER, None, "second_approver", id="manager"
        ),
        pytest.param(
            Role.ACCOUNT_MANAGER, "una", "rex", Role.ACCOUNT_MANAGER, None, "second_approver", id="a manager's own kind"
        ),
        pytest.param(Role.ACCOUNT_MANAGER, "una", "rex", Role.ACCOUNT_MANAGER, "amir", None, id="manager by two"),
        pytest.param(None, "una", "sam", Role.PRACTITIONER, None, "role", id="no role"),
        pytest.param(Role.ACCOUNT_MANAGER, None, "sam", Role.PRACTITIONER, None, "role", id="nobody grants"),
        pytest.param(Role.ACCOUNT_MANAGER, "una", None, Role.PRACTITIONER, None, "to_oneself", id="to nobody"),
        pytest.param(Role.ACCOUNT_MANAGER, "una", "sam", None, None, "role", id="nothing"),
    ],
)
def test_nobody_grants_to_themselves_and_grave_rights_need_two(
    granter_role: Role | None, granter: str | None, receiver: str | None, right: Role | Right | None,
    second: str | None, expected: str | None,
) -> None:  # fmt: skip
    assert grant_refusal(granter_role, granter, receiver, right, second) == expected


def test_what_takes_two_is_what_sees_most_and_what_agrees() -> None:
    assert [one for one in (*Role, *Right) if takes_two(one)] == [
        Role.MANAGEMENT_TEAM, Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR, Right.OVERRIDE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kept_on", "expected"),
    [
        ("2026-11-01", "2027-03-31"),
        ("2026-10-16", "2026-11-30"),
        ("2026-10-17", "2027-03-31"),
        ("2026-12-31", "2027-03-31"),
        ("2027-02-14", "2027-03-31"),
        ("2027-02-15", "2027-07-31"),
        ("2027-07-31", "2027-11-30"),
        (None, None),
    ],
)
def test_three_rounds_a_year_ask_about_an_account(kept_on: str | None, expected: str | None) -> None:
    due = review_due_on(date.fromisoformat(kept_on) if kept_on else None)

    assert (due.isoformat() if due else None) == expected


def test_no_account_goes_longer_than_half_a_year_without_an_answer() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(4 * 366)]
    waits = [((review_due_on(day) or day) - day).days for day in days]

    assert (min(waits), max(waits)) == (45, 45 + 121)


@pytest.mark.parametrize(
    ("answer", "today", "expected"),
    [
        (None, "2026-11-30", False),
        (None, "2026-12-01", True),
        ("keep", "2026-12-01", False),
        ("remove", "2026-11-23", True),
    ],
)
def test_silence_suspends(answer: str | None, today: str, expected: bool) -> None:
    assert review_suspends(date(2026, 11, 30), answer, date.fromisoformat(today)) is expected


def test_not_knowing_when_an_answer_is_due_suspends() -> None:
    assert review_suspends(None, None, TODAY)


@pytest.mark.parametrize(
    ("own", "principals", "principal", "ends_on", "expected"),
    [
        pytest.param(None, None, "nia", "2026-11-24", None, id="in order"),
        pytest.param(None, None, "nia", "2026-11-23", "delegation_ended", id="ended today"),
        pytest.param(None, None, "nia", None, "delegation_ended", id="without an end"),
        pytest.param(None, None, None, "2026-11-24", "no_principal", id="for nobody"),
        pytest.param("check", None, "nia", "2026-11-24", "check", id="own check"),
        pytest.param(None, "training", "nia", "2026-11-24", "principal", id="the principal's training"),
    ],
)
def test_an_assistant_acts_for_a_named_principal_until_a_date(
    own: str | None, principals: str | None, principal: str | None, ends_on: str | None, expected: str | None
) -> None:
    end = date.fromisoformat(ends_on) if ends_on else None

    assert assistant_refusal(own, principals, principal, date(2026, 9, 1), end, TODAY) == expected


@pytest.mark.parametrize(
    ("seconds_ago", "expected"), [(0, True), (299, True), (300, False), (-1, False), (None, False)]
)
def test_a_second_factor_is_fresh_for_five_minutes(seconds_ago: int | None, expected: bool) -> None:
    given = None if seconds_ago is None else NOW - timedelta(seconds=seconds_ago)

    assert step_up_fresh(given, NOW) is expected
