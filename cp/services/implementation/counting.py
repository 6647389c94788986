"""How far organisations are on their way, counted in the database: one statement, however many there are."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement, Onboarding, Organisation, Supplier
from cp.services.supply.senders import SCHOOLS
from cp.terms import BodyKind, Figure, Step

Numbers = Mapping[Figure, int]
OF_DAYS = (Figure.DAYS_HALF, Figure.DAYS_SLOWEST)
"""What is no sum of anything."""
IS_SCHOOL = Organisation.kind.in_(SCHOOLS)


def open_ones() -> Select[Organisation]:
    """Every organisation that has not closed, but the authorities themselves."""
    return select(Organisation).where(
        Organisation.body_kind != BodyKind.AUTHORITY,
        Organisation.valid_to.is_(None) | (Organisation.valid_to > clock.today()),
    )  # fmt: skip


def is_live() -> ColumnElement[bool]:
    """Nothing is missing now: whatever an organisation had once and has no longer, it is not live without."""
    return Onboarding.step == Step.LIVE


def by(session: Session, of: Select[Organisation], *groups: Any) -> dict[tuple[Any, ...], Numbers]:
    """What is counted of the organisations of each group. Numbers of people are exact: the caller rounds them."""
    counted = _counted()
    query = (
        of.with_only_columns(*groups, *counted.values())
        .select_from(Organisation)
        .outerjoin(Onboarding, Onboarding.organisation_id == Organisation.id)
        .outerjoin(Supplier, Supplier.organisation_id == Organisation.id)
        .group_by(*groups)
    )
    return {
        tuple(row[: len(groups)]): dict(zip(counted, map(int, row[len(groups) :]), strict=True))
        for row in session.execute(query)
    }


def on_rolls(session: Session, of: Select[Organisation], *groups: Any) -> dict[tuple[Any, ...], int]:
    """How many children are on the rolls of the schools of each group whose number of pupils is known.

    By what the schools and whoever recorded for them say. No table of children is read, so nothing that protects a
    child, or is hidden of one, changes it.
    """
    query = (
        of.with_only_columns(*groups, func.count())
        .select_from(Organisation)
        .join(Involvement, Involvement.organisation_id == Organisation.id)
        .where(
            IS_SCHOOL, Organisation.pupils.is_not(None), Involvement.practitioner_id.is_(None),
            Involvement.ended_on.is_(None), ~Involvement.in_error,
        )
        .group_by(*groups)
    )  # fmt: skip
    return {tuple(row[:-1]): row[-1] for row in session.execute(query)}


def total(parts: Iterable[Numbers]) -> Numbers:
    """Of all the groups together."""
    held = list(parts)
    return {figure: sum(numbers.get(figure, 0) for numbers in held) for figure in Figure if figure not in OF_DAYS}


def _counted() -> dict[Figure, ColumnElement[Any]]:
    today = clock.today()
    return {
        Figure.LIVE: _of(is_live()),
        Figure.ORGANISATIONS: func.count(),
        Figure.CONTACTED: func.count(Onboarding.contacted_on),
        Figure.AGREED: func.count(Onboarding.means_agreed_on),
        Figure.SUPPLYING: _of(Supplier.supplied_on.is_not(None) & (Supplier.due_on >= today)),
        Figure.OVERDUE: _of(Onboarding.due_on < today),
        Figure.CHILDREN_EXPECTED: func.coalesce(func.sum(case((IS_SCHOOL, Organisation.pupils))), 0),
        Figure.ROLLS_NOT_KNOWN: _of(IS_SCHOOL & Organisation.pupils.is_(None)),
        Figure.TRAINED: func.coalesce(func.sum(Onboarding.people_trained), 0),
    }


def _of(true: ColumnElement[bool]) -> ColumnElement[int]:
    """How many it is true of."""
    return func.count(case((true, 1)))
