"""What is known around a child: a carer's name, the street and the house. How it may agree, and what that is worth."""

from enum import Enum

from cp.matching import keys
from cp.matching.names import fold, parts


class Kin(Enum):
    """How a carer's name agrees with the one that was asked for."""

    SAME = "same"
    FORM = "form"  # another spelling, a short form, the name in another language
    CLOSE = "close"
    CROSSED = "crossed"  # the names in the other order
    OTHER = "other"


class Home(Enum):
    """How an address of now agrees, beyond its postcode."""

    HOUSE = "house"
    STREET = "street"  # no house was asked for
    OTHER_HOUSE = "other_house"
    OTHER = "other"


KIN_OTHER = -3.0
"""A carer's name that agrees weighs what the names weigh; one that does not, less than a child's: there are several."""

HOME = {
    Home.HOUSE: 13.0,  # one home in 8,000 of half a postcode
    Home.STREET: 7.5,  # one street in 180 of it
    Home.OTHER_HOUSE: 1.0,
    Home.OTHER: -2.0,
}

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "revd", "sir"})
TWO = 2
"""Names that a carer must have to be found: a given one and a family name."""


def carer_rows(name: str) -> list[tuple[str, str]]:
    """The pairs (family, given) of folded names by which a carer is found; none of somebody with one name alone.

    Carers are kept as one line: its last name is taken as the family name, and a search asks for the other order too.
    Where a particle would make one name of it (Abdul Sheikh), each word is one.
    """
    words = name.split()
    plain = len(words) == TWO and name.isascii() and all(map(str.isalpha, words))
    named = words if plain else [part.text for part in parts(name, of_compounds=False)]
    if len(named) < TWO:
        named = [word for word in name.split() if fold(word)]
    if len(named) > TWO and fold(named[0]) in TITLES:
        named = named[1:]
    return keys.name_rows((" ".join(named[:-1]), named[-1])) if len(named) >= TWO else []
