"""Rows as a supplier may send them, of children who are held and of some who are not, with the mistakes of a school."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bench.draw import Draw
from bench.mistakes import short_forms, slip, wrong_digit
from bench.population import generate
from bench.shapes import Child, Children
from bench.stories import TRIPLETS, TWINS
from cp.matching.births import day, exchanged
from cp.matching.facts import Facts, OtherName, Where, asked, recorded
from cp.matching.family import carer_rows
from cp.terms import Gender, NameKind, NumberKind

HELD = 0.8
"""The share of rows whose child is held."""
FAMILY_SLIP, GIVEN_SLIP, SHORT, BIRTH, MOVED, RENAMED = 0.25, 0.15, 0.10, 0.10, 0.30, 0.05
EXCHANGED = 0.3
"""Of the wrong birth dates."""
NUMBERED, WITH_CARER = 0.5, 0.7
LEFT_OUT, TWINS_LEFT_OUT = 0.03, 0.25
"""The share of children whom the directory does not hold; of twins more, whose brother or sister it then may hold."""


Numbers = dict[NumberKind, frozenset[str]]
Carers = frozenset[tuple[str, str]]
"""Pairs of folded names, as carers are compared by."""


class Entry(NamedTuple):
    """A child, as the directory holds it."""

    key: int
    facts: Facts
    numbers: Numbers
    carers: Carers


class Row(NamedTuple):
    """What a supplier says, and whom it means: None for a child who is not held."""

    means: int | None
    facts: Facts
    numbers: Numbers
    carers: Carers


class Supply(NamedTuple):
    held: list[Entry]
    rows: list[Row]


def supplied(children: int, rows: int, seed: int, today: date) -> Supply:
    """A directory of so many children, but for the few whom it does not hold, and so many rows."""
    draw, held, strangers = Draw(seed, "supplied"), list[Child](), list[Child]()
    for batch in generate(children, seed, today):
        for child in batch.children if isinstance(batch, Children) else ():
            out = TWINS_LEFT_OUT if child.story in (TWINS, TRIPLETS) else LEFT_OUT
            (strangers if draw.chance(out) else held).append(child)
    entries = [Entry(child.key, _recorded(child), _numbers(child), _carers(child)) for child in held]
    return Supply(entries, [_row(draw, held, strangers) for _ in range(rows)])


def _row(draw: Draw, held: Sequence[Child], strangers: Sequence[Child]) -> Row:
    known = draw.chance(HELD)
    child = draw.pick(held if known else strangers)
    numbers = _numbers(child) if draw.chance(NUMBERED) else {}
    carers = _carers(child) if draw.chance(WITH_CARER) else frozenset()
    return Row(child.key if known else None, _said(draw, child, held), numbers, carers)


def _said(draw: Draw, child: Child, others: Sequence[Child]) -> Facts:
    """The child's facts, some of them wrong."""
    family = draw.pick(others).family_name if draw.chance(RENAMED) else child.family_name
    if family and draw.chance(FAMILY_SLIP):
        family = slip(draw, family)
    home = draw.pick(others) if draw.chance(MOVED) else child
    born = _wrong(draw, child.born_on) if draw.chance(BIRTH) else child.born_on
    return asked(_called(draw, child.given_names), family, day(born), Gender(child.gender), _places(home)[:1])


def _called(draw: Draw, given: str) -> str:
    """The given names, misspelt, or a short form, or as they are."""
    first, *later = given.split(" ")
    at = draw.random()
    if at < SHORT and first in short_forms():
        return draw.pick(short_forms()[first])
    return " ".join([slip(draw, first), *later]) if at < SHORT + GIVEN_SLIP else given


def _wrong(draw: Draw, born: date) -> date:
    turned = exchanged(born) if draw.chance(EXCHANGED) else None
    return turned or wrong_digit(draw, born) or born


def _recorded(child: Child) -> Facts:
    others = [OtherName(NameKind(name.kind), name.given_names, name.family_name) for name in child.names]
    names = child.given_names, child.family_name
    return recorded(names, child.born_on, Gender(child.gender), others, _places(child))


def _places(child: Child) -> list[Where]:
    codes = [place.address.postcode for place in child.locations if place.address and place.address.postcode]
    return [Where(code.split()[0], code) for code in codes]


def _numbers(child: Child) -> Numbers:
    return {NumberKind(kind): frozenset({number}) for kind, number in child.numbers}


def _carers(child: Child) -> Carers:
    return frozenset(row for carer in child.carers for row in carer_rows(carer.name))
