"""Dates as people type them, in three boxes: what is meant, or what is wrong with it in words.

The only rules that answer in words: the true fault of a date cannot be listed as codes.
"""

import re
from calendar import month_name, monthrange
from datetime import date
from typing import Literal

from cp.rules.days import anniversary
from cp.rules.typed import plain

OLDEST_AGE = 25
MONTHS = tuple(month_name[1:])

_DAY = re.compile("([0-9]{1,2})(st|nd|rd|th)?", re.IGNORECASE)


class Fault(str):
    """What is wrong, as the end of a sentence: `February 2016 had 29 days`."""

    __slots__ = ()


def real_date(day: str | None, month: str | None, year: str | None) -> date | Fault:
    """The date meant. A day may be `3`, `03` or `3rd`; a month `3`, `March` or `Mar`; a year of two digits is 20xx.

    Policy: design, section 1; the words of pages 3. Nobody here was born before 2000, so `16` can only be 2016.
    """
    read = (real_day(day), real_month(month), real_year(year))
    if faults := [part for part in read if isinstance(part, Fault)]:
        return faults[0]
    of_day, of_month, of_year = map(int, read)
    longest = monthrange(of_year, of_month)[1]
    if of_day <= longest:
        return date(of_year, of_month, of_day)
    if of_month == 2:
        return Fault(f"February {of_year} had {longest} days")
    return Fault(f"{MONTHS[of_month - 1]} has {longest} days")


def real_day(text: str | None) -> int | Fault:
    """A day of the month, 1 to 31.

    Policy: the words of pages 3.
    """
    found = _DAY.fullmatch(plain(text))
    if found is None:
        return Fault("the day must be a number, like 14")
    day = int(found[1])
    return day if 1 <= day <= 31 else Fault(f"no month has a day {day}")


def real_month(text: str | None) -> int | Fault:
    """A month, 1 to 12, from its number, its name or the first letters of it.

    Policy: the words of pages 3.
    """
    typed = plain(text).rstrip(".").title()
    if re.fullmatch("[0-9]{1,2}", typed):
        return int(typed) if 1 <= int(typed) <= 12 else Fault(f"there is no month {int(typed)}")
    if len(typed) >= 3:
        named = [number for number, name in enumerate(MONTHS, 1) if name.startswith(typed)]
        if named:
            return named[0]
    return Fault("the month must be a number or a name, like 3 or March")


def real_year(text: str | None) -> int | Fault:
    """A year of four digits; two are of this century.

    Policy: the words of pages 3.
    """
    typed = plain(text)
    if re.fullmatch("[0-9]{2}", typed):
        return 2000 + int(typed)
    if not re.fullmatch("[0-9]{4}", typed):
        return Fault("the year must have 4 numbers, like 2016")
    return int(typed) or Fault("there was no year 0")


def date_problem(called: str, day: str | None, month: str | None, year: str | None) -> str | None:
    """The sentence for a date that must be given; `called` is how it begins: `The day you started`.

    Policy: the words of pages 3 and 6.
    """
    absent = _absent(day, month, year)
    if len(absent) == 3:
        return f"Enter {called[0].lower()}{called[1:]}"
    if absent:
        return f"{called} must include {' and '.join(f'a {part}' for part in absent)}"
    meant = real_date(day, month, year)
    return f"{called} must be a real date: {meant}" if isinstance(meant, Fault) else None


def wrong_parts(day: str | None, month: str | None, year: str | None) -> tuple[str, ...]:
    """Which of day, month and year to put right: those left out of a date begun, else the first that cannot be read,
    else the day, where the month has no such day. None where nothing or a real date was typed.

    Policy: pages 3; an error leads to the part that is wrong.
    """
    absent = _absent(day, month, year)
    if absent:
        return tuple(absent) if len(absent) < 3 else ()
    read = {"day": real_day(day), "month": real_month(month), "year": real_year(year)}
    unread = [part for part, value in read.items() if isinstance(value, Fault)]
    if unread:
        return (unread[0],)
    return ("day",) if isinstance(real_date(day, month, year), Fault) else ()


def birth_date_problem(day: str | None, month: str | None, year: str | None, today: date) -> str | None:
    """The sentence for a date of birth that may be left out, or of which only the year may be known.

    Policy: the words of pages 3; records end at 25.
    """
    match birth_known(day, month, year):
        case None if len(_absent(day, month, year)) == 3:
            return None
        case "year":
            return _out_of_reach(real_year(year), today)
        case _:
            return date_problem("Date of birth", day, month, year) or _out_of_reach(real_date(day, month, year), today)


def birth_known(day: str | None, month: str | None, year: str | None) -> Literal["whole", "year"] | None:
    """How much of a date of birth was typed, for the least a search may ask.

    Policy: contract, the least a search may ask.
    """
    match _absent(day, month, year):
        case []:
            return "whole"
        case ["day", "month"]:
            return "year"
    return None


def _out_of_reach(born: date | int | Fault, today: date) -> str | None:
    """A birth, of which the day or only the year is known, that no child's record can have."""
    if isinstance(born, Fault):
        return f"Date of birth must be a real date: {born}"
    first = born if isinstance(born, date) else date(born, 1, 1)
    last = born if isinstance(born, date) else date(born, 12, 31)
    if first > today:
        return "Date of birth must be today or earlier"
    too_old = anniversary(today, -OLDEST_AGE - 1)
    if last <= too_old:
        return f"Date of birth must be after {_said(too_old)}: ContactPoint holds nobody older than {OLDEST_AGE}"
    return None


def _absent(day: str | None, month: str | None, year: str | None) -> list[str]:
    return [part for part, text in (("day", day), ("month", month), ("year", year)) if not plain(text)]


def _said(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
