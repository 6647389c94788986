"""Dates as people type them."""

from datetime import date

import pytest

from cp.rules.dates_typed import (
    Fault,
    birth_date_problem,
    birth_known,
    date_problem,
    real_date,
    real_day,
    real_month,
    real_year,
    wrong_parts,
)

TODAY = date(2026, 11, 23)
TOO_OLD = "Date of birth must be after 23 November 2000: ContactPoint holds nobody older than 25"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(("14", "3", "2016"), "2016-03-14", id="plain"),
        pytest.param(("04", "03", "2016"), "2016-03-04", id="noughts before"),
        pytest.param((" 4 ", " 3 ", " 2016 "), "2016-03-04", id="spaces"),
        pytest.param(("14", "March", "2016"), "2016-03-14", id="the month's name"),
        pytest.param(("14", "mar", "16"), "2016-03-14", id="a short name and a short year"),
        pytest.param(("4th", "Sept.", "2016"), "2016-09-04", id="4th of Sept."),
        pytest.param(("\u0661\u0664", "\u0663", "\u0662\u0660\u0661\u0666"), "2016-03-14", id="Arabic digits"),
        pytest.param(("29", "2", "2016"), "2016-02-29", id="29 February in a leap year"),
        pytest.param(("31", "12", "1999"), "1999-12-31", id="the last century"),
    ],
)
def test_a_date_is_read_as_it_was_meant(typed: tuple[str, str, str], expected: str) -> None:
    assert real_date(*typed) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(("30", "2", "2016"), "February 2016 had 29 days", id="30 February in a leap year"),
        pytest.param(("29", "2", "2015"), "February 2015 had 28 days", id="29 February in a common year"),
        pytest.param(("29", "2", "1900"), "February 1900 had 28 days", id="29 February 1900"),
        pytest.param(("31", "4", "2016"), "April has 30 days", id="31 April"),
        pytest.param(("0", "3", "2016"), "no month has a day 0", id="day 0"),
        pytest.param(("32", "3", "2016"), "no month has a day 32", id="day 32"),
        pytest.param(("14", "13", "2016"), "there is no month 13", id="month 13"),
        pytest.param(("14", "0", "2016"), "there is no month 0", id="month 0"),
        pytest.param(("14", "3", "0000"), "there was no year 0", id="year 0"),
        pytest.param(("14", "3", "0"), "the year must have 4 numbers, like 2016", id="year 0, in short"),
        pytest.param(("14", "3", "216"), "the year must have 4 numbers, like 2016", id="three digits"),
        pytest.param(("14", "3", "20166"), "the year must have 4 numbers, like 2016", id="five digits"),
        pytest.param(("14", "3", "-2016"), "the year must have 4 numbers, like 2016", id="a minus"),
        pytest.param(("x", "3", "2016"), "the day must be a number, like 14", id="a word for the day"),
        pytest.param(("1.5", "3", "2016"), "the day must be a number, like 14", id="a day and a half"),
        pytest.param(("", "3", "2016"), "the day must be a number, like 14", id="no day"),
        pytest.param((None, "3", "2016"), "the day must be a number, like 14", id="day missing"),
        pytest.param(("14", "Ma", "2016"), "the month must be a number or a name, like 3 or March", id="March or May?"),
        pytest.param(
            ("14", "Brumaire", "2016"), "the month must be a number or a name, like 3 or March", id="no month of ours"
        ),
        pytest.param(("9" * 10_000, "3", "2016"), "the day must be a number, like 14", id="far too long"),
        pytest.param(("99", "99", "2016"), "no month has a day 99", id="the first fault is told"),
    ],
)
def test_the_true_fault_of_a_date_is_named(typed: tuple[str | None, str, str], expected: str) -> None:
    fault = real_date(*typed)

    assert isinstance(fault, Fault)
    assert fault == expected


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_can_be_named(month: int) -> None:
    name = date(2026, month, 1).strftime("%B")

    assert [real_month(text) for text in (name, name.upper(), name[:3], f"{month:02}")] == [month] * 4


