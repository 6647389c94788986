"""How far the authorities of a region are, for its co-ordinator: figures of organisations, and nobody's name."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Onboarding, Organisation
from cp.rules.access import Actor
from cp.rules.governing import WARNED
from cp.services import audit
from cp.services.managing.export import cell
from cp.terms import Act, BodyKind, OrganisationKind, Region, Step

BESIDES = ("overdue", "agreements", "accreditations")


@dataclass(frozen=True, slots=True)
class Figures:
    """How many organisations wait at each step; of how many the next step is overdue; how many agreements and
    accreditations have ended or end within 60 days. Exact: none of them counts people.
    """

    steps: Mapping[Step, int] = field(default_factory=dict)
    overdue: int = 0
    agreements: int = 0
    accreditations: int = 0

    @property
    def total(self) -> int:
        return sum(self.steps.values())

    @property
    def live(self) -> int:
        return self.steps.get(Step.LIVE, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """Of an authority, by its id; or of one kind of its organisations."""

    uid: UUID | None
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Shown:
    """`region`: None where the co-ordinator's own authority is in none; then there is no line."""

    region: Region | None
    lines: tuple[Line, ...]
    every: Figures


def show(session: Session, actor: Actor) -> Shown:
    """The authorities of the co-ordinator's region, by name: three statements, however many there are."""
    region = _region(session, actor)
    there = [] if region is None else session.scalars(_authorities(region)).all()
    found = _figures(session, Organisation.authority_id, [one.id for one in there])
    lines = tuple(Line(one.uid, one.name, found.get(one.id, _together(()))) for one in there)
    audit.record(session, actor, Act.SEE_REGION, audit.About(results=len(lines)))
    return Shown(region, lines, _together(one.figures for one in lines))


def authority(session: Session, actor: Actor, uid: UUID) -> tuple[str, Shown]:
    """Its name, and the same by kind of organisation. Raises Refusal: what is not of the region is not there."""
    region = _region(session, actor)
    found = region and session.scalars(_authorities(region).where(Authority.uid == uid)).one_or_none()
    if not found:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    kinds = _figures(session, Organisation.kind, [found.id])
    lines = tuple(Line(None, kind, kinds[kind]) for kind in OrganisationKind if kind in kinds)
    audit.record(session, actor, Act.SEE_REGION, audit.About(object_id=uid, results=len(lines)))
    return found.name, Shown(region, lines, _together(one.figures for one in lines))


def table(session: Session, actor: Actor) -> str:
    """The same as CSV, safe to open in a spreadsheet."""
    shown, written = show(session, actor), StringIO()
    writer = csv.writer(written)
    writer.writerow(
        ("authority", "organisations", *Step, "next steps overdue", "agreements that end", "accreditations that end")
    )
    writer.writerows([cell(value) for value in _row(one)] for one in shown.lines)
    return written.getvalue()


def _row(one: Line) -> tuple[object, ...]:
    found = one.figures
    return (
        one.name, found.total, *(found.steps.get(step, 0) for step in Step), found.overdue, found.agreements,
        found.accreditations,
    )  # fmt: skip


def _region(session: Session, actor: Actor) -> Region | None:
    return session.scalars(select(Authority.region).where(Authority.id == actor.authority_id)).one()


def _authorities(region: Region) -> Select[Authority]:
    in_force = Authority.valid_to.is_(None) | (Authority.valid_to > clock.today())
    return select(Authority).where(Authority.region == region, in_force).order_by(Authority.name, Authority.id)


def _figures(session: Session, by: Any, authorities: list[int]) -> dict[Any, Figures]:
    """One statement. Whoever has not begun waits for the first contact; what has closed waits for nothing."""
    today = clock.today()
    soon = today + WARNED
    query = (
        select(by, Onboarding.step, func.count(), _how_many(Onboarding.due_on < today),
               _how_many(Onboarding.agreement_ends_on <= soon), _how_many(Organisation.accreditation_ends_on <= soon))
        .select_from(Organisation)
        .outerjoin(Onboarding, Onboarding.organisation_id == Organisation.id)
        .where(Organisation.authority_id.in_(authorities), Organisation.body_kind != BodyKind.AUTHORITY,
               Organisation.valid_to.is_(None) | (Organisation.valid_to > today))
        .group_by(by, Onboarding.step)
    )  # fmt: skip
    found: dict[Any, list[Figures]] = {}
    for key, at, count, *besides in session.execute(query):
        found.setdefault(key, []).append(Figures({at or Step.FIRST_CONTACT: count}, *besides))
    return {key: _together(some) for key, some in found.items()}


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _together(some: Iterable[Figures]) -> Figures:
    every = list(some)
    steps = {step: sum(one.steps.get(step, 0) for one in every) for step in Step}
    return Figures(steps, *(sum(getattr(one, name) for one in every) for name in BESIDES))
