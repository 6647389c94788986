"""What the school, the practice and the authority each said of a child: mostly the same, as in life not always."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from bench import stories
from bench.draw import Draw
from bench.households import Household
from bench.names import plain
from bench.schooling import Spell
from bench.shapes import OtherName, Said

PRACTICE_DIFFERS = 0.12
SCHOOL_DATE_WRONG = 0.004

Numbers = tuple[tuple[str, str], ...]
"""Pairs of a kind of number and the number."""


class Facts(NamedTuple):
    """Who a child is."""

    given_names: str
    family_name: str
    born_on: date
    gender: str
    names: tuple[OtherName, ...]


class Known(NamedTuple):
    """Who knows the child: the school and the practice as they stand, or stood last, and the numbers they gave."""

    school: Spell | None
    practice: Spell | None
    upn: str | None
    nhs: str | None


class Files:
    """The sources of one authority, each with its own row keys."""

    def __init__(self, council: int, today: int) -> None:
        self.council, self.today = council, today
        self.rows: Counter[int] = Counter()

    def said(self, draw: Draw, facts: Facts, home: Household, known: Known) -> tuple[Said, ...]:
        """The one whose word counts most for names, addresses and carers comes first."""
        found: list[Said] = []
        if home.story in stories.CARED_FOR or not (known.school or known.practice):
            found.append(self._one("authority", self.council, self.today - draw.below(200), facts))
        if known.school:
            numbers = (("upn", known.upn),) if known.upn else ()
            when = max(known.school.started, home.changed, self.today - 5 - draw.below(70))
            found.append(self._one("school", known.school.site.organisation.key, when, facts, numbers))
        if known.practice:
            numbers = (("nhs", known.nhs),) if known.nhs else ()
            when = max(known.practice.started, self.today - draw.below(500))
            found.append(self._one("gp_practice", known.practice.site.organisation.key, when, facts, numbers))
        return _shared_out(draw, found, facts, home)

    def _one(self, kind: str, organisation: int, when: int, facts: Facts, numbers: Numbers = ()) -> Said:
        self.rows[organisation] += 1
        key = f"{self.rows[organisation]:06d}"
        said_on = date.fromordinal(min(when, self.today))
        return Said(kind, organisation, key, said_on, *facts[:4], (), (), (), numbers)


def _shared_out(draw: Draw, found: list[Said], facts: Facts, home: Household) -> tuple[Said, ...]:
    """The first says everything; the others may not have heard of a move, and spell as they do."""
    first, *others = found
    split = bool(others) and draw.random() < 0.5
    former = tuple(name for name in facts.names if name.kind == "former")
    told = tuple(name for name in facts.names if name not in former) if split else facts.names
    result = [first._replace(names=told, locations=home.locations, carers=home.carers)]
    for other in others:
        given, family = other.given_names, other.family_name
        if other.kind == "gp_practice" and draw.random() < PRACTICE_DIFFERS:
            given, family = _differently(draw, given, family)
        names = former if split and other is others[-1] else ()
        result.append(other._replace(given_names=given, family_name=family, locations=home.earlier, names=names))
    if first.kind == "school" and others and draw.random() < SCHOOL_DATE_WRONG:
        result[0] = result[0]._replace(born_on=_mistaken(draw, facts.born_on))
    return tuple(result)


def _differently(draw: Draw, given: str, family: str) -> tuple[str, str]:
    """Without the middle name, without marks, or with a letter wrong."""
    if " " in given and draw.chance(0.5):
        return given.split(" ")[0], family
    if plain(given + family) != given + family:
        return plain(given), plain(family)
    if draw.chance(0.3):
        return _slip(draw, given), family
    return given, _slip(draw, family)


def _slip(draw: Draw, name: str) -> str:
    """One letter dropped, doubled or exchanged with the next, but never the first."""
    if len(name) < 4:
        return name
    at = draw.between(1, len(name) - 2)
    if not name[at : at + 2].isalpha():
        return name
    return name[:at] + draw.pick((name[at + 1], name[at] * 2 + name[at + 1], name[at + 1] + name[at])) + name[at + 2 :]


def _mistaken(draw: Draw, born: date) -> date:
    """Day and month exchanged where that is a date before this one, else a day early."""
    if born.day <= 12 and born.day < born.month:
        return born.replace(month=born.day, day=born.month)
    return date.fromordinal(born.toordinal() - 1)
