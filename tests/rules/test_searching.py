"""Why a child is looked for, what is too little, and what a result shows."""

from datetime import date
from typing import Any

import pytest

from cp.rules.searching import (
    Family,
    Route,
    family_search_problem,
    reason_for_opening,
    result_row,
    results_shown,
    search_problem,
)
from cp.terms import Gender

NOTHING: dict[str, Any] = {
    "number": False,
    "given_name": None,
    "family_name": None,
    "birth_date": None,
    "age": None,
    "postcode": None,
}
ALI_KHAN = {"given_name": "Ali", "family_name": "Khan"}


@pytest.mark.parametrize(
    ("route", "carried", "given", "expected"),
    [
        pytest.param("search", "working_with", None, "working_with", id="carried from the search"),
        pytest.param("search", None, None, "ask", id="a search without one"),
        pytest.param("search", None, "may_need_help", "may_need_help", id="given now"),
        pytest.param("search", "working_with", "may_need_help", "may_need_help", id="given now outweighs carried"),
        pytest.param("my_involvements", None, None, "working_with", id="the involvement is the reason"),
        pytest.param("my_involvements", None, "working_with", "working_with", id="my involvements, given"),
        pytest.param("my_involvements", "curious", None, "working_with", id="my involvements, nothing carries"),
        pytest.param("link", "working_with", None, "ask", id="a link carries nothing"),
        pytest.param("link", None, "correcting_records", "correcting_records", id="a link, given now"),
        pytest.param("search", "curious", None, "ask", id="not one of the four"),
        pytest.param("search", None, "", "ask", id="empty"),
    ],
)
def test_every_opening_has_a_reason(route: Route, carried: str | None, given: str | None, expected: str) -> None:
    assert reason_for_opening(route, carried, given) == expected


@pytest.mark.parametrize(
    ("but", "expected"),
    [
        pytest.param({"number": True}, None, id="our number"),
        pytest.param({"given_name": "Amira", "birth_date": "whole"}, None, id="given name and birth date"),
        pytest.param({"family_name": "Khan", "birth_date": "whole"}, None, id="family name and birth date"),
        pytest.param({"birth_date": "whole"}, "add_a_name", id="birth date alone"),
        pytest.param({"age": 10, "postcode": "whole"}, "add_a_name", id="age and postcode"),
        pytest.param(
            {"family_name": "Khan", "postcode": "whole"}, "add_other_name_or_birth_date", id="family name and postcode"
        ),
        pytest.param({"given_name": "Ali", "age": 9}, "add_other_name_or_birth_date", id="given name and age"),
        pytest.param(ALI_KHAN, "add_birth_date_age_or_postcode", id="both names"),
        pytest.param(ALI_KHAN | {"age": 0}, None, id="both names and age 0"),
        pytest.param(ALI_KHAN | {"postcode": "first_half"}, None, id="both names and half a postcode"),
        pytest.param(ALI_KHAN | {"postcode": "whole"}, None, id="both names and a postcode"),
        pytest.param(ALI_KHAN | {"birth_date": "year"}, "add_birth_date_age_or_postcode", id="both names and a year"),
        pytest.param(ALI_KHAN | {"birth_date": "year", "age": 9}, None, id="both names, a year and an age"),
        pytest.param({"given_name": "Al*", "birth_date": "whole"}, "wildcard", id="a star"),
        pytest.param({"family_name": "Kh%", "number": True}, "wildcard", id="another wildcard, beside a number"),
        pytest.param({"given_name": " ", "birth_date": "whole"}, "add_a_name", id="a space is no name"),
        pytest.param({"given_name": "\u200b-'", "birth_date": "whole"}, "add_a_name", id="marks are no name"),
        pytest.param({"family_name": "O", "birth_date": "whole"}, None, id="one letter is a name"),
        pytest.param({"given_name": "明", "birth_date": "whole"}, None, id="a letter of another script is a name"),
        pytest.param({}, "nothing", id="nothing at all"),
    ],
)
def test_a_search_asks_the_least_it_may(but: dict[str, Any], expected: str | None) -> None:
    assert search_problem(**NOTHING | but) == expected


FARAH, ROW = {"carer_given": "Farah", "carer_family": "Haddad"}, {"street": "Tanner’s Row"}