def test_each_part_can_be_read_alone() -> None:
    assert (real_day("1st"), real_day("2ND"), real_day("31")) == (1, 2, 31)
    assert (real_year("16"), real_year("00"), real_year("2016")) == (2016, 2000, 2016)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(("3", "9", "2026"), None, id="real"),
        pytest.param(("", " ", None), "Enter the day you started", id="nothing"),
        pytest.param(("3", "", ""), "The day you started must include a month and a year", id="only a day"),
        pytest.param(("3", "9", ""), "The day you started must include a year", id="no year"),
        pytest.param(
            ("30", "2", "2026"), "The day you started must be a real date: February 2026 had 28 days", id="not real"
        ),
    ],
)
def test_a_date_that_must_be_given_has_its_sentence(typed: tuple[str, str, str], expected: str | None) -> None:
    assert date_problem("The day you started", *typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(("14", "3", "2016"), None, id="real"),
        pytest.param(("", "", ""), None, id="not known"),
        pytest.param((None, None, None), None, id="missing"),
        pytest.param(("", "", "2016"), None, id="only the year is known"),
        pytest.param(("", "", "2026"), None, id="this year"),
        pytest.param(("", "", "2000"), None, id="the year may just be young enough"),
        pytest.param(("", "", "1999"), TOO_OLD, id="the year is too early"),
        pytest.param(("", "", "2027"), "Date of birth must be today or earlier", id="next year"),
        pytest.param(
            ("", "", "216"),
            "Date of birth must be a real date: the year must have 4 numbers, like 2016",
            id="not a year",
        ),
        pytest.param(
            ("30", "2", "2016"), "Date of birth must be a real date: February 2016 had 29 days", id="30 February"
        ),
        pytest.param(("14", "13", "2016"), "Date of birth must be a real date: there is no month 13", id="month 13"),
        pytest.param(("1", "1", "0000"), "Date of birth must be a real date: there was no year 0", id="year 0"),
        pytest.param(("14", "", "2016"), "Date of birth must include a month", id="no month"),
        pytest.param(("", "3", "2016"), "Date of birth must include a day", id="no day"),
        pytest.param(("14", "3", ""), "Date of birth must include a year", id="no year"),
        pytest.param(("23", "11", "2026"), None, id="today"),
        pytest.param(("24", "11", "2026"), "Date of birth must be today or earlier", id="tomorrow"),
        pytest.param(("14", "3", "99"), "Date of birth must be today or earlier", id="99 is 2099"),
        pytest.param(("24", "11", "2000"), None, id="25 until tomorrow"),
        pytest.param(("23", "11", "2000"), TOO_OLD, id="26 today"),
        pytest.param(("23", "11", "1906"), TOO_OLD, id="120 years ago"),
        pytest.param(("1", "1", "0001"), TOO_OLD, id="year 1"),
    ],
)
def test_a_date_of_birth_has_its_sentence(typed: tuple[str, str, str], expected: str | None) -> None:
    assert birth_date_problem(*typed, today=TODAY) == expected


def test_the_year_is_this_year_from_its_first_day() -> None:
    assert birth_date_problem("", "", "2027", today=date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(("14", "3", "2016"), "whole", id="whole"),
        pytest.param(("", "", "2016"), "year", id="the year"),
        pytest.param(("", "3", "2016"), None, id="month and year"),
        pytest.param(("14", "3", ""), None, id="day and month"),
        pytest.param(("", "", ""), None, id="nothing"),
    ],
)
def test_how_much_of_a_birth_date_was_typed(typed: tuple[str, str, str], expected: str | None) -> None:
    assert birth_known(*typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(("", "", ""), (), id="nothing"),
        pytest.param(("14", "3", "2016"), (), id="a real date"),
        pytest.param(("14", "", "2016"), ("month",), id="no month"),
        pytest.param(("", None, "2016"), ("day", "month"), id="the year alone"),
        pytest.param(("14", "13", "2016"), ("month",), id="month 13"),
        pytest.param(("32", "13", "216"), ("day",), id="all three wrong: the one that is named"),
        pytest.param(("14", "3", "216"), ("year",), id="a year of three digits"),
        pytest.param(("30", "2", "2016"), ("day",), id="a day that the month has not"),
    ],
)
def test_the_part_to_put_right_is_known(typed: tuple[str, str, str], expected: tuple[str, ...]) -> None:
    assert wrong_parts(*typed) == expected
