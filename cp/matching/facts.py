"""What is asked about a child, and what is recorded of one: the same shape, so that either may be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cp.matching.births import Span, day
from cp.matching.names import Form, Use, distinct, family_forms, given_forms, second_names
from cp.terms import Gender, NameKind

LONGEST_TEXT = 200
USES = {NameKind.PREFERRED: Use.PREFERRED, NameKind.ALSO_KNOWN_AS: Use.ALSO, NameKind.FORMER: Use.FORMER}


class OtherName(NamedTuple):
    """A name besides the current one; either part may be empty."""

    kind: NameKind
    given_names: str
    family_name: str


class Where(NamedTuple):
    """A postcode: its first half, and the whole where it is known. Texts or blind keys: only compared for equality."""

    outward: str | int
    whole: str | int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Forms of the names, the nearest to the current one first; a missing fact agrees and disagrees with nothing."""

    given: tuple[Form, ...] = ()
    family: tuple[Form, ...] = ()
    born: Span | None = None
    gender: Gender | None = None
    places: frozenset[Where] = frozenset()


def asked(
    given_name: str = "",
    family_name: str = "",
    born: Span | None = None,
    gender: Gender | None = None,
    places: Iterable[Where] = (),
) -> Facts:
    """The facts that a person typed. "Not specified" asks nothing. `places`: one, by each key it may be known by."""
    return Facts(
        given_forms(given_name[:LONGEST_TEXT]),
        family_forms(family_name[:LONGEST_TEXT]),
        born,
        _told(gender),
        frozenset(places),
    )


def recorded(
    names: tuple[str, str],
    born_on: date,
    gender: Gender,
    others: Iterable[OtherName] = (),
    places: Iterable[Where] = (),
) -> Facts:
    """The facts of a record that may be found by: `names` are the given names and the family name of today."""
    given, family = forms_of(names, others)
    return Facts(given, family, day(born_on), _told(gender), frozenset(places))


def forms_of(names: tuple[str, str], others: Iterable[OtherName]) -> tuple[tuple[Form, ...], tuple[Form, ...]]:
    """Every form of the given names and of the family name, each folded form once."""
    given, family = given_forms(names[0]), (*family_forms(names[1]), *second_names(names[0]))
    for other in sorted(others, key=lambda other: (USES[other.kind], other)):
        use = USES[other.kind]
        given += tuple(form._replace(use=use) for form in given_forms(other.given_names))
        family += tuple(form._replace(use=use) for form in family_forms(other.family_name))
    return distinct(given), distinct(family)


def _told(gender: Gender | None) -> Gender | None:
    return None if gender is Gender.NOT_SPECIFIED else gender
