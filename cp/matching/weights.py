"""What each agreement is worth, in bits: log2 of how much likelier it is for one child than for two.

Set by hand from the frequencies beside them (names in England and Wales, birth dates over 18 years); a later issue
learns them from data. Three rules that learning must keep: the first of each table is its largest, an agreement never
weighs less than nothing, and names in the other order weigh less than names in their own.
"""

from enum import Enum

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


GIVEN = {
    Likeness.SAME: 9.0,  # one child in 500 shares a given name, counting how common names are
    Likeness.SPELLING: 8.0,
    Likeness.SHORT: 7.0,
    Likeness.FORM: 6.5,
    Likeness.SPELT: 6.5,
    Likeness.SOUND: 5.5,
    Likeness.ONE_NAME: 4.0,
    Likeness.CLOSE: 3.0,
    Likeness.OTHER: -7.0,
}
FAMILY = {
    Likeness.SAME: 10.0,  # one child in 1,000
    Likeness.SPELLING: 9.0,
    Likeness.SHORT: 3.5,
    Likeness.FORM: 3.5,
    Likeness.SPELT: 7.5,
    Likeness.SOUND: 6.0,
    Likeness.ONE_NAME: 3.5,
    Likeness.CLOSE: 3.5,
    Likeness.OTHER: -6.0,  # less than for a given name: families change theirs
}
BORN = {
    Born.SAME: 12.0,  # one day in 6,570
    Born.EXCHANGED: 8.0,
    Born.DIGIT: 7.0,
    Born.DIGITS: 7.0,
    Born.YOUNGER: 7.0,
    Born.OLDER: 7.0,
    Born.SAME_YEAR: 1.0,
    Born.AGE: 4.0,  # one year in 18
    Born.YEAR: 4.0,
    Born.AGE_YOUNGER: 1.5,
    Born.AGE_OLDER: 1.5,
    Born.OTHER: -8.0,
}
PLACE = {
    Place.POSTCODE: 8.0,
    Place.OUTWARD: 5.0,
    Place.SAME_OUTWARD: 3.0,
    Place.OTHER: -2.0,  # children move
}
SEX = {
    Sex.SAME: 1.0,
    Sex.OTHER: -3.0,
}

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
