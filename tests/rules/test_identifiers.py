"""Pupil numbers and NHS numbers."""

import pytest

from cp.rules.identifiers import nhs_normal, nhs_shown, nhs_verdict, upn_normal, upn_verdict


@pytest.mark.parametrize(
    ("text", "authority_known", "expected"),
    [
        pytest.param("H801200001001", True, "ok", id="permanent"),
        pytest.param("B823432110001", True, "ok", id="permanent, worked by hand"),
        pytest.param("P207000016049", True, "ok", id="right, though two vendors say Q"),
        pytest.param("Q207000016049", True, "check", id="the vendors' wrong example"),
        pytest.param("M82343211000A", True, "ok", id="temporary"),
        pytest.param("V80120002601B", True, "ok", id="temporary, another letter"),
        pytest.param("A801200005001", True, "check", id="wrong letter"),
        pytest.param("B839200026001", True, "ok", id="an authority newer than the library"),
        pytest.param("F943200026001", True, "ok", id="another authority newer than the library"),
        pytest.param("F999999999999", False, "unknown_authority", id="unknown authority only warns"),
        pytest.param("A999999999999", False, "check", id="a wrong letter comes before an unknown authority"),
        pytest.param("H80120000100", True, "shape", id="a digit short"),
        pytest.param("I801200001001", True, "shape", id="a letter that is never used"),
        pytest.param("M82343211000O", True, "shape", id="ends in a letter that is never used"),
        pytest.param("MA2343211000A", True, "shape", id="a letter in the middle"),
        pytest.param(" h801 2000 01001", True, "ok", id="spaces and small letters"),
        pytest.param("", True, "shape", id="empty"),
        pytest.param(None, True, "shape", id="missing"),
    ],
)
def test_a_pupil_number_has_a_verdict(text: str | None, authority_known: bool, expected: str) -> None:
    assert upn_verdict(text, authority_known) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("943 476 5919", "ok", id="right"),
        pytest.param("9990000018", "ok", id="test range"),
        pytest.param("4010232137", "ok", id="right, another"),
        pytest.param("943-476-5919", "ok", id="hyphens"),
        pytest.param("9990000007", "check", id="no such number can be"),
        pytest.param("9434765918", "check", id="wrong last digit"),
        pytest.param("943476591", "shape", id="a digit short"),
        pytest.param("943476591X", "shape", id="a letter"),
        pytest.param("", "shape", id="empty"),
        pytest.param(None, "shape", id="missing"),
    ],
)
def test_an_nhs_number_has_a_verdict(text: str | None, expected: str) -> None:
    assert nhs_verdict(text) == expected


@pytest.mark.parametrize("digit", list("0123456789"))
def test_ten_equal_digits_are_no_nhs_number(digit: str) -> None:
    assert nhs_verdict(digit * 10) == "same_digits"


def test_both_are_kept_in_one_form() -> None:
    assert upn_normal("h801 200 001 001") == "H801200001001"
    assert upn_normal("Q207000016049") is None
    assert upn_normal(None) is None
    assert nhs_normal("943 476 5919") == "9434765919"
    assert nhs_normal("1111111111") is None
    assert nhs_shown("9434765919") == "943 476 5919"
