"""Birth dates as they are half remembered: exchanged, one digit wrong, only the age known."""

from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

EARLIEST = date(1900, 1, 1)
LATEST = date(2099, 12, 31)
YEAR = timedelta(days=366)
PAIRS = (2, 4, 6)
"""Where the two last digits of the year, the two of the month and the two of the day begin in YYYYMMDD."""


class Span(NamedTuple):
    """The first and last day on which a person may be born; both the same where the date is known."""

    first: date
    last: date

    @property
    def known(self) -> bool:
        return self.first == self.last

    @property
    def a_year(self) -> bool:
        return self == in_year(self.first.year)


class Born(Enum):
    """How two births agree, seen from the first."""

    SAME = "same"
    EXCHANGED = "exchanged"  # day and month
    DIGIT = "digit"  # one digit differs
    DIGITS = "digits"  # the two digits of the day, the month or the year stand in the other order
    YOUNGER = "younger"  # the same day and month, the year after
    OLDER = "older"
    SAME_YEAR = "same_year"
    AGE = "age"  # one is known only as an age, and the other fits it
    YEAR = "year"  # the same, of a year of birth
    AGE_YOUNGER = "age_younger"  # a year younger than that age
    AGE_OLDER = "age_older"
    OTHER = "other"


def day(born: date) -> Span:
    return Span(born, born)


def aged(age: int, today: date) -> Span:
    """Every birth date that makes this age, in whole years, today."""
    return Span(_years_before(today, age + 1) + timedelta(days=1), _years_before(today, age))


def in_year(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def _years_before(today: date, years: int) -> date:
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February: a birthday that falls on 1 March in this year
        return date(today.year - years, 2, 28)


def compare_births(a: Span, b: Span) -> Born:
    """How two births agree. Both ways round the same, but that younger and older change places."""
    if a.known and b.known:
        return _days(a.first, b.first)
    if a.first <= b.last and b.first <= a.last:
        return Born.YEAR if a.a_year or b.a_year else Born.AGE
    if b.first > a.last:
        return Born.AGE_YOUNGER if b.first - a.last <= YEAR else Born.OTHER
    return Born.AGE_OLDER if a.first - b.last <= YEAR else Born.OTHER


@lru_cache(16384)
def _days(a: date, b: date) -> Born:
    if a == b:
        return Born.SAME
    if b == exchanged(a):
        return Born.EXCHANGED
    if (a.day, a.month) == (b.day, b.month) and abs(a.year - b.year) == 1:
        return Born.YOUNGER if b > a else Born.OLDER
    return _digits(f"{a:%Y%m%d}", f"{b:%Y%m%d}") or (Born.SAME_YEAR if a.year == b.year else Born.OTHER)


def _digits(a: str, b: str) -> Born | None:
    unlike = [place for place in range(8) if a[place] != b[place]]
    if len(unlike) == 1:
        return Born.DIGIT
    turned = any(unlike == [at, at + 1] and a[at] + a[at + 1] == b[at + 1] + b[at] for at in PAIRS)
    return Born.DIGITS if turned else None


def exchanged(born: date) -> date | None:
    """The date with day and month in each other's place; None where that is the same date or none."""
    if born.day > 12 or born.day == born.month:
        return None
    return born.replace(day=born.month, month=born.day)


def slips(born: date) -> list[date]:
    """Every date that one wrong digit, two exchanged ones or a year make of this one; never this one itself."""
    return _slips(born, 8)


def slips_of_year(born: date) -> list[date]:
    """Those of them that make another year of it."""
    return _slips(born, 4)


def _slips(born: date, until: int) -> list[date]:
    """In the digits before that one."""
    digits = f"{born:%Y%m%d}"
    spelt = {digits[:at] + digit + digits[at + 1 :] for at in range(2, until) for digit in "0123456789"}
    spelt |= {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in PAIRS if at < until}
    spelt |= {f"{born.year + step}{digits[4:]}" for step in (-1, 1)}
    dates = (_date(text) for text in spelt - {digits})
    return sorted(found for found in dates if found and EARLIEST <= found <= LATEST)


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
