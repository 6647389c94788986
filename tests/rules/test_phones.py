"""Telephone numbers as kept and as read."""

import pytest

from cp.rules.phones import phone_normal, phone_shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("(0161) 496 0123", "+441614960123", id="area code in brackets"),
        pytest.param("+44 (0)20 7946 0123", "+442079460123", id="nought in brackets"),
        pytest.param("0044 7700 900123", "+447700900123", id="00 is a plus"),
        pytest.param("+44 07700 900123", "+447700900123", id="a nought left in"),
        pytest.param("(+44) 7700.900.123", "+447700900123", id="country code in brackets"),
        pytest.param("+33 1 42 68 53 00", "+33142685300", id="foreign"),
        pytest.param("0033 (0)1 42 68 53 00", "+33142685300", id="foreign, 00 and a nought in brackets"),
        pytest.param("0800 1111", "+448001111", id="the short one"),
        pytest.param("0800 123456", "+44800123456", id="nine digits"),
        pytest.param("01632 960123", "+441632960123", id="five-digit area"),
        pytest.param("016977 2345", "+44169772345", id="nine digits in the country"),
        pytest.param("0161\u2013496\u20110123", "+441614960123", id="dashes of other kinds"),
        pytest.param("\u0660\u0661\u0666\u0661 496 0123", "+441614960123", id="digits of another script"),
        pytest.param("020 7946 012", None, id="a digit short"),
        pytest.param("0161 496 01234", None, id="a digit too many"),
        pytest.param("496 0123", None, id="no area code"),
        pytest.param("1614960123", None, id="no nought: what it is would be a guess"),
        pytest.param("0400 123456", None, id="an area that is not allotted"),
        pytest.param("+0 161 496 0123", None, id="no country begins with 0"),
        pytest.param("+44 161 496", None, id="too short after +44"),
        pytest.param("+12345", None, id="foreign, too short"),
        pytest.param("+1234567890123456", None, id="foreign, too long"),
        pytest.param("0161 496 0123 ext 4", None, id="words"),
        pytest.param("0161 496 0123, 0161 496 0124", None, id="two numbers"),
        pytest.param("++44 161 496 0123", None, id="two pluses"),
        pytest.param("0" * 10_000, None, id="far too long"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="missing"),
    ],
)
def test_a_telephone_number_is_kept_in_one_form(text: str | None, expected: str | None) -> None:
    assert phone_normal(text) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param("+441614960110", "0161 496 0110", id="big city"),
        pytest.param("+441134960110", "0113 496 0110", id="big city, other kind"),
        pytest.param("+442079460187", "020 7946 0187", id="London"),
        pytest.param("+447700900123", "07700 900123", id="mobile"),
        pytest.param("+448001111", "0800 1111", id="the short one"),
        pytest.param("+44800123456", "0800 123 456", id="nine digits"),
        pytest.param("+448001234567", "0800 123 4567", id="freephone"),
        pytest.param("+443451234567", "0345 123 4567", id="from anywhere"),
        pytest.param("+441632960123", "01632 960123", id="five-digit area"),
        pytest.param("+44120462345", "01204 62345", id="five-digit area, nine digits"),
        pytest.param("+441539512345", "015395 12345", id="six-digit area"),
        pytest.param("+441697723456", "016977 23456", id="six-digit area, another"),
        pytest.param("+445612345678", "056 1234 5678", id="over the internet"),
        pytest.param("+33142685300", "+33142685300", id="foreign as kept"),
        pytest.param("+44161", "+44161", id="what it cannot space it leaves"),
    ],
)
def test_a_telephone_number_is_shown_as_it_is_read_here(number: str, expected: str) -> None:
    assert phone_shown(number) == expected


@pytest.mark.parametrize("number", ["+441614960110", "+442079460187", "+447700900123", "+448001111", "+33142685300"])
def test_what_is_shown_can_be_typed_again(number: str) -> None:
    assert phone_normal(phone_shown(number)) == number
