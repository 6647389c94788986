"""Dates as a file has them in one cell."""

from datetime import date

import pytest

from cp.feeds.dates_written import day_and_month, written_date

MARCH = date(2015, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "31/03/2015", "31/3/2015", "31-03-15", "31.3.2015", "31 03 2015", " 31/03/2015 ", "31 March 2015",
        "31st March 2015", "31 Mar 15", "31-Mar-2015", "31Mar2015", "31 of March 2015", "March 31, 2015",
        "Mar 31st 2015", "2015-03-31", "2015/03/31", "2015-3-31", "20150331", "31032015", "42094", "42094.0",
        "42094.5", "31/03/2015 00:00", "31/03/2015 00:00:00", "2015-03-31T00:00:00Z", "2015-03-31 12:30:00.000",
        "Tuesday 31 March 2015", "Tue, 31 Mar 2015", "3１/03/2015",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_usual_writing(text: str) -> None:
    assert written_date(text) == MARCH


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31/02/2015", "February 2015 had 28 days"),
        ("31/04/2015", "April has 30 days"),
        ("03/31/2015", "there is no month 31"),
        ("32/03/2015", "no month has a day 32"),
        ("31 Marth 2015", "the month must be a number or a name, like 3 or March"),
        ("2015", "it has no day, month and year that we can read"),
        ("12345", "it has no day, month and year that we can read"),
        ("99999", "it has no day, month and year that we can read"),
        ("31/03", "it has no day, month and year that we can read"),
        ("31/03/015", "it has no day, month and year that we can read"),
        ("soon", "it has no day, month and year that we can read"),
        ("", "it has no day, month and year that we can read"),
    ],
)
def test_the_true_fault_of_a_date_is_named(text: str, fault: str) -> None:
    assert written_date(text) == fault


def test_the_month_may_come_first_where_somebody_says_so() -> None:
    assert written_date("03/31/2015", day_first=False) == MARCH
    assert written_date("04/05/2014", day_first=False) == date(2014, 4, 5)
    assert written_date("04/05/2014") == date(2014, 5, 4)
    assert written_date("2015-03-31", day_first=False) == MARCH
    assert written_date("31 March 2015", day_first=False) == MARCH


def test_only_numbers_leave_a_doubt_which_is_the_day() -> None:
    assert day_and_month("04/05/2014 00:00") == (4, 5)
    assert day_and_month("2014-05-04") is None
    assert day_and_month("4 May 2014") is None
