"""Telephone numbers: kept as E.164, shown as people here read them."""

import re

from cp.rules.typed import plain

_MARKS = re.compile(r"[\s()./\u2010\u2013\u2014-]")  # brackets and every kind of dash
_FOREIGN = re.compile(r"\+[1-9][0-9]{6,14}")
_NATIONAL = re.compile("1[0-9]{8,9}|[2357][0-9]{9}|8001111|800[0-9]{6}|[89][0-9]{9}")
_SPACING = tuple(
    re.compile(pattern)
    for pattern in (
        "(13873|15242|1539[456]|1697[347]|1768[347]|19467)([0-9]{4,5})",  # the few area codes of five digits
        "([25][0-9])([0-9]{4})([0-9]{4})",
        "(11[0-9]|1[0-9]1)([0-9]{3})([0-9]{4})",
        "([389][0-9]{2})([0-9]{3})([0-9]{3,4})",
        "(800)(1111)",
        "([17][0-9]{3})([0-9]{5,6})",
    )
)


def phone_normal(text: str | None) -> str | None:
    """The number as it is kept, `+441614960123`; None if nobody could dial it. Foreign ones are kept.

    `00` is a `+`, and the nought in brackets after a country code goes. Never a key to a person by itself:
    households share one.

    Sch. 1 para 6. Policy: the lengths that Ofcom allots; parents abroad are in scope since 2010.
    """
    typed = plain(text)
    if re.match(r"\(?(\+|00)", typed):
        return _abroad(re.sub(r"^(\+|00)", "+", _MARKS.sub("", typed.replace("(0)", ""))))
    digits = _MARKS.sub("", typed)
    return _national(digits[1:]) if digits.startswith("0") else None


def phone_shown(number: str) -> str:
    """A kept number as it is read here: `0161 496 0110`, `020 7946 0187`, `07700 900123`. Foreign ones as kept.

    Policy: spaced by area code, so that it can be read aloud and dialled.
    """
    national = number.removeprefix("+44")
    if national == number:
        return number
    spaced = (pattern.fullmatch(national) for pattern in _SPACING)
    return next((" ".join(("0" + found[1], *found.groups()[1:])) for found in spaced if found), number)


def _abroad(number: str) -> str | None:
    if number.startswith("+44"):
        return _national(number[3:].removeprefix("0"))
    return number if _FOREIGN.fullmatch(number) else None


def _national(digits: str) -> str | None:
    """From the digits after the first nought."""
    return f"+44{digits}" if _NATIONAL.fullmatch(digits) else None
