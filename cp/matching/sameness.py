"""Whether two given names are surely one child's: what tells twins apart, more strictly than any weight.

A search is glad of every name that may be meant. A row that joins a record by itself has to be sure.
"""

import unicodedata
from enum import IntEnum
from functools import lru_cache
from itertools import chain, product

from cp.matching.compare import Comparison
from cp.matching.facts import Facts
from cp.matching.likeness import Likeness, likeness
from cp.matching.names import LED_BY, Form, Use
from cp.matching.nicknames import How, tie, ties

CALLED = frozenset({Use.CURRENT, Use.FIRST, Use.ALL})
"""Uses of a name that one is called by today."""

ONE_WRITING = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "BOPOMOFO": "CJK", "HANGUL": "CJK"}
"""Scripts that are rightly written in one word."""
NO_WRITING = frozenset({"MODIFIER", "COMBINING", "FEMININE", "MASCULINE"})
"""What Unicode calls marks that are letters of every script."""


SEVERAL = 2
"""Given names that two children must share to be one, where both have several."""


class Given(IntEnum):
    """How sure it is that two given names are one child's; the smaller, the surer."""

    SAME = 0  # the same name, or another spelling of it
    VARIANT = 1  # a short form, a later or former name: twins may be Emily and Millie
    NEAR = 2  # near in letters, or only the first of several agrees: twins may be Mia and Maya
    OTHER = 3
    MISSING = 4


def given_names(row: Facts, record: Facts, *, crossed: bool) -> Given:
    """How the given names stand to each other; of names in the other order, how the less sure of both does.

    The same both ways round.
    """
    if not crossed:
        return _surest(row.given, record.given)
    return max(_surest(row.given, record.family), _surest(row.family, record.given))


def _surest(mine: tuple[Form, ...], theirs: tuple[Form, ...]) -> Given:
    if not mine or not theirs:
        return Given.MISSING
    found = min(_sure(a, b) for a, b in product(mine, theirs))
    return Given.NEAR if found is Given.SAME and _only_the_first(mine, theirs) else found


def _sure(a: Form, b: Form) -> Given:
    if _spelling(a.folded) == _spelling(b.folded):
        called = a.use in CALLED and b.use in CALLED
        honour = a.folded in LED_BY and a.use is not b.use
        return Given.SAME if called and not honour else Given.VARIANT
    if tie(a.folded, b.folded):
        return Given.VARIANT
    return Given.NEAR if likeness(a.folded, b.folded, given=True) is not Likeness.OTHER else Given.OTHER


@lru_cache(16384)
def _spelling(folded: str) -> str:
    """One spelling for all that a name has."""
    return min([folded, *(other for other, tied in ties(folded).items() if tied.how is How.SPELLING)])


def _only_the_first(mine: tuple[Form, ...], theirs: tuple[Form, ...]) -> bool:
    """Both have several given names and share one alone: Muhammad Ali and Muhammad Yusuf, Thi Lan and Thi Mai."""
    if not _used(mine, Use.ALL) or not _used(theirs, Use.ALL) or _used(mine, Use.ALL) & _used(theirs, Use.ALL):
        return False
    return len(_used(mine, Use.FIRST, Use.SECOND) & _used(theirs, Use.FIRST, Use.SECOND)) < SEVERAL


def _used(forms: tuple[Form, ...], *uses: Use) -> set[str]:
    return {_spelling(form.folded) for form in forms if form.use in uses}


def look_alike(row: Facts, record: Facts, found: Comparison) -> bool:
    """Whether a word of either's names mixes letters of two scripts, or names that were compared are written in two.

    A Cyrillic letter in a Latin name looks the same and is another name: by mistake, or to slip past a shield.
    """
    forms = chain(row.given, row.family, record.given, record.family)
    words = (word for form in forms if not form.text.isascii() for word in form.text.split())
    pairs = ((each.mine, each.theirs) for each in found.agreements if each.mine and each.theirs)
    return any(len(_scripts(word)) > 1 for word in words) or any(
        _scripts(mine.text).isdisjoint(_scripts(theirs.text)) for mine, theirs in pairs
    )


@lru_cache(16384)
def _scripts(text: str) -> frozenset[str]:
    """The scripts that its letters are of, by the first word of what Unicode calls them."""
    if text.isascii():
        return frozenset({"LATIN"})
    plain = unicodedata.normalize("NFKC", text)
    named = {unicodedata.name(letter, "UNKNOWN").split()[0] for letter in plain if letter.isalpha()}
    return frozenset(ONE_WRITING.get(script, script) for script in named - NO_WRITING)
