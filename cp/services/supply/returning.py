"""A child who was shielded, left and is sent again: the new record is shielded like the one in the archive."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.matching.names import fold
from cp.models.child import Child
from cp.services.find.lists import among
from cp.services.shielding import setting
from cp.services.supply import candidates
from cp.services.supply.candidates import Row
from cp.terms import NumberKind, RecordState, ShieldGround

_HIDDEN = Child.archived_on.is_not(None), Child.shielded_at.is_not(None), Child.state == RecordState.ARCHIVED
"""The first two are what there is an index of."""


class _Left(NamedTuple):
    given: str
    family: str
    ground: ShieldGround | None


def shield(session: Session, made: Mapping[int, Row]) -> None:
    """Those of these new records, each made of its row, that may be of such a child, in the transaction that makes
    them. A shield is the person's: one too many rather than one too few, and nobody answers for it yet.

    One number of another body is enough, or the birth date with both names: with one name alone every sixtieth new
    record in a country would be shielded for a child whom nobody here knows.
    """
    if not made:
        return
    born, numbered = _of_births(session, made), _of_numbers(session, made)
    for child_id, row in made.items():
        grounds = [one.ground for one in born[row.born_on] if _same_names(row, one)]
        mine = [(kind, key) for kind, keys in row.numbers.items() for key in keys]
        grounds += [numbered[one] for one in mine if one in numbered]
        if grounds:
            setting.shield_again(session, session.get_one(Child, child_id).subject_id, grounds[0])


def _of_births(session: Session, made: Mapping[int, Row]) -> dict[date, list[_Left]]:
    found: dict[date, list[_Left]] = defaultdict(list)
    columns = Child.born_on, Child.given_names, Child.family_name, Child.shield_ground
    born = Child.born_on.in_({row.born_on for row in made.values()})
    for born_on, given, family, ground in session.execute(select(*columns).where(born, *_HIDDEN)):
        found[born_on].append(_Left(fold(given), fold(family), ground))
    return found


def _of_numbers(session: Session, made: Mapping[int, Row]) -> dict[tuple[NumberKind, int], ShieldGround | None]:
    """By the numbers of these rows that such a child had."""
    by_number = candidates.by_number(session, list(made.values()))
    whose = set().union(*by_number.values())
    hidden = select(Child.id, Child.shield_ground).where(among(Child.id, whose), *_HIDDEN)
    grounds = dict(session.execute(hidden).all()) if whose else {}
    return {one: grounds[child_id] for one, ids in by_number.items() for child_id in ids & grounds.keys()}


def _same_names(row: Row, left: _Left) -> bool:
    return (fold(row.said.given_names or ""), fold(row.said.family_name or "")) == (left.given, left.family)
