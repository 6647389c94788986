"""London's day, periods, anniversaries, ages."""

from datetime import date, datetime

import pytest

from cp.rules.days import age_on, anniversary, in_force, london_day, working_days_after


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-07-31T22:59:59Z", "2026-07-31", id="a second before midnight in summer"),
        pytest.param("2026-07-31T23:00:00Z", "2026-08-01", id="midnight in summer is an hour before UTC's"),
        pytest.param("2026-01-31T23:30:00Z", "2026-01-31", id="half an hour before midnight in winter"),
        pytest.param("2026-02-01T00:00:00Z", "2026-02-01", id="midnight in winter"),
        pytest.param("2026-10-25T00:30:00Z", "2026-10-25", id="the night the clocks go back"),
        pytest.param("2026-03-29T01:00:00Z", "2026-03-29", id="the night the clocks go forward"),
        pytest.param("2026-11-23T20:00:00-05:00", "2026-11-24", id="an instant written elsewhere"),
    ],
)
def test_the_day_is_londons(at: str, expected: str) -> None:
    assert london_day(datetime.fromisoformat(at)) == date.fromisoformat(expected)


def test_an_instant_without_a_time_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london_day(datetime.fromisoformat("2026-11-23T10:00:00"))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "today", "expected"),
    [
        pytest.param("2026-11-23", "2026-11-25", "2026-11-22", False, id="the day before"),
        pytest.param("2026-11-23", "2026-11-25", "2026-11-23", True, id="the first day is in"),
        pytest.param("2026-11-23", "2026-11-25", "2026-11-24", True, id="the last good day"),
        pytest.param("2026-11-23", "2026-11-25", "2026-11-25", False, id="the end is out"),
        pytest.param("2026-11-23", None, "2030-01-01", True, id="no end stays open"),
        pytest.param(None, None, "2026-11-23", False, id="no start never counts"),
        pytest.param(None, "2026-11-25", "2026-11-23", False, id="an end alone never counts"),
        pytest.param("2026-11-23", "2026-11-23", "2026-11-23", False, id="ends as it starts"),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_end(
    starts_on: str | None, ends_on: str | None, today: str, expected: bool
) -> None:
    assert in_force(_day(starts_on), _day(ends_on), date.fromisoformat(today)) is expected


@pytest.mark.parametrize(
    ("day", "years", "months", "expected"),
    [
        pytest.param("2023-03-01", 3, 0, "2026-03-01", id="three years over a leap day"),
        pytest.param("2024-02-29", 3, 0, "2027-03-01", id="29 February in a common year"),
        pytest.param("2024-02-29", 4, 0, "2028-02-29", id="29 February in a leap year"),
        pytest.param("2026-08-31", 0, 6, "2027-03-01", id="31 August and six months"),
        pytest.param("2027-08-31", 0, 6, "2028-03-01", id="31 August and six months to a leap year"),
        pytest.param("2026-12-31", 0, 2, "2027-03-01", id="over the new year"),
        pytest.param("2026-11-23", 0, 12, "2027-11-23", id="twelve months"),
        pytest.param("2026-11-30", 0, 1, "2026-12-30", id="into December"),
        pytest.param("2026-12-15", 0, 1, "2027-01-15", id="out of December"),
        pytest.param("2026-11-23", 0, 25, "2028-12-23", id="two years of months and one more"),
        pytest.param("2026-10-31", 0, 1, "2026-12-01", id="a day that November lacks"),
        pytest.param("2026-01-31", 1, 13, "2028-03-01", id="years and months"),
        pytest.param("2026-11-23", -26, 0, "2000-11-23", id="backwards"),
    ],
)
def test_an_anniversary_is_the_same_day_or_the_first_after(day: str, years: int, months: int, expected: str) -> None:
    assert anniversary(date.fromisoformat(day), years, months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        pytest.param("2016-02-29", "2026-02-28", 9, id="born on 29 February, the day before"),
        pytest.param("2016-02-29", "2026-03-01", 10, id="born on 29 February, birthday on 1 March"),
        pytest.param("2016-02-29", "2028-02-29", 12, id="born on 29 February, in a leap year"),
        pytest.param("2016-02-29", "2028-02-28", 11, id="born on 29 February, the day before in a leap year"),
        pytest.param("2016-11-23", "2026-11-23", 10, id="on the birthday"),
        pytest.param("2016-11-24", "2026-11-23", 9, id="the day before the birthday"),
        pytest.param("2026-11-23", "2026-11-23", 0, id="born today"),
        pytest.param("2026-11-24", "2026-11-23", -1, id="not born yet"),
    ],
)
def test_age_is_in_whole_years(born: str, today: str, expected: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(today)) == expected


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("day", "n", "holidays", "expected"),
    [
        pytest.param("2026-11-23", 2, (), "2026-11-25", id="in the week"),
        pytest.param("2026-11-20", 2, (), "2026-11-24", id="over a weekend"),
        pytest.param("2026-11-21", 1, (), "2026-11-23", id="from a Saturday"),
        pytest.param("2026-12-24", 2, ("2026-12-25", "2026-12-28"), "2026-12-30", id="over holidays"),
        pytest.param("2026-12-24", 2, (), "2026-12-28", id="the same without holidays"),
        pytest.param("2026-11-23", 0, (), "2026-11-23", id="none is the day itself"),
        pytest.param("2026-11-22", 5, (), "2026-11-27", id="a whole week from a Sunday"),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(
    day: str, n: int, holidays: tuple[str, ...], expected: str
) -> None:
    given = [date.fromisoformat(holiday) for holiday in holidays]

    assert working_days_after(date.fromisoformat(day), n, given) == date.fromisoformat(expected)
