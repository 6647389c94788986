"""What a record may hold, and how it is worded."""

from datetime import date

import pytest

from cp.rules.contents import (
    address_problem,
    carer_may_be_held,
    gender_of,
    gender_said,
    may_hold,
    outside_number_shown,
)
from cp.terms import Gender


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param("former_name", True, id="former name"),
        pytest.param("assessment_exists", True, id="that an assessment exists"),
        pytest.param("assessment_content", False, id="what it says"),
        pytest.param("case_note", False, id="case note"),
        pytest.param("sibling_link", False, id="brothers and sisters"),
        pytest.param("exam_result", False, id="exam result"),
        pytest.param("cause_for_concern", False, id="cause for concern"),
        pytest.param("photograph", False, id="photograph"),
        pytest.param("", False, id="empty"),
    ],
)
def test_a_record_holds_only_what_is_listed(item: str, expected: bool) -> None:
    assert may_hold(item) is expected


@pytest.mark.parametrize(
    ("current", "last_known", "none_known", "left_area", "expected"),
    [
        pytest.param(1, 0, False, False, None, id="one address"),
        pytest.param(2, 0, False, False, None, id="home and boarding school"),
        pytest.param(0, 1, False, False, None, id="last known"),
        pytest.param(0, 0, True, False, None, id="none known"),
        pytest.param(0, 0, False, True, None, id="left the area"),
        pytest.param(1, 1, False, False, "two_states", id="current and last known"),
        pytest.param(1, 0, True, False, "two_states", id="current and none known"),
        pytest.param(0, 0, True, True, "two_states", id="none known and left"),
        pytest.param(0, 2, False, False, "two_last_known", id="two last known"),
        pytest.param(0, 0, False, False, "missing", id="silence"),
    ],
)
def test_an_address_is_in_one_of_four_states(
    current: int, last_known: int, none_known: bool, left_area: bool, expected: str | None
) -> None:
    assert address_problem(current, last_known, none_known, left_area) == expected


@pytest.mark.parametrize(
    ("responsibility", "care", "born", "today", "expected"),
    [
        pytest.param(True, False, "2008-11-23", "2026-11-22", True, id="responsibility, the day before 18"),
        pytest.param(True, False, "2008-11-23", "2026-11-23", False, id="responsibility, on 18"),
        pytest.param(False, True, "2008-11-23", "2026-11-23", True, id="care, on 18"),
        pytest.param(True, True, "2008-11-23", "2026-11-23", True, id="both, on 18"),
        pytest.param(True, False, "2008-02-29", "2026-02-28", True, id="born on 29 February, the day before"),
        pytest.param(True, False, "2008-02-29", "2026-03-01", False, id="born on 29 February, on 18"),
        pytest.param(False, False, "2016-01-01", "2026-11-23", False, id="neither"),
    ],
)
def test_a_carer_is_held_for_responsibility_or_care(
    responsibility: bool, care: bool, born: str, today: str, expected: bool
) -> None:
    assert carer_may_be_held(responsibility, care, date.fromisoformat(born), date.fromisoformat(today)) is expected


@pytest.mark.parametrize(
    ("number_kind", "body_kind", "management_team", "shielded", "expected"),
    [
        pytest.param("upn", "education", False, False, True, id="pupil number to education"),
        pytest.param("upn", "health", False, False, False, id="pupil number to health"),
        pytest.param("nhs", "health", False, False, True, id="NHS number to health"),
        pytest.param("nhs", "education", False, False, False, id="NHS number to education"),
        pytest.param("nhs", "health", False, True, False, id="hidden by the shield"),
        pytest.param("nhs", "health", False, None, False, id="shield not known"),
        pytest.param("upn", None, True, True, True, id="management team"),
        pytest.param("upn", None, False, False, False, id="no kind of body"),
        pytest.param("passport", "education", True, False, False, id="a number that nobody here issues"),
    ],
)
def test_another_bodys_number_is_read_by_that_kind_of_body(
    number_kind: str, body_kind: str | None, management_team: bool, shielded: bool | None, expected: bool
) -> None:
    assert outside_number_shown(number_kind, body_kind, management_team, shielded) is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("F", "female", id="F"),
        pytest.param(" boy ", "male", id="a word with spaces"),
        pytest.param("MALE", "male", id="capitals"),
        pytest.param("girl", "female", id="girl"),
        pytest.param("", "not_specified", id="empty"),
        pytest.param(None, "not_specified", id="missing"),
        pytest.param("Not known", "not_specified", id="said not to be known"),
        pytest.param("X", "not_specified", id="another letter"),
    ],
)
def test_gender_is_a_value_or_not_specified(word: str | None, expected: str) -> None:
    assert gender_of(word) == expected


@pytest.mark.parametrize(
    ("gender", "born", "expected"),
    [
        pytest.param(Gender.FEMALE, "2016-01-01", "Girl", id="girl"),
        pytest.param(Gender.MALE, "2016-01-01", "Boy", id="boy"),
        pytest.param(Gender.FEMALE, "2008-11-24", "Girl", id="the day before 18"),
        pytest.param(Gender.FEMALE, "2008-11-23", "Young woman", id="on 18"),
        pytest.param(Gender.MALE, "2006-01-01", "Young man", id="young man"),
        pytest.param(Gender.NOT_SPECIFIED, "2016-01-01", "Gender not specified", id="not specified"),
        pytest.param(Gender.NOT_SPECIFIED, "2006-01-01", "Gender not specified", id="not specified, over 18"),
    ],
)
def test_gender_is_said_in_a_word_for_the_age(gender: Gender, born: str, expected: str) -> None:
    assert gender_said(gender, date.fromisoformat(born), date(2026, 11, 23)) == expected
