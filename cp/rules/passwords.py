"""Which passwords may be chosen."""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

SHORTEST, LONGEST = 12, 128
FEWEST_DIFFERENT = 5
LEFT = 8
"""Letters that a password with a name in it has besides."""


def password_problem(password: str, context: Iterable[str], common: Collection[str]) -> str | None:
    """`short`, `long`, `common` or `context`; None for one that may be chosen. Any characters may be in it.

    `common`: the ones that are guessed first, in lower case. `context`: names of the person and the place.
    Neither numbers and signs around such a word nor repeating it make it another.

    Policy: section 7 of the security page; what counts as made of a word is proposed.
    """
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    folded = password.casefold()
    if _is_common(folded, common):
        return "common"
    return "context" if _is_made_of(folded, context) else None


def _is_common(folded: str, common: Collection[str]) -> bool:
    part = _repeated(folded)
    if len(set(folded)) < FEWEST_DIFFERENT or _counts_up(part):
        return True
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", part)
    return any(text in common for text in (folded, part, core))


def _counts_up(text: str) -> bool:
    """Whether each character follows the one before, or comes before it: "abcdefghijkl"."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({1}, {-1})


def _repeated(text: str) -> str:
    """What a text repeats at least twice, else the text: "abc" for "abcabcab"."""
    lengths = (size for size in range(1, len(text) // 2 + 1) if text == (text[:size] * len(text))[: len(text)])
    return text[: next(lengths, len(text))]


def _is_made_of(folded: str, context: Iterable[str]) -> bool:
    words = {word for text in context for word in re.split(r"[\W\d_]+", text.casefold()) if len(word) > 2}
    left = folded
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left != folded and len(re.sub(r"[\W\d_]+", "", left)) < LEFT
