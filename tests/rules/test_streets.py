"""What a line of an address says of the street and of the house."""

import pytest

from cp.rules.streets import house_in, same_house, street_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("18 Tanner’s Row", "tannersrow", id="a number and a street"),
        pytest.param("Tanners row", "tannersrow", id="without the house"),
        pytest.param("18a Mill Lane", "milllane", id="a letter behind the number"),
        pytest.param("Flat 2, 18 Mill Ln", "milllane", id="a flat, and the street cut short"),
        pytest.param("Rose Cottage, Mill Lane", "milllane", id="a house with a name"),
        pytest.param("3 Park Rd.", "parkroad", id="a short form with a full stop"),
        pytest.param("St John's St", "saintjohnsstreet", id="a saint's street"),
        pytest.param("Close", "close", id="one word is never cut short"),
        pytest.param("5 Tŷ Draw", "tydraw", id="a Welsh letter"),
        pytest.param("12-14 Well-Street", "wellstreet", id="two numbers, and a hyphen"),
        pytest.param("5 2nd Ave", "2ndavenue", id="a street with a number"),
        pytest.param("18", "", id="a number alone"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_a_street_is_known_by_its_letters(line: str | None, expected: str) -> None:
    assert street_of(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("18 Mill Lane", "18", id="a number"),
        pytest.param("18A Mill Lane", "18a", id="a number and a letter"),
        pytest.param("Mill Lane", "", id="none"),
        pytest.param("Route 66", "", id="a number that the street is called by"),
        pytest.param("2nd Avenue", "", id="a number that the street begins with"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_a_number_before_the_street_is_the_house(line: str | None, expected: str) -> None:
    assert house_in(line) == expected


LINE = "Flat 2, 18a Mill Lane"
NAMED = "Rose-Cottage, Mill Lane"


@pytest.mark.parametrize(
    ("typed", "line", "expected"),
    [
        pytest.param("18a", LINE, True, id="the number"),
        pytest.param("18A", LINE, True, id="in capitals"),
        pytest.param("18", LINE, False, id="without its letter"),
        pytest.param("Flat 2", LINE, True, id="the flat"),
        pytest.param("Flat 3, 18a", LINE, False, id="another flat of the house"),
        pytest.param("1", "18 Mill Lane", False, id="the beginning of a number"),
        pytest.param("rose cottage", NAMED, True, id="a name"),
        pytest.param("Rose Cottage", "18 Mill Lane", False, id="a name against a number"),
        pytest.param("The Old Mill", NAMED, False, id="another name"),
        pytest.param("R", NAMED, False, id="the beginning of a name"),
        pytest.param("Flat", LINE, False, id="what every flat is called"),
        pytest.param("Mill Lane", NAMED, False, id="the street"),
        pytest.param("m", "18 Mill Lane", False, id="the beginning of the street"),
        pytest.param("2n", "2nd Avenue", False, id="the number of the street"),
        pytest.param("-", "18 Mill Lane", False, id="neither"),
        pytest.param(None, "18 Mill Lane", False, id="nothing"),
    ],
)
def test_a_house_is_known_by_its_numbers_or_its_name(typed: str | None, line: str, expected: bool) -> None:
    assert same_house(typed, line) is expected
