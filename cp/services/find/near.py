"""Which names of the dictionary one name may stand for."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from cp.matching import keys, weights
from cp.matching.likeness import Likeness, likeness
from cp.matching.names import Form

MOST_NEAR = 40
"""Names of the dictionary that one typed name may stand for."""

MOST_SLIPPED = 12
"""Of these, how many are tried first with another name, and with a birth date that is wrong as well."""

FAMILY, GIVEN = True, False
Forms = tuple[Form, ...]


class Near(NamedTuple):
    """Ids of the names that may be meant, the nearest first, and of those that are the very same."""

    all: list[int]
    same: list[int]

    @property
    def nearest(self) -> "Near":
        """The first few, which mostly hold the one that is meant."""
        return Near(self.all[:MOST_SLIPPED], self.same)


@lru_cache(4096)
def hashes(forms: Forms, kind: bool) -> frozenset[int]:
    """The hashes to look these forms of a name up by, as family names or as given ones."""
    return frozenset(key for form in forms for key in keys.probes(form.folded, family=kind))


def nearest(forms: Forms, names: Iterable[tuple[int, str]], *, given: bool) -> Near:
    """Those of these names that are like one of the forms. Where nothing was typed a hash may still have met one of
    the other kind: among a million hashes of 32 bits, one search in some hundreds.
    """
    if not forms:
        return Near([], [])
    table = weights.GIVEN if given else weights.FAMILY
    graded = []
    for name_id, folded in names:
        hows = [likeness(form.folded, folded, given=given) for form in forms]
        if like := [table[how] for how in hows if how is not Likeness.OTHER]:
            graded.append((-max(like), folded, name_id))
    graded.sort()
    perfect = -table[Likeness.SAME]
    return Near(
        [name_id for *_, name_id in graded[:MOST_NEAR]], [key for weight, _, key in graded if weight == perfect]
    )
