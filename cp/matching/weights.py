"""What each agreement is worth, in bits: log2 of how much likelier it is for one child than for two.

Learnt, but for what a name weighs less in other uses: `weights.toml` says from what, and `bench/learn.py` how. Three
rules that learning keeps: the first of each table is its largest, an agreement never weighs less than nothing, and
names in the other order weigh less than names in their own.
"""

import tomllib
from enum import Enum
from pathlib import Path

from cp.matching.births import Born
from cp.matching.likeness import Likeness
from cp.matching.names import Use


class Place(Enum):
    """How two sets of addresses agree."""

    POSTCODE = "postcode"
    OUTWARD = "outward"
    SAME_OUTWARD = "same_outward"  # the first halves agree, but both whole postcodes are known and differ
    OTHER = "other"


class Sex(Enum):
    """How two genders agree."""

    SAME = "same"
    OTHER = "other"


FILE = Path(__file__).with_name("weights.toml")
_LEARNT: dict[str, dict[str, float]] = tomllib.loads(FILE.read_text("utf-8"))
GIVEN, FAMILY = ({how: _LEARNT[fact][how.name.lower()] for how in Likeness} for fact in ("given", "family"))
BORN = {how: _LEARNT["born"][how.name.lower()] for how in Born}
PLACE = {how: _LEARNT["place"][how.name.lower()] for how in Place}
SEX = {how: _LEARNT["sex"][how.name.lower()] for how in Sex}
COMMON_GIVEN, COMMON_FAMILY = _LEARNT["common_given"], _LEARNT["common_family"]
"""How much less a name weighs, by folded name, because so many children have it."""

LESS_FOR = {
    Use.CURRENT: 0.0,
    Use.FIRST: 0.0,
    Use.ALL: 0.0,
    Use.SECOND: 2.0,
    Use.HALF: 1.5,
    Use.PREFERRED: 0.5,
    Use.ALSO: 1.0,
    Use.FORMER: 1.5,
}
"""What a name weighs less where it is not the one that a person is called by today."""

LESS_FOR_LATER_NAMES = 1.0
"""The first given names agree, the later ones of both do not."""
LESS_FOR_HONOUR = 4.0
"""The same, where the first is a name of honour that many share (Muhammad Ali, Muhammad Yusuf)."""
LESS_FOR_ORDER = 2.0
"""The given name stands as the family name, and the other way round."""


def less_for_common(a: str, b: str, *, given: bool) -> float:
    """What an agreement of these folded names weighs less because many children have the commoner of the two.

    The same both ways round; and never less for a near name than for the very same, which so stays ahead.
    """
    common = COMMON_GIVEN if given else COMMON_FAMILY
    return max(common.get(a, 0.0), common.get(b, 0.0))
