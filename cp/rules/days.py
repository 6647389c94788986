"""Days and periods: what "today", "until" and "three years" mean everywhere else."""

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


def london_day(at: datetime) -> date:
    """The day it is in London at an instant, wherever the server stands. Raises ValueError without a time zone.

    Policy: every rule that takes a day takes London's day; instants are kept in UTC.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return at.astimezone(LONDON).date()


def day_begins(day: date) -> datetime:
    """The instant at which this day begins in London, in UTC: the first of those of which `london_day` says it.

    Policy: every rule that takes a day takes London's day; instants are kept in UTC.
    """
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def in_force(starts_on: date | None, ends_on: date | None, today: date) -> bool:
    """In from its first day, out from its end. Without a start it never counts; without an end it stays.

    Policy: one meaning of a period for the whole system.
    """
    return starts_on is not None and starts_on <= today and (ends_on is None or today < ends_on)


def anniversary(day: date, years: int, months: int = 0) -> date:
    """The same day number so many years and months on; the first of the month after, where that day does not exist.

    Policy: calendar years, since 365 days times three loses or gains a day.
    """
    year, month = _month(day.year + years, day.month + months)
    if day.day <= monthrange(year, month)[1]:
        return date(year, month, day.day)
    return date(*_month(year, month + 1), 1)


def age_on(born: date, today: date) -> int:
    """Age in whole years; somebody born on 29 February has their birthday on 1 March in other years.

    Negative before birth.

    Policy: follows the rule for anniversaries, so that "18" falls on one day everywhere.
    """
    years = today.year - born.year
    return years if anniversary(born, years) <= today else years - 1


def working_days_after(day: date, n: int, holidays: Collection[date] = ()) -> date:
    """So many working days on: Monday to Friday, less the holidays given. Counting starts on the next day.

    Policy: proposed.
    """
    left = n
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in holidays
    return day


def _month(year: int, month: int) -> tuple[int, int]:
    """A month counted past December, as a month of a later year."""
    return year + (month - 1) // 12, (month - 1) % 12 + 1
