"""Comparing what is known around a child, beside the child's own facts: a carer's name, the street and the house."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cp.matching import weights
from cp.matching.compare import Agreement, Comparison, Fact, compare_names
from cp.matching.facts import LONGEST_TEXT, Facts
from cp.matching.family import HOME, KIN_OTHER, Home, Kin
from cp.matching.likeness import Likeness
from cp.matching.names import Form, Use, family_forms, given_forms
from cp.matching.nicknames import ties
from cp.matching.reasons import BY_LETTERS
from cp.matching.verdict import ENOUGH

MOST_MEANT = 40
"""Names that one typed name may stand for."""
MOST_FORMS = 6
"""Forms of a typed name that are tried: a long name has as many. A field that lists names tries no more of them."""

Names = Mapping[str, Agreement]
"""What a typed name may stand for and how well it agrees, by folded name."""


@dataclass(frozen=True, slots=True)
class Carer:
    """A carer's name as it was typed, each part in its own place and in the other's; empty where it was not typed."""

    given: Names
    family: Names
    given_as_family: Names
    family_as_given: Names

    @property
    def whole(self) -> bool:
        return bool(self.given and self.family)

    def __bool__(self) -> bool:
        return bool(self.given or self.family)


def forms_typed(given: str, family: str) -> tuple[tuple[Form, ...], tuple[Form, ...]]:
    """How a carer's names as typed may be said."""
    return given_forms(given[:LONGEST_TEXT])[:MOST_FORMS], family_forms(family[:LONGEST_TEXT])[:MOST_FORMS]


def of_one(mine: Facts) -> Facts:
    """The same facts of a child, without what only a list of names would have."""
    return replace(mine, given=mine.given[:MOST_FORMS], family=mine.family[:MOST_FORMS])


def meant(forms: tuple[Form, ...], names: Iterable[str], *, given: bool) -> Names:
    """What this name as typed may stand for: itself, the names tied to it, and of these `names` those like it."""
    fact, own = (Fact.GIVEN if given else Fact.FAMILY), {form.folded for form in forms}
    names = {*names, *own, *(name for one in own for name in ties(one))}
    compared = {name: compare_names(fact, forms, (Form(name, name, Use.CURRENT),)) for name in names}
    agreed = {name: found for name, found in compared.items() if found and found.agrees}
    return dict(sorted(agreed.items(), key=lambda item: (-item[1].weight, item[0]))[:MOST_MEANT])


def kin(own: Iterable[tuple[Agreement | None, ...]], crossed: Iterable[tuple[Agreement | None, ...]]) -> Agreement:
    """How the carers of a child agree: of each carer what its names are to those that were typed, None for another.

    Every name that was typed must agree, in its own place or, all of them, in the other's.
    """
    found = [Agreement(Fact.CARER, _how(names), _weight(names)) for each in own if (names := _every(each))]
    found += [
        Agreement(Fact.CARER, Kin.CROSSED, _weight(names) - weights.LESS_FOR_ORDER)
        for each in crossed
        if (names := _every(each))
    ]
    return max(found, key=lambda one: one.weight, default=Agreement(Fact.CARER, Kin.OTHER, KIN_OTHER))


def _every(names: tuple[Agreement | None, ...]) -> list[Agreement]:
    there = [name for name in names if name]
    return there if len(there) == len(names) else []


def _weight(names: list[Agreement]) -> float:
    return sum(name.weight for name in names)


def _how(names: list[Agreement]) -> Kin:
    if all(name.how is Likeness.SAME for name in names):
        return Kin.SAME
    return Kin.CLOSE if any(name.how in BY_LETTERS for name in names) else Kin.FORM


def home(same_street: bool, same_house: bool | None) -> Agreement:
    """How an address agrees; `same_house` is None where no house was typed."""
    how = Home.OTHER if not same_street else {None: Home.STREET, True: Home.HOUSE, False: Home.OTHER_HOUSE}[same_house]
    return Agreement(Fact.HOME, how, HOME[how])


def with_these(found: Comparison, around: list[Agreement], asked: int) -> Comparison:
    """The comparison of a child's own facts with these beside it, of `asked` that were typed."""
    exact = found.exact and len(around) == asked and all(agreement.in_full for agreement in around)
    score = found.score + sum(agreement.weight for agreement in around)
    return replace(found, score=score, agreements=(*found.agreements, *around), exact=exact)


def may_be_found(found: Comparison) -> bool:
    """Enough weight, resting on a carer and a fact of another kind, or on a home and its house or a name of the child.

    The same as a search must ask, for what was asked need not be what agrees: a street with an age and a name that
    nobody bears would list the street's children of that age.
    """
    named = found.agrees_on(Fact.GIVEN, Fact.FAMILY)
    house = any(agreement.how is Home.HOUSE for agreement in found.agreements)
    by_carer = found.agrees_on(Fact.CARER) and (named or found.agrees_on(Fact.HOME, Fact.PLACE, Fact.BORN))
    by_home = found.agrees_on(Fact.HOME) and (named or house)
    return found.score >= ENOUGH and (by_carer or by_home)
