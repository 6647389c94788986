"""What people type when they half remember a child: a mixed set of searches, each with the child it is for.

Kinds and their shares are the table that the decorators make. The mistakes come from `bench/mistakes.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from bench.draw import Draw, Table
from bench.mistakes import respelt, short_forms, slip, wrong_digit
from cp.rules.days import age_on
from cp.services.find import Criteria
from cp.terms import Gender


class Sought(NamedTuple):
    """A child of the directory, as somebody may know it."""

    child_id: int
    number: str
    given_names: str
    family_name: str
    born_on: date
    gender: Gender
    postcode: str
    """Empty where no address is known."""
    other_given: str
    """A preferred name, or empty."""
    other_family: str
    """A former name, or empty."""


@dataclass(frozen=True, slots=True)
class Query:
    """A search of one kind for one child; for nobody where `child_id` is None."""

    kind: str
    child_id: int | None
    criteria: Criteria


Make = Callable[[Draw, Sought, date], Criteria | None]
"""The criteria, or None where this child cannot be asked for in that way."""

Kinds = dict[str, tuple[int, Make]]
"""Each kind of query, with its share in a hundred."""

KINDS: Kinds = {}


def kind(name: str, share: int, kinds: Kinds = KINDS) -> Callable[[Make], Make]:
    def keep(make: Make) -> Make:
        kinds[name] = share, make
        return make

    return keep


def mixed(children: Sequence[Sought], count: int, seed: int, today: date, kinds: Kinds = KINDS) -> list[Query]:
    """So many queries of all kinds, in their shares."""
    draw = Draw(seed, "queries")
    shares = Table(list(kinds), [share for share, _ in kinds.values()])
    queries: list[Query] = []
    while len(queries) < count:
        name, child = shares.pick(draw), draw.pick(children)
        criteria = kinds[name][1](draw, child, today)
        if criteria is not None:
            queries.append(Query(name, None if name == NOBODY else child.child_id, criteria))
    return queries


def called(child: Sought) -> str:
    """The first of the given names."""
    return child.given_names.split()[0]


def whole(child: Sought) -> Criteria:
    return Criteria(given_name=called(child), family_name=child.family_name, born=child.born_on)


def aged(child: Sought, today: date) -> Criteria | None:
    """By both names and the age; None for a child with a single name, who cannot be asked for so."""
    return replace(whole(child), born=None, age=age_on(child.born_on, today)) if child.family_name else None


@kind("both names and birth date", 20)
def _exact(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return whole(child)


@kind("family name misspelt", 14)
def _family_misspelt(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), family_name=slip(draw, child.family_name)) if child.family_name else None


@kind("given name misspelt", 8)
def _given_misspelt(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), given_name=slip(draw, called(child)))


@kind("family name as it sounds", 8)
def _heard(draw: Draw, child: Sought, today: date) -> Criteria | None:
    heard = respelt(draw, child.family_name)
    return replace(whole(child), family_name=heard) if heard else None


@kind("given name and birth date", 6)
def _given_alone(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), family_name="")


@kind("family name and birth date", 3)
def _family_alone(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return replace(whole(child), given_name="") if child.family_name else None


@kind("short form", 5)
def _short(draw: Draw, child: Sought, today: date) -> Criteria | None:
    short = short_forms().get(called(child))
    return replace(whole(child), given_name=draw.pick(short)) if short else None


@kind("former or preferred name", 4)
def _another_name(draw: Draw, child: Sought, today: date) -> Criteria | None:
    if not (child.other_given or child.other_family):
        return None
    return replace(
        whole(child),
        given_name=child.other_given or called(child),
        family_name=child.other_family or child.family_name,
    )


@kind("names in the other order", 4)
def _crossed(draw: Draw, child: Sought, today: date) -> Criteria | None:
    if not child.family_name:
        return None
    return replace(whole(child), given_name=child.family_name, family_name=called(child))


@kind("day and month exchanged", 4)
def _exchanged(draw: Draw, child: Sought, today: date) -> Criteria | None:
    born = child.born_on
    if born.day > 12 or born.day == born.month:
        return None
    return replace(whole(child), born=born.replace(day=born.month, month=born.day))


@kind("a digit of the birth date wrong", 4)
def _digit(draw: Draw, child: Sought, today: date) -> Criteria | None:
    wrong = wrong_digit(draw, child.born_on)
    return replace(whole(child), born=wrong) if wrong and wrong <= today else None


@kind("both names and age", 4)
def _aged(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return aged(child, today)


@kind("age a year out", 3)
def _year_out(draw: Draw, child: Sought, today: date) -> Criteria | None:
    told = aged(child, today)
    return told and replace(told, age=max(0, (told.age or 0) + draw.pick((-1, 1))))


@kind("misspelt, age and half a postcode", 4)
def _vague(draw: Draw, child: Sought, today: date) -> Criteria | None:
    told = aged(child, today)
    if told is None or not child.postcode:
        return None
    return replace(told, family_name=slip(draw, child.family_name), postcode=child.postcode.split()[0])


@kind("both names and half a postcode", 3)
def _outward(draw: Draw, child: Sought, today: date) -> Criteria | None:
    if not (child.postcode and child.family_name):
        return None
    return replace(whole(child), born=None, postcode=child.postcode.split()[0])


@kind("misspelt, and the whole postcode", 2)
def _postcode(draw: Draw, child: Sought, today: date) -> Criteria | None:
    if not (child.postcode and child.family_name):
        return None
    return replace(whole(child), family_name=slip(draw, child.family_name), born=None, postcode=child.postcode)


@kind("number", 2)
def _number(draw: Draw, child: Sought, today: date) -> Criteria | None:
    return Criteria(number=child.number)


NOBODY = "nobody of that name"


@kind(NOBODY, 2)
def _nobody(draw: Draw, child: Sought, today: date) -> Criteria | None:
    letters = "".join(draw.pick("bcdfghjklmnprstvwz") + draw.pick("aeiou") for _ in range(4))
    born = child.born_on + timedelta(days=draw.between(1, 300))
    return Criteria(given_name=letters[:4].title(), family_name=letters.title(), born=born)
