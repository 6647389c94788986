"""Codes that names which sound alike share.

Double Metaphone knows how English spells a sound. The second code knows the other spellings heard in England: Polish
(sz, cz, rz, w), Welsh (dd, ff, ll, f), South Asian and Arabic (aspirated and doubled letters), Chinese (x, zh, q).
"""

import re
from functools import lru_cache

from doublemetaphone import doublemetaphone

_SPELLINGS = (
    ("szcz|shch|tsch|sch|tch|cz|ch|sz|sh|si(?=[ao])|^x(?=[aeiou])|^q(?=i)", "X"),
    ("rz|zh|dz|dj|j", "J"),
    ("ph|ff|pf|w|v|f", "V"),
    ("th", "T"), ("dd|dh", "D"), ("bh", "B"), ("gh(?=[aeiou])", "G"), ("gh|h", ""), ("x", "KS"),
    ("c(?=[eiy])|z", "S"), ("kh|ck|qu|q|c", "K"),
    ("[aeiou]+|y(?![aeiou])", "-"), ("y", "I"),
)  # fmt: skip
_SPELLING = re.compile("|".join(f"({spellings})" for spellings, _ in _SPELLINGS))
_SOUNDS = [sound for _, sound in _SPELLINGS]
_REPEATED = re.compile(r"(.)\1+")
_SHORTEST = 2


@lru_cache(16384)
def sounds(folded: str) -> frozenset[str]:
    """The codes of a folded name; two names sound alike when they share one."""
    if not folded.isascii():
        return frozenset()
    codes = {f"1{code}" for code in doublemetaphone(folded) if code}
    if len(rough := _rough(folded)) >= _SHORTEST:
        codes.add(f"2{rough}")
    return frozenset(codes)


def _rough(folded: str) -> str:
    """Consonants as they are heard, in order and never doubled; a vowel only where it comes first."""
    heard = _SPELLING.sub(lambda found: _SOUNDS[(found.lastindex or 1) - 1], folded).upper()
    return _REPEATED.sub(r"\1", heard[:1] + heard[1:].replace("-", ""))
