from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp.matching.births import Born, Span, aged, compare_births, day, exchanged, in_year, slips, slips_of_year
from cp.rules.days import age_on

BORN = date(2016, 3, 14)
dates = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("other", "how"),
    [
        pytest.param(date(2016, 3, 14), Born.SAME, id="the same"),
        pytest.param(date(2016, 3, 13), Born.DIGIT, id="one digit of the day"),
        pytest.param(date(2016, 3, 24), Born.DIGIT, id="the first digit of the day"),
        pytest.param(date(2016, 8, 14), Born.DIGIT, id="one digit of the month"),
        pytest.param(date(2006, 3, 14), Born.DIGIT, id="the decade"),
        pytest.param(date(2019, 3, 14), Born.DIGIT, id="one digit of the year"),
        pytest.param(date(2017, 3, 14), Born.YOUNGER, id="the year after"),
        pytest.param(date(2015, 3, 14), Born.OLDER, id="the year before"),
        pytest.param(date(2016, 7, 2), Born.SAME_YEAR, id="the same year"),
        pytest.param(date(2012, 7, 2), Born.OTHER, id="another date"),
    ],
)
def test_how_another_birth_date_agrees(other: date, how: Born) -> None:
    assert compare_births(day(BORN), day(other)) is how


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        pytest.param(date(2016, 4, 3), date(2016, 3, 4), Born.EXCHANGED, id="day and month"),
        pytest.param(date(2016, 3, 12), date(2016, 12, 3), Born.EXCHANGED, id="before any other slip"),
        pytest.param(date(2016, 3, 13), date(2016, 3, 31), Born.DIGITS, id="digits of the day"),
        pytest.param(date(2016, 1, 14), date(2016, 10, 14), Born.DIGITS, id="digits of the month"),
        pytest.param(date(2012, 3, 14), date(2021, 3, 14), Born.DIGITS, id="digits of the year"),
        pytest.param(date(2005, 1, 11), date(2015, 1, 1), Born.OTHER, id="digits of the year and of the day"),
        pytest.param(date(2009, 3, 14), date(2010, 3, 14), Born.YOUNGER, id="a year that changes two digits"),
    ],
)
def test_slips_of_a_birth_date(a: date, b: date, how: Born) -> None:
    assert compare_births(day(a), day(b)) is how


@pytest.mark.parametrize(
    ("born", "how"),
    [
        pytest.param(date(2016, 11, 23), Born.AGE, id="ten today"),
        pytest.param(date(2015, 11, 24), Born.AGE, id="eleven tomorrow"),
        pytest.param(date(2016, 11, 24), Born.AGE_YOUNGER, id="ten tomorrow"),
        pytest.param(date(2015, 11, 23), Born.AGE_OLDER, id="eleven today"),
        pytest.param(date(2018, 1, 1), Born.OTHER, id="two years younger"),
    ],
)
def test_how_a_birth_date_agrees_with_an_age(born: date, how: Born) -> None:
    assert compare_births(aged(10, date(2026, 11, 23)), day(born)) is how


@given(dates, dates)
def test_an_age_covers_exactly_the_births_that_make_it(born: date, today: date) -> None:
    if born > today:
        return

    first, last = aged(age_on(born, today), today)

    assert first <= born <= last
    assert age_on(first - timedelta(days=1), today) == age_on(last + timedelta(days=1), today) + 2


def test_a_year_covers_its_days() -> None:
    assert in_year(2016) == Span(date(2016, 1, 1), date(2016, 12, 31))


@given(dates, dates)
def test_births_agree_the_same_both_ways_round(a: date, b: date) -> None:
    turned = {Born.YOUNGER: Born.OLDER, Born.OLDER: Born.YOUNGER}
    how = compare_births(day(a), day(b))

    assert compare_births(day(b), day(a)) is turned.get(how, how)


@pytest.mark.parametrize(
    ("born", "other"),
    [
        pytest.param(date(2016, 4, 3), date(2016, 3, 4), id="exchanged"),
        pytest.param(date(2016, 4, 4), None, id="the same date"),
        pytest.param(date(2016, 4, 13), None, id="no thirteenth month"),
    ],
)
def test_day_and_month_are_exchanged_where_that_is_another_date(born: date, other: date | None) -> None:
    assert exchanged(born) == other


@given(dates, dates)
def test_every_date_that_is_a_slip_away_is_tried(a: date, b: date) -> None:
    slip = compare_births(day(a), day(b)) in {Born.DIGIT, Born.DIGITS, Born.YOUNGER, Born.OLDER}

    assert not slip or b in slips(a)


@given(dates)
def test_slips_are_few_and_never_the_date_itself(born: date) -> None:
    found = slips(born)

    assert born not in found
    assert len(found) <= 45


@given(dates)
def test_slips_of_the_year_are_those_that_are_in_another(born: date) -> None:
    assert slips_of_year(born) == [found for found in slips(born) if found.year != born.year]
