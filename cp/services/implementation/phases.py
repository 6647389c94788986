"""When data, shields and practitioners begin in every authority, and for national partners. No child is in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Organisation
from cp.rules.access import Actor
from cp.rules.phases import Days, in_the_way, stage
from cp.services import audit
from cp.services.implementation import opening
from cp.terms import Act, OrganisationKind, Region, Stage

T = TypeVar("T")
NONE = Days()
FEW = 50
"""Charities that are offered as national partners at once."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the national administrator says of an authority; of a national partner, the first two days are its
    authority's."""

    region: Region | None = None
    phase: int | None = None
    days: Days = NONE

    @property
    def version(self) -> str:
        """By which somebody who changes it finds that somebody else has, meanwhile."""
        days = self.days
        parts = (self.region, self.phase, days.data_from, days.shields_from, days.access_from)
        return " ".join(str(part or "-") for part in parts)


@dataclass(frozen=True, slots=True)
class Placed:
    """An authority, or a national partner; `at` is the partner's authority."""

    uid: UUID
    name: str
    plan: Plan
    stage: Stage
    opened_on: date | None
    in_the_way: tuple[str, ...]
    at: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Authorities by phase, region and name; partners, and whoever could be made one, by name."""

    authorities: tuple[Placed, ...]
    partners: tuple[Placed, ...]
    charities: tuple[tuple[UUID, str], ...]


def overview(session: Session, actor: Actor) -> Overview:
    """For everybody who implements anything anywhere."""
    every = session.scalars(select(Authority).order_by(Authority.name, Authority.id)).all()
    partners = session.scalars(charities().where(Organisation.national_phase.is_not(None))).all()
    others = session.scalars(charities().where(Organisation.national_phase.is_(None)).limit(FEW)).all()
    known = {one.id: one for one in every}
    able = opening.able(session, *known)
    audit.record(session, actor, Act.SEE_PHASES, audit.About(results=len(every)))
    placed = [of_authority(one, able) for one in every]
    return Overview(
        tuple(sorted(placed, key=_order)),
        tuple(of_partner(one, known[one.authority_id], able) for one in partners),
        tuple((one.uid, one.name) for one in others),
    )


def one(session: Session, actor: Actor, uid: UUID) -> Placed:
    """An authority. Raises Refusal."""
    held = found(session.scalars(select(Authority).where(Authority.uid == uid)).all(), uid)
    audit.record(session, actor, Act.SEE_PHASES, audit.About(object_id=uid))
    return of_authority(held, opening.able(session, held.id))


def partner(session: Session, actor: Actor, uid: UUID) -> Placed:
    """A charity that is a national partner, or may become one. Raises Refusal."""
    held = found(session.scalars(charities().where(Organisation.uid == uid)).all(), uid)
    audit.record(session, actor, Act.SEE_PHASES, audit.About(object_id=uid))
    authority = session.get_one(Authority, held.authority_id)
    return of_partner(held, authority, opening.able(session, authority.id))


def charities() -> Select[Organisation]:
    """Who is or may become a national partner: never a sensitive service."""
    today = clock.today()
    return (
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.CHARITY,
            Organisation.sensitive_subject.is_(None),
            Organisation.valid_to.is_(None) | (Organisation.valid_to > today),
        )
        .order_by(Organisation.name, Organisation.id)
    )


def found(rows: Sequence[T], uid: UUID) -> T:
    """The only one. Raises Refusal where there is none."""
    if not rows:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return rows[0]


def of_authority(one: Authority, able: frozenset[int]) -> Placed:
    days = Days(one.data_from, one.shields_from, one.access_from)
    return _placed(one, Plan(one.region, one.phase, days), one.id in able)


def of_partner(one: Organisation, authority: Authority, able: frozenset[int]) -> Placed:
    days = Days(authority.data_from, authority.shields_from, one.access_from)
    placed = _placed(one, Plan(authority.region, one.national_phase, days), authority.id in able)
    return replace(placed, at=authority.name)


def _placed(one: Authority | Organisation, plan: Plan, able: bool) -> Placed:
    today = clock.today()
    return Placed(
        one.uid, one.name, plan, stage(plan.days, one.opened_on, today), one.opened_on,
        tuple(in_the_way(plan.days, one.opened_on, able, today)),
    )  # fmt: skip


def _order(one: Placed) -> tuple[bool, int, str, str]:
    return one.plan.phase is None, one.plan.phase or 0, one.plan.region or "", one.name
