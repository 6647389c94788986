"""What is indexed of a name and of a child: whole numbers, the same on every machine and for ever."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from zlib import crc32

from cp.matching.facts import OtherName, forms_of
from cp.matching.names import Form, Use, family_forms, given_forms, second_names
from cp.matching.nicknames import ties
from cp.matching.sounds import sounds

EPOCH = date(1970, 1, 1)
SHORTEST_TO_CUT = 3
"""Letters of a name that a letter may be taken from: less would make every short name alike."""

INDEXED = frozenset({Use.CURRENT, Use.FIRST, Use.HALF, Use.PREFERRED, Use.ALSO, Use.FORMER})
"""Not a later given name, nor all of them together: most children have several, and either name finds the child."""

MOST_ROWS = 12
"""Pairs of names indexed for one child."""


BEGINNING = 4
"""Letters of a name that are enough to find it by where no more was heard, with an age or a place."""


def name_keys(folded: str, *, family: bool) -> set[int]:
    """Hashes by which a name is found: itself, itself without any one letter, its sounds, its beginning."""
    return _near_keys(folded, family) | beginning_keys(folded, family=family)


def beginning_keys(folded: str, *, family: bool) -> set[int]:
    """The hash of its first letters; none of a name that has fewer."""
    return {_hash(f"^{folded[:BEGINNING]}", family)} if len(folded) >= BEGINNING else set()


def _near_keys(folded: str, family: bool) -> set[int]:
    """Two names one edit apart share one: SymSpell's symmetric deletion (W. Garbe), for an edit distance of one."""
    texts = {folded, *(f"~{code}" for code in sounds(folded))}
    if len(folded) >= SHORTEST_TO_CUT:
        texts |= {folded[:at] + folded[at + 1 :] for at in range(len(folded))}
    return {_hash(text, family) for text in texts if text}


@lru_cache(4096)
def probes(folded: str, *, family: bool) -> frozenset[int]:
    """The hashes to look a name up by: its own, and those of the names that may stand for it."""
    return frozenset(_near_keys(folded, family) | {_hash(other, family) for other in ties(folded)})


def own_key(folded: str, *, family: bool) -> int:
    """The hash of the whole name alone."""
    return _hash(folded, family)


def _hash(text: str, family: bool) -> int:
    """32 bits with a sign, as both engines keep them; given and family names never meet."""
    unsigned = crc32(f"{'f' if family else 'g'}{text}".encode())
    return unsigned - (1 << 32) if unsigned >= 1 << 31 else unsigned


def born_key(born: date) -> int:
    """Days since 1 January 1970."""
    return (born - EPOCH).days


@lru_cache(16384)
def born_on(key: int) -> date:
    return EPOCH + timedelta(days=key)


def name_rows(names: tuple[str, str], others: Iterable[OtherName] = ()) -> list[tuple[str, str]]:
    """The pairs (family, given) of folded names to index for a child, the current pair first.

    Each other form stands beside the current other name, then beside each other one. An empty name is a name like any
    other here: it has no keys.
    """
    given, family = _forms(names, tuple(others))
    pairs = [(family[0], given[0])]
    if len(given) + len(family) > 2:
        pairs += [(each, given[0]) for each in family[1:]] + [(family[0], each) for each in given[1:]]
        pairs += [(of, each) for of in family[1:] for each in given[1:]]
    return list(dict.fromkeys(pairs))[:MOST_ROWS]


def _forms(names: tuple[str, str], others: tuple[OtherName, ...]) -> tuple[Sequence[str], Sequence[str]]:
    """The folded given and family names that are indexed; of most children, as they were worked out for another."""
    if not others and not second_names(names[0]):
        return _of_given(names[0]), _of_family(names[1])
    given, family = forms_of(names, others)
    return _indexed(given), _indexed(family)


@lru_cache(16384)
def _of_given(text: str) -> tuple[str, ...]:
    return _indexed(given_forms(text))


@lru_cache(16384)
def _of_family(text: str) -> tuple[str, ...]:
    return _indexed(family_forms(text))


def _indexed(forms: tuple[Form, ...]) -> tuple[str, ...]:
    return tuple(form.folded for form in forms if form.use in INDEXED) or ("",)
