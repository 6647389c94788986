"""One entry against itself: its leaf is the hash of what it says."""

from cpverify.reading import Place
from cpverify.tree import leaf_hash

SALT = 16


def fault(place: Place) -> str | None:
    """What is wrong with an entry, as the end of a sentence; None where nothing is, or where nothing is told."""
    if place.own is not None and place.own != place.leaf:
        return "is not what was sealed"
    if place.canonical is None:
        return None
    if not place.canonical:
        return "says what no entry can say"
    if place.salt is None or len(place.salt) != SALT or leaf_hash(place.salt + place.canonical) != place.leaf:
        return "does not have the hash of what it says"
    return None
