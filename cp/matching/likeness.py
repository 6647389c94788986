"""How like two folded names are, from the same name to another one."""

from collections.abc import Collection
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from cp.matching.nicknames import How, tie
from cp.matching.sounds import sounds


class Likeness(IntEnum):
    """The smaller, the liker."""

    SAME = 0
    SPELLING = 1  # another spelling of one name: Muhammad, Mohammed
    SHORT = 2  # one is short for the other: Kate, Catherine
    FORM = 3  # the name in another language: Dafydd, David
    SPELT = 4  # one edit apart, or two where they also sound alike: Sidiqi, Siddiqui
    SOUND = 5  # they sound alike: Kathryn, Catherine
    ONE_NAME = 6  # forms of one name: Kate, Katie
    CLOSE = 7  # two edits apart, or one begins with the other
    OTHER = 8


_TIES = {
    How.SPELLING: Likeness.SPELLING,
    How.SHORT: Likeness.SHORT,
    How.FORM: Likeness.FORM,
    How.ONE_NAME: Likeness.ONE_NAME,
}
EDITABLE = 4
"""In a name of fewer letters an edit makes another name (Mia, Max): it is only close."""
LONG = 6
"""From this many letters on, two edits leave a name that is still recognised."""
BEGINNING = 3
"""The letters with which one name must begin with another to be close."""
SOUNDS_LIKE = 0.68
"""Names that share one sound code but look less alike than this (Ivy, Ava) do not sound alike."""
LOOKS_LIKE = 0.9


@lru_cache(16384)
def likeness(a: str, b: str, *, given: bool) -> Likeness:
    """How like two folded names are; the same both ways round. Short forms are asked of given names only."""
    if a == b:
        return Likeness.SAME
    tied = tie(a, b) if given or len(a) > EDITABLE else None
    if tied and (given or tied.how is How.SPELLING):
        return min(_TIES[tied.how], _by_letters(a, b))
    return _by_letters(a, b)


def _by_letters(a: str, b: str) -> Likeness:
    shorter, longer = (len(a), len(b)) if len(a) < len(b) else (len(b), len(a))
    edits = OSA.distance(a, b, score_cutoff=2)
    if edits == 1 and longer >= EDITABLE:
        return Likeness.SPELT
    alike = JaroWinkler.similarity(a, b)
    if _heard(a, b, alike):
        return Likeness.SPELT if edits == 2 and shorter >= LONG else Likeness.SOUND
    begins = shorter >= BEGINNING and (a.startswith(b) or b.startswith(a))
    if begins or alike >= LOOKS_LIKE or (edits == 1 and shorter > 1) or (edits == 2 and shorter >= LONG):
        return Likeness.CLOSE
    return Likeness.OTHER


def close_by_letters(folded: str, names: Collection[str]) -> set[str]:
    """Those of these names that may be like this one by their letters: all that are, but for names that only sound
    alike or are tied by a list. Many at once take a tenth of the time that one by one would.
    """
    edited = process.extract(folded, names, scorer=OSA.distance, score_cutoff=2, limit=None)
    alike = process.extract(folded, names, scorer=JaroWinkler.similarity, score_cutoff=LOOKS_LIKE, limit=None)
    start = folded[:BEGINNING]
    begun = {name for name in names if name.startswith(start) and (name.startswith(folded) or folded.startswith(name))}
    return {name for name, *_ in (*edited, *alike)} | begun


def _heard(a: str, b: str, alike: float) -> bool:
    if alike < SOUNDS_LIKE and a[:1] != b[:1]:
        return False
    shared = sounds(a) & sounds(b)
    return bool(shared) and (alike >= SOUNDS_LIKE or len({code[0] for code in shared}) > 1)
