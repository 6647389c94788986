"""Sensitive services: on what ground one may be recorded, who sees it, and who calls a service sensitive."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from cp.rules.sensitive import (
    ON_SCREEN_ALONE,
    WORDING,
    WORDING_VERSION,
    Reader,
    longest_until,
    may_declare,
    sensitive_refusal,
    sensitive_shown,
)
from cp.terms import SensitiveGround

TODAY = date(2026, 11, 23)
CONSENT: dict[str, Any] = {
    "ground": "child", "understands": True, "given_on": TODAY, "ends_on": None, "withdrawn_on": None, "named": True,
}  # fmt: skip
PARENT = {"ground": "parent", "understands": False}
HARM = {"ground": "suspected_harm", "understands": None, "given_on": None}


@pytest.mark.parametrize(
    ("but", "expected"),
    [
        pytest.param({}, None, id="the child's own consent, given today"),
        pytest.param({"understands": None}, "not_judged_to_understand", id="not known whether the child understands"),
        pytest.param({"understands": False}, "not_judged_to_understand", id="the child does not understand"),
        pytest.param({"ground": "parent"}, "ask_the_child", id="a parent's, for a child who understands"),
        pytest.param({**PARENT, "understands": None}, "ask_the_child", id="a parent's, the child was not asked"),
        pytest.param(PARENT, None, id="a parent's, for a child who does not understand"),
        pytest.param({**PARENT, "given_on": None}, "not_given", id="a parent's, not given"),
        pytest.param({"given_on": date(2026, 11, 24)}, "not_given", id="given tomorrow"),
        pytest.param({"given_on": None}, "not_given", id="not known to be given"),
        pytest.param({"withdrawn_on": TODAY}, "withdrawn", id="withdrawn today"),
        pytest.param({"ends_on": TODAY}, "ended", id="ends today"),
        pytest.param({"ends_on": date(2026, 11, 24)}, None, id="ends tomorrow"),
        pytest.param({"named": False}, "nobody_named", id="nobody judged it"),
        pytest.param({"given_on": date(2025, 11, 24)}, None, id="given twelve months ago tomorrow"),
        pytest.param({"given_on": date(2025, 11, 23)}, "ended", id="given twelve months ago"),
        pytest.param({"given_on": date(2025, 11, 23), "ends_on": date(2027, 1, 1)}, "ended", id="said to last longer"),
        pytest.param({"given_on": date(2024, 2, 29), "ends_on": date(2024, 3, 1)}, "ended", id="ended long ago"),
        pytest.param(HARM, None, id="suspected harm"),
        pytest.param({**HARM, "named": False}, "nobody_named", id="suspected harm that nobody judged"),
        pytest.param({**HARM, "ends_on": TODAY}, "ended", id="suspected harm until today"),
        pytest.param({**HARM, "ends_on": date(2026, 11, 24)}, None, id="suspected harm until tomorrow"),
        pytest.param({**HARM, "withdrawn_on": TODAY}, "withdrawn", id="suspected harm, withdrawn"),
        pytest.param({"understands": None, "withdrawn_on": TODAY}, "withdrawn", id="withdrawn counts first"),
    ],
)
def test_the_ground_for_a_sensitive_service(but: dict[str, Any], expected: str | None) -> None:
    facts = CONSENT | but

    assert sensitive_refusal(**facts | {"ground": SensitiveGround(facts["ground"])}, today=TODAY) == expected


@pytest.mark.parametrize(
    ("from_on", "expected"),
    [
        pytest.param(TODAY, date(2027, 11, 23), id="a year on"),
        pytest.param(date(2024, 2, 29), date(2025, 3, 1), id="a day that does not come again"),
    ],
)
def test_a_ground_lasts_twelve_months_at_most(from_on: date, expected: date) -> None:
    assert longest_until(from_on) == expected


@pytest.mark.parametrize(
    ("reader", "ground_in_force", "authority_line", "expected"),
    [
        ("practitioner", True, False, "nothing"),
        ("practitioner", False, False, "nothing"),
        ("practitioner", True, True, "neutral_line"),
        ("practitioner", False, True, "neutral_line"),
        ("own_service", True, False, "entry"),
        ("own_service", False, False, "nothing"),
        ("own_service", True, True, "entry"),
        ("own_service", False, True, "neutral_line"),
        ("management_team", True, False, "entry"),
        ("management_team", False, False, "nothing"),
        ("management_team", False, True, "neutral_line"),
        ("override_holder", True, False, "nothing"),
        ("override_holder", True, True, "neutral_line"),
        ("reviewer", True, True, "nothing"),
        ("reviewer", False, False, "nothing"),
    ],
)
def test_who_sees_a_sensitive_service(
    reader: Reader, ground_in_force: bool, authority_line: bool, expected: str
) -> None:
    assert sensitive_shown(reader, ground_in_force, authority_line) == expected


@pytest.mark.parametrize(
    ("at_authority", "own", "same_authority", "has_own_manager", "expected"),
    [
        pytest.param(False, True, True, True, True, id="a service's own manager"),
        pytest.param(False, False, True, False, False, id="a neighbour's manager"),
        pytest.param(True, True, True, True, True, id="the authority's manager, of the council"),
        pytest.param(True, False, True, False, True, id="the authority's manager, where there is no other"),
        pytest.param(True, False, True, True, False, id="the authority's manager, where there is another"),
        pytest.param(True, False, False, False, False, id="another authority's manager"),
    ],
)
def test_who_calls_a_service_sensitive(
    at_authority: bool, own: bool, same_authority: bool, has_own_manager: bool, expected: bool
) -> None:
    assert may_declare(at_authority, own, same_authority, has_own_manager) is expected


def test_what_is_read_out_says_who_sees_it_and_that_no_is_an_answer() -> None:
    assert WORDING_VERSION == 1
    assert set(WORDING) == {SensitiveGround.CHILD, SensitiveGround.PARENT}
    for text in WORDING.values():
        assert "management team will see it" in text
        assert "You may say no" in text
        assert "change your mind on any day" in text


READ_OUT = {1: {"child": "ece3009f3d8d14e1", "parent": "f2f1c21497f24b3a"}}
"""Of each version, the texts by their hash: what was read out under a version stays as it was."""


def test_another_wording_is_another_version() -> None:
    hashed = {ground.value: sha256(text.encode()).hexdigest()[:16] for ground, text in WORDING.items()}

    assert hashed == READ_OUT[WORDING_VERSION]


def test_what_a_sensitive_service_recorded_is_never_printed() -> None:
    assert {part.value for part in ON_SCREEN_ALONE} == {"own_sensitive", "sensitive"}
