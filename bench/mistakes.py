"""The mistakes that people make with names and dates: by chance, and by tables of this file alone.

The matcher's own lists are not asked, so that it is not measured by what it knows.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from bench.draw import Draw

NEIGHBOURS = {
    "a": "qsz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
"""Keys beside each other on a British keyboard."""

VOWELS = "aeiou"

HEARD = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("kh", "k"), ("c", "k"), ("k", "c"), ("y", "i"), ("ie", "y"), ("ee", "i"),
    ("oo", "u"), ("ou", "oo"), ("ai", "ay"), ("ey", "y"), ("th", "t"), ("dh", "d"), ("z", "s"), ("ss", "s"),
    ("ll", "l"), ("tt", "t"), ("mm", "m"), ("dd", "d"), ("ah", "a"), ("w", "v"), ("sz", "sh"), ("cz", "ch"),
)  # fmt: skip
"""Letters, and others by which the same sound may be written down."""


def slip(draw: Draw, name: str) -> str:
    """One slip of the finger in a word of the name: a letter left out, doubled, mistaken or exchanged with the next."""
    at = draw.below(max(1, len(name) - 1))
    letter = name[at]
    near = draw.pick(NEIGHBOURS.get(letter.lower(), "e"))
    return draw.pick(
        (
            name[:at] + name[at + 1 :] or near,
            name[:at] + letter + name[at:],
            name[:at] + near + name[at + 1 :],
            name[:at] + name[at + 1 : at + 2] + letter + name[at + 2 :],
        )
    )


def respelt(draw: Draw, name: str) -> str | None:
    """The name as one may write it who has only heard it; None where it has only one spelling."""
    lower = name.lower()
    ways = [(old, new) for old, new in HEARD if old in lower]
    if not ways:
        return None
    for old, new in [draw.pick(ways) for _ in range(draw.between(1, 2))]:
        lower = lower.replace(old, new, 1)
    return lower.title() if lower != name.lower() else None


def other_vowel(draw: Draw, name: str) -> str | None:
    """The name with one vowel mistaken for another, as over a bad line; None where it has none."""
    places = [at for at, letter in enumerate(name) if letter.lower() in VOWELS]
    if not places:
        return None
    at = draw.pick(places)
    vowel = draw.pick([other for other in VOWELS if other != name[at].lower()])
    return name[:at] + (vowel.upper() if name[at].isupper() else vowel) + name[at + 1 :]


def first_letter(draw: Draw, name: str) -> str:
    """The name with another first letter."""
    return draw.pick([other for other in "BCDFGHJKLMNPRSTVWZ" if other != name[:1].upper()]) + name[1:]


def near_day(draw: Draw, born: date) -> date:
    """A date that is a day, a month or a year away: the neighbouring box, or the birthday of a cousin."""
    year, month, day = born.timetuple()[:3]
    away = draw.pick((-1, 1))
    moved = draw.pick(((year, month, day + away), (year, month + away, day), (year + away, month, day)))
    try:
        return date(*moved)
    except ValueError:
        return date(year + 1, month, min(day, 28))


def wrong_digit(draw: Draw, born: date) -> date | None:
    """The date with one digit of its day, month or year mistaken; None where that is no date."""
    digits = f"{born:%Y%m%d}"
    at = draw.between(3, 7)
    wrong = digits[:at] + draw.pick([digit for digit in "0123456789" if digit != digits[at]]) + digits[at + 1 :]
    try:
        return date(int(wrong[:4]), int(wrong[4:6]), int(wrong[6:]))
    except ValueError:
        return None


@cache
def short_forms() -> dict[str, list[str]]:
    """Short forms by full name: the population's own list."""
    with Path(__file__).with_name("data").joinpath("nicknames.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    found: dict[str, list[str]] = {}
    for full, short in rows:
        found.setdefault(full, []).append(short)
    return found
