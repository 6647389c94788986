"""Names as they are in England: folded to bare letters, taken apart into the pieces a person may half remember.

A folded name is one run of letters: `O'Brien` and `Obrien`, `Al-Hassan`, `Al Hassan` and `Alhassan` are each one name.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

LONGEST = 40
"""Letters of a folded name that are kept: more than any name, few enough that a page of letters costs nothing."""

PARTICLES = frozenset({
    "al", "el", "ul", "ur", "ud", "abd", "abdal", "abdel", "abdul", "abu", "bin", "bint", "ibn", "van", "von", "der",
    "den", "de", "di", "del", "da", "dos", "du", "mac", "mc", "o", "st", "saint", "fitz", "ap", "ab", "ferch", "ter",
    "ten", "nic",
})  # fmt: skip
"""Words that belong to the word after them, so that `van der Berg` is one name and not three."""

PART_OF_THE_NAME = frozenset({"mac", "mc", "o", "st", "saint", "fitz", "nic"})
"""Particles that are never left out."""

LED_BY = frozenset({
    "muhammad", "mohammad", "mohammed", "mohamed", "muhammed", "mohamad", "muhamad", "mohamud", "md", "mohd", "muhd",
    "syed", "sayed", "syeda",
})  # fmt: skip
"""First names of honour: the name that a child so named is called by is often the second."""

SECOND_NAMES = frozenset({"begum", "bibi", "kaur", "singh", "khatun", "khanum", "khanam"})
"""Names that stand now among the given names, now as the family name."""

_SPELT_OUT = str.maketrans({
    "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "\u0131": "i", "ə": "a",
    "ŧ": "t",
})  # fmt: skip
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_WORD = re.compile(r"[^\s\-\u2010-\u2015/,.·_]+")


class Use(IntEnum):
    """How a form of a name stands to the person."""

    CURRENT = 0
    FIRST = 1  # the first of several given names
    ALL = 2  # several given names run together
    SECOND = 3  # a later one of several given names
    HALF = 4  # one part of a double-barrelled name, or a name without its particle
    PREFERRED = 5
    ALSO = 6
    FORMER = 7


class Form(NamedTuple):
    """One way a name may be said: as written, and folded."""

    text: str
    folded: str
    use: Use


class _Word(NamedTuple):
    start: int
    end: int
    folded: str


@lru_cache(16384)
def fold(text: str) -> str:
    """The bare letters: no accents, apostrophes, case, hyphens or spaces. `St John` is `saintjohn`."""
    return "".join(word.folded for word in _words(text))[:LONGEST]


@lru_cache(1024)
def _words(text: str) -> list[_Word]:
    found = [_Word(*at.span(), folded) for at in _WORD.finditer(text) if (folded := _letters(at.group()))]
    if all(word.folded != "st" for word in found[:-1]):
        return found
    return [word._replace(folded="saint") if word.folded == "st" else word for word in found[:-1]] + found[-1:]


def _letters(word: str) -> str:
    plain = word.casefold()
    if plain.isascii() and plain.isalpha():
        return plain
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
        plain = plain.translate(_ACCENTS).translate(_SPELT_OUT)
    return "".join(c for c in plain if c.isalpha() or unicodedata.category(c)[0] == "M")


def parts(text: str, *, of_compounds: bool = True) -> tuple[Form, ...]:
    """The parts of a name of several: `Smith-Jones` has two, `van der Berg` and `Al-Hassan` one.

    Without `of_compounds`, what a hyphen joins stays one: `Mary-Jane Ellen` is `Mary-Jane` and `Ellen`.
    """
    grouped: list[_Word] = []
    joins = False
    for word in _words(text):
        hyphened = not of_compounds and grouped and not any(map(str.isspace, text[grouped[-1].end : word.start]))
        if joins or hyphened:
            grouped[-1] = _Word(grouped[-1].start, word.end, grouped[-1].folded + word.folded)
        else:
            grouped.append(word)
        joins = word.folded in PARTICLES
    return tuple(Form(text[start:end], folded[:LONGEST], Use.CURRENT) for start, end, folded in grouped)


@lru_cache(16384)
def given_forms(text: str) -> tuple[Form, ...]:
    """What a child of these given names may be called: the first of them, all together, each later one."""
    named = _plain(text) or parts(text, of_compounds=False)
    if not named:
        return ()
    halves = [] if _plain(named[0].text) else _halves(named[0].text)
    if len(named) == 1:
        return distinct([named[0], *halves])
    whole = Form(" ".join(text.split()), fold(text), Use.ALL)
    called = Use.FIRST if named[0].folded in LED_BY else Use.SECOND
    later = [named[1]._replace(use=called), *(form._replace(use=Use.SECOND) for form in named[2:])]
    return distinct([named[0]._replace(use=Use.FIRST), whole, *halves, *later])


@lru_cache(16384)
def family_forms(text: str) -> tuple[Form, ...]:
    """A family name, each half of a double-barrelled one, and the name without its particles (`Hassan`)."""
    if plain := _plain(text):
        return plain
    whole = Form(" ".join(text.split()), fold(text), Use.CURRENT)
    return distinct([whole, *_halves(text)]) if whole.folded else ()


def _plain(text: str) -> tuple[Form, ...]:
    """A name of one plain word, as most are, in one step; nothing for any other."""
    return (Form(text, text.lower()[:LONGEST], Use.CURRENT),) if text.isascii() and text.isalpha() else ()


def _halves(text: str) -> list[Form]:
    halves = list(parts(text))
    if len(halves) == 1:
        words = _words(text)
        alone = len(words) == 1 or any(word.folded in PART_OF_THE_NAME for word in words)
        halves = [] if alone else [Form(text[words[-1].start : words[-1].end], words[-1].folded[:LONGEST], Use.HALF)]
    return [half._replace(use=Use.HALF) for half in halves if len(half.folded) > 1]


@lru_cache(16384)
def second_names(text: str) -> tuple[Form, ...]:
    """Those of the given names that may be asked for as the family name (`Simran Kaur`)."""
    return tuple(form._replace(use=Use.HALF) for form in parts(text)[1:] if form.folded in SECOND_NAMES)


def distinct(forms: Iterable[Form]) -> tuple[Form, ...]:
    """Each folded form once, the first kept."""
    kept: dict[str, Form] = {}
    for form in forms:
        kept.setdefault(form.folded, form)
    return tuple(kept.values())
