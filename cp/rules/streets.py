"""Lines of addresses: the street that one names, and whether a house is the one that was asked for."""

import re
import unicodedata

from cp.rules.typed import plain

_NUMBER = re.compile(r"[0-9]+[a-z]?(?!\w)")
_ORDINAL = re.compile("[0-9]+(?:st|nd|rd|th)")
_WORD = re.compile(r"[^\s\-/.]+")
_WRITTEN_OUT = {
    "ave": "avenue", "av": "avenue", "cl": "close", "cres": "crescent", "ct": "court", "dr": "drive",
    "gdns": "gardens", "gr": "grove", "ln": "lane", "pl": "place", "rd": "road", "sq": "square", "st": "street",
    "ter": "terrace", "terr": "terrace",
}  # fmt: skip
"""How the last word of a street's name is cut short."""


def street_of(line: str | None) -> str:
    """The street in the last part of a line, as bare letters and without the house: `Flat 2, 18a Mill Ln` is
    `milllane`, and so is `Mill Lane`.

    Policy: issue 5, the tier of street and house; the short forms proposed.
    """
    part = plain(line).rpartition(",")[2]
    words = [kept for word in _WORD.findall(part) if (kept := _ordinal(word) or _without_numbers(word))]
    if len(words) > 1:
        first = "saint" if words[0] == "st" else words[0]
        words = [first, *words[1:-1], _WRITTEN_OUT.get(words[-1], words[-1])]
    return "".join(words)


def house_in(line: str | None) -> str:
    """The number that a line begins with, letter and all; nothing where there is none.

    Policy: proposed; a number typed with the street is taken as the house.
    """
    found = _NUMBER.match(plain(line).casefold())
    return found.group() if found else ""


def same_house(typed: str | None, line: str) -> bool:
    """Whether the line of an address that names its street is of the house that was typed: every number of it, or
    the whole name that stands before the street.

    Neither the street nor the town counts, nor the beginning of a name: by one letter a street would be listed.

    Policy: issue 5, the tier of street and house; how it is compared is proposed.
    """
    house = plain(typed).casefold()
    asked, found = set(_NUMBER.findall(house)), set(_NUMBER.findall(plain(line).casefold()))
    if asked:
        return asked <= found
    name = _letters(house)
    return bool(name) and name in (_letters(part) for part in plain(line).split(",")[:-1] if not _NUMBER.search(part))


def _ordinal(word: str) -> str:
    """`2nd`, of `2nd Avenue`, which is not the first."""
    return word.casefold() if _ORDINAL.fullmatch(word.casefold()) else ""


def _without_numbers(word: str) -> str:
    return "" if any(map(str.isdigit, word)) else _letters(word)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", text.casefold())))