@pytest.mark.parametrize(
    ("family", "but", "expected"),
    [
        pytest.param(FARAH, {"postcode": "whole"}, None, id="a carer and a postcode"),
        pytest.param(FARAH, {"postcode": "first_half"}, None, id="a carer and half a postcode"),
        pytest.param(FARAH, {"given_name": "Ali"}, None, id="a carer and the child's given name"),
        pytest.param(FARAH, {"birth_date": "whole"}, None, id="a carer and a birth date"),
        pytest.param(FARAH, {"age": 0}, None, id="a carer and age 0"),
        pytest.param(FARAH, {}, "add_of_the_child", id="a carer alone"),
        pytest.param(FARAH, {"family_name": "Khan"}, "add_of_the_child", id="a carer and the child's family name"),
        pytest.param(FARAH, {"birth_date": "year"}, "add_of_the_child", id="a carer and a year of birth"),
        pytest.param(FARAH | {"house": "18"}, {}, "add_of_the_child", id="a carer and a house"),
        pytest.param({"carer_given": "Farah"}, {"postcode": "whole"}, "add_other_carer_name", id="a given name"),
        pytest.param({"carer_family": "Haddad"}, ALI_KHAN, "add_other_carer_name", id="a family name, and the child"),
        pytest.param(ROW | {"house": "18"}, {"postcode": "whole"}, None, id="a house in a street"),
        pytest.param(ROW | {"house": "Rose Cottage"}, {"postcode": "first_half"}, None, id="a house with a name"),
        pytest.param(ROW | {"carer_family": "Haddad"}, {"postcode": "first_half"}, None, id="a street and a carer"),
        pytest.param(ROW, {"postcode": "whole", "given_name": "Ali"}, None, id="a street and a given name"),
        pytest.param(ROW, {"postcode": "whole", "family_name": "Khan"}, None, id="a street and a family name"),
        pytest.param(ROW, {"postcode": "whole"}, "add_to_street", id="a street and a postcode"),
        pytest.param(ROW, {"postcode": "whole", "age": 9}, "add_to_street", id="a street and an age"),
        pytest.param(
            ROW | {"carer_given": "Farah"},
            {"postcode": "whole"},
            "add_to_street",
            id="a street and a carer's given name",
        ),
        pytest.param(ROW | {"house": "18"}, ALI_KHAN, "add_postcode", id="a street without a postcode"),
        pytest.param(ROW | FARAH, {}, "add_postcode", id="a carer and a street"),
        pytest.param(ROW | FARAH, {"age": 9}, None, id="a carer and an age, whatever the street"),
        pytest.param({"house": "18"}, {"postcode": "whole"}, "add_street", id="a house and a postcode"),
        pytest.param({"house": "-", "street": "18"}, {"postcode": "whole"}, "nothing", id="neither house nor street"),
        pytest.param(FARAH | {"carer_given": "F*"}, {"age": 9}, "wildcard", id="a star"),
        pytest.param(ROW | {"house": "1?"}, {"postcode": "whole"}, "wildcard", id="a wildcard in a house"),
        pytest.param(FARAH, {"given_name": "A%"}, "wildcard", id="a wildcard in a child's name"),
        pytest.param({"carer_given": "\u200b", "carer_family": "-"}, {"age": 9}, "nothing", id="marks are no name"),
        pytest.param({}, ALI_KHAN | {"birth_date": "whole"}, "nothing", id="a child alone"),
    ],
)
def test_a_search_by_a_carer_or_an_address_asks_the_least_it_may(
    family: dict[str, str], but: dict[str, Any], expected: str | None
) -> None:
    asked = {name: fact for name, fact in NOTHING.items() if name != "number"} | but

    assert family_search_problem(Family(**family), **asked) == expected


@pytest.mark.parametrize(
    ("matches", "expected"),
    [
        pytest.param(0, "none", id="none"),
        pytest.param(1, "rows", id="one"),
        pytest.param(10, "rows", id="ten"),
        pytest.param(11, "too_many", id="eleven"),
        pytest.param(5000, "too_many", id="thousands"),
    ],
)
def test_at_most_ten_results_are_shown(matches: int, expected: str) -> None:
    assert results_shown(matches) == expected


@pytest.mark.parametrize(
    ("born", "gender", "outward", "shielded", "today", "expected"),
    [
        pytest.param("2016-02-29", "female", "ZA4", False, "2026-02-28", (9, "female", "ZA4"), id="29 February, 9"),
        pytest.param("2016-02-29", "female", "ZA4", False, "2026-03-01", (10, "female", "ZA4"), id="29 February, 10"),
        pytest.param("2016-11-23", "male", None, False, "2026-11-23", (10, "male", None), id="no known address"),
        pytest.param("2016-11-23", "male", "ZA4", True, "2026-11-23", (10, "male", None), id="shielded, reads alike"),
        pytest.param(
            "2016-11-24", "not_specified", "ZA4", False, "2026-11-23", (9, "not_specified", "ZA4"), id="not specified"
        ),
        pytest.param("2026-11-23", "female", "ZA4", False, "2026-11-23", (0, "female", "ZA4"), id="born today"),
    ],
)
def test_a_result_shows_what_tells_two_children_apart(
    born: str, gender: str, outward: str | None, shielded: bool, today: str, expected: tuple[int, str, str | None]
) -> None:
    row = result_row(date.fromisoformat(born), Gender(gender), outward, shielded, date.fromisoformat(today))

    assert (row.age, row.gender, row.outward) == expected
