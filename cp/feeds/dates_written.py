"""Dates as a file has them in one cell: in every usual writing, the day first unless somebody says otherwise."""

import re
from datetime import date, timedelta

from cp.rules.dates_typed import Fault, real_date
from cp.rules.typed import plain

EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet, as every date after February 1900 counts."""
FIRST_SERIAL, LAST_SERIAL = 32_874, 73_050
"""1 January 1990 and 31 December 2099: a smaller number is a year or a key, and no date."""
STANDS_FOR_NONE = (date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1900, 1, 2), date(1901, 1, 1))
"""What systems write where they have no date."""

_NO_DATE = Fault("it has no day, month and year that we can read")
_TIME = re.compile(r"[T ,]+[0-9]{1,2}:[0-9]{2}.*$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[,. ]+", re.IGNORECASE)
_SERIAL = re.compile(r"([0-9]{5})(\.[0-9]+)?")
_RUN = re.compile("([0-9]{2})([0-9]{2})([0-9]{4})")
_ISO_RUN = re.compile("((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_YEAR_FIRST = re.compile("([0-9]{4})[-/. ]([0-9]{1,2}|[A-Za-z]{3,9})[-/. ]([0-9]{1,2})")
_NUMBERS = re.compile("([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{4}|[0-9]{2})")
_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]*(?:of )?([A-Za-z]{3,9})[-/., ]*([0-9]{4}|[0-9]{2})")
_MONTH_NAMED_FIRST = re.compile("([A-Za-z]{3,9})[-/. ]+([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]+([0-9]{4})")


def written_date(text: str, day_first: bool = True) -> date | Fault:
    """The date of a cell, or its fault as the end of a sentence: `February 2015 had 28 days`.

    31/03/2015, 31-03-15, 31.3.2015, 31 March 2015, 2015-03-31, 20150331, a spreadsheet's serial number, each with a
    time behind. `day_first` is about numbers alone: 31/03/2015 or, without it, 03/31/2015. Two digits of a year are
    20xx.
    """
    said = _WEEKDAY.sub("", _TIME.sub("", plain(text)))
    if found := _SERIAL.fullmatch(said):
        number = int(found[1])
        return EPOCH + timedelta(days=number) if FIRST_SERIAL <= number <= LAST_SERIAL else _NO_DATE
    if found := _NUMBERS.fullmatch(said):
        return real_date(found[1], found[2], found[3]) if day_first else real_date(found[2], found[1], found[3])
    return _in_words(said)


def day_and_month(text: str) -> tuple[int, int] | None:
    """The first and second number of a date that is written in numbers, the year last; None of any other writing."""
    found = _NUMBERS.fullmatch(_TIME.sub("", plain(text)))
    return (int(found[1]), int(found[2])) if found else None


def _in_words(said: str) -> date | Fault:
    """The writings that leave no doubt which is the day."""
    if found := _ISO_RUN.fullmatch(said) or _YEAR_FIRST.fullmatch(said):
        return real_date(found[3], found[2], found[1])
    if found := _RUN.fullmatch(said) or _NAMED.fullmatch(said):
        return real_date(found[1], found[2], found[3])
    if found := _MONTH_NAMED_FIRST.fullmatch(said):
        return real_date(found[2], found[1], found[3])
    return _NO_DATE
