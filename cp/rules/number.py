"""Our own number: `CP`, nine random digits and a check digit."""

import re

from cp.rules.typed import compact

PREFIX = "CP"
QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
"""Damm's table. Its rows and columns hold each digit once, and no pair of digits can change places unseen."""

_NUMBER = re.compile(r"CP[0-9]{10}")


def make(nine_digits: str) -> str:
    """A number from nine random digits: no part of it may say anything about the child. ValueError for other text.

    Sch. 1 para 5. Policy: design, section 3; Damm's check digit is proposed.
    """
    if not re.fullmatch("[0-9]{9}", nine_digits):
        raise ValueError("a number is made from nine digits")
    return f"{PREFIX}{nine_digits}{_damm(nine_digits)}"


def normalise(text: str | None) -> str | None:
    """The number as it is kept, `CP4027165582`, however it was typed; None if it is not one of ours.

    `CP` must be typed: ten bare digits could be an NHS number.

    Sch. 1 para 5. Policy: design, section 3.
    """
    typed = compact(text)
    return typed if _NUMBER.fullmatch(typed) and _damm(typed.removeprefix(PREFIX)) == 0 else None


def number_ok(text: str | None) -> bool:
    """Whether this is one of our numbers. Every wrong digit and every two neighbours exchanged are noticed.

    Sch. 1 para 5. Policy: design, section 3.
    """
    return normalise(text) is not None


def shown(number: str) -> str:
    """A kept number as people read it: `CP 402 716 5582`.

    Policy: groups of three and four are read aloud and typed with fewest mistakes.
    """
    return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"


def _damm(digits: str) -> int:
    """What the digits come to: the check digit of nine, 0 for a right ten."""
    state = 0
    for digit in digits:
        state = QUASIGROUP[state][int(digit)]
    return state
