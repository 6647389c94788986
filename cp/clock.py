"""The only reader of the clock: now in UTC, today in London."""

from datetime import UTC, date, datetime

from cp.rules.days import london_day


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return london_day(now())
