"""What the cells of a column look like, where its heading says nothing or lies."""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from cp.feeds.dates_written import written_date
from cp.rules.identifiers import nhs_verdict, upn_verdict
from cp.rules.phones import phone_normal
from cp.rules.postcodes import postcode_verdict
from cp.rules.typed import plain
from cp.terms import Column

ENOUGH = 0.8
"""The share of the filled cells that must look alike. A column of a school's file has mistakes in it."""
FEWEST = 3
"""Filled cells: of fewer nothing is said."""

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_GENDERS = frozenset({"m", "f", "male", "female", "boy", "girl"})


class Look(StrEnum):
    UPN = "upn"
    NHS = "nhs"
    DATE = "date"
    POSTCODE = "postcode"
    GENDER = "gender"
    EMAIL = "email"
    PHONE = "phone"


LOOK_OF = {
    Column.UPN: Look.UPN, Column.NHS: Look.NHS, Column.BORN_ON: Look.DATE, Column.STARTED_ON: Look.DATE,
    Column.LEFT_ON: Look.DATE, Column.POSTCODE: Look.POSTCODE, Column.GENDER: Look.GENDER,
    Column.CARER_1_PHONE: Look.PHONE, Column.CARER_2_PHONE: Look.PHONE,
    Column.CARER_1_EMAIL: Look.EMAIL, Column.CARER_2_EMAIL: Look.EMAIL,
}  # fmt: skip
"""How the cells of a column look that means this. Names, keys and lines of addresses look like nothing."""

MEANT_BY = {
    Look.UPN: Column.UPN, Look.NHS: Column.NHS, Look.DATE: Column.BORN_ON, Look.POSTCODE: Column.POSTCODE,
    Look.GENDER: Column.GENDER, Look.EMAIL: Column.CARER_1_EMAIL, Look.PHONE: Column.CARER_1_PHONE,
}  # fmt: skip
"""What a column is taken to mean by its cells alone."""


def look_of(cells: Sequence[str]) -> Look | None:
    """The one thing that nearly all filled cells look like; None where there is none, or too few are filled."""
    filled = [cell for cell in cells if cell]
    if len(filled) < FEWEST:
        return None
    needed = ENOUGH * len(filled)
    return next((look for look, test in _TESTS.items() if _count(test, filled) >= needed), None)


def typical_year(cells: Iterable[str]) -> int:
    """The middle one of the years of the dates among the cells: births are earlier than all else."""
    read = (written_date(cell) for cell in cells if cell)
    years = sorted(day.year for day in read if not isinstance(day, str))
    return years[len(years) // 2] if years else 0


def _count(test: Callable[[str], bool], cells: Iterable[str]) -> int:
    return sum(map(test, cells))


def _date(cell: str) -> bool:
    """A date with its parts apart: a number alone may be anything."""
    return not cell.isdigit() and not isinstance(written_date(cell), str)


def _phone(cell: str) -> bool:
    return cell.startswith(("0", "+", "(")) and phone_normal(cell) is not None


_TESTS: dict[Look, Callable[[str], bool]] = {
    Look.UPN: lambda cell: upn_verdict(cell, authority_known=True) == "ok",
    Look.NHS: lambda cell: nhs_verdict(cell) == "ok",
    Look.DATE: _date,
    Look.POSTCODE: lambda cell: postcode_verdict(cell) in ("ok", "no_fixed_place"),
    Look.GENDER: lambda cell: plain(cell).casefold() in _GENDERS,
    Look.EMAIL: lambda cell: EMAIL.fullmatch(cell) is not None,
    Look.PHONE: _phone,
}
