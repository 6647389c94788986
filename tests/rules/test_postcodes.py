"""Postcodes, whole and their first half."""

import pytest

from cp.rules.postcodes import is_first_half, normalise, outward, postcode_verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("sw1h9na", "ok", id="small letters, no space"),
        pytest.param("DN55 1PT", "ok", id="AA99"),
        pytest.param("ZA1 1AA", "ok", id="the area that does not exist"),
        pytest.param("M1 1AE", "ok", id="A9"),
        pytest.param("B33 8TH", "ok", id="A99"),
        pytest.param("CR2 6XH", "ok", id="AA9"),
        pytest.param("W1F 4GB", "ok", id="A9A"),
        pytest.param("W1A 0AX", "ok", id="A9A, a nought after"),
        pytest.param("N1C 4AG", "ok", id="A9A, newer"),
        pytest.param("EC1A 1BB", "ok", id="AA9A"),
        pytest.param("SW1A 1AA", "ok", id="AA9A, another"),
        pytest.param("JE2 3AB", "ok", id="Jersey"),
        pytest.param("BX1 1LT", "ok", id="not a place"),
        pytest.param("GIR 0AA", "ok", id="the one exception"),
        pytest.param("CR0 4AA", "ok", id="district nought"),
        pytest.param("EC1C 1BB", "unusual", id="fourth letter never used"),
        pytest.param("W1P 1AA", "unusual", id="third letter that the pattern refuses"),
        pytest.param("Q1 1AA", "unusual", id="first letter never used"),
        pytest.param("AJ1 1AA", "unusual", id="second letter never used"),
        pytest.param("M1 1CA", "unusual", id="a last letter never used"),
        pytest.param("P01 3AX", "unusual", id="a nought for an O"),
        pytest.param("PO01 3AX", "unusual", id="a nought before the district"),
        pytest.param("ZZ99 3CZ", "no_fixed_place", id="no fixed address"),
        pytest.param("BFPO 1", "forces", id="forces"),
        pytest.param("bfpo 5799", "forces", id="forces, four digits"),
        pytest.param("NONE", "shape", id="a word"),
        pytest.param("NV4", "shape", id="a first half"),
        pytest.param("M1 OAE", "shape", id="a letter O for the nought"),
        pytest.param("M1 1AÉ", "shape", id="an accent"),
        pytest.param("M1 1AE" * 1000, "shape", id="far too long"),
        pytest.param("", "shape", id="empty"),
        pytest.param(None, "shape", id="missing"),
    ],
)
def test_a_postcode_has_a_verdict(text: str | None, expected: str) -> None:
    assert postcode_verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("sw1h9na", "SW1H 9NA", id="no space"),
        pytest.param("d n 5 5 1pt", "DN55 1PT", id="spaces everywhere"),
        pytest.param("W1P-1AA", "W1P 1AA", id="unusual is kept"),
        pytest.param("zz993cz", "ZZ99 3CZ", id="no fixed address"),
        pytest.param("BFPO1", "BFPO 1", id="forces"),
        pytest.param("bfpo 5799", "BFPO 5799", id="forces, four digits"),
        pytest.param("NV4", None, id="only a first half"),
        pytest.param("none", None, id="a word"),
        pytest.param(None, None, id="missing"),
    ],
)
def test_a_postcode_is_kept_in_one_form(text: str | None, expected: str | None) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "half", "only"),
    [
        pytest.param("NV4 7QD", "NV4", False, id="whole"),
        pytest.param("nv47qd", "NV4", False, id="whole, no space"),
        pytest.param("NV4", "NV4", True, id="first half"),
        pytest.param("n v 4", "NV4", True, id="first half, spaces"),
        pytest.param("M1", "M1", True, id="two characters"),
        pytest.param("EC1A", "EC1A", True, id="four characters"),
        pytest.param("M11AA", "M1", False, id="the shortest whole one"),
        pytest.param("BFPO 1", "BFPO", False, id="forces"),
        pytest.param("bfpo", "BFPO", True, id="forces, first half"),
        pytest.param("NV4 7", "NV4", True, id="a digit of the second half"),
        pytest.param("NV47", "NV47", True, id="without a space it is another district"),
        pytest.param("NV4 7Q", None, False, id="neither whole nor half"),
        pytest.param("N", None, False, id="an area alone"),
        pytest.param("NV", None, False, id="an area alone, two letters"),
        pytest.param("4", None, False, id="a digit"),
        pytest.param("", None, False, id="empty"),
        pytest.param(None, None, False, id="missing"),
    ],
)
def test_the_first_half_of_a_postcode(text: str | None, half: str | None, only: bool) -> None:
    assert outward(text) == half
    assert is_first_half(text) is only
