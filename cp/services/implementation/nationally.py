"""How far every authority is, for who looks at all of England: organisations alone, nobody is counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Organisation
from cp.rules.access import Actor
from cp.services import audit
from cp.services.implementation import counting
from cp.services.implementation.counting import Numbers
from cp.terms import Act, Figure, Region

COUNTED = (Figure.ORGANISATIONS, Figure.CONTACTED, Figure.AGREED, Figure.SUPPLYING, Figure.LIVE, Figure.OVERDUE)


@dataclass(frozen=True, slots=True)
class Line:
    """One authority. `phase` and `region` are None while nobody has said them."""

    name: str
    region: Region | None
    phase: int | None
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class National:
    """The lines of each region, and what they come to together; the same of each phase."""

    all: Numbers
    by_phase: dict[int | None, Numbers]
    by_region: dict[Region | None, Numbers]
    lines: dict[Region | None, list[Line]]


def of_all(session: Session, actor: Actor) -> National:
    """In two statements, however many authorities and organisations there are."""
    counted = counting.by(session, counting.open_ones(), Organisation.authority_id)
    today = clock.today()
    query = select(Authority).where(Authority.valid_to.is_(None) | (Authority.valid_to > today))
    lines = [
        Line(one.name, one.region, one.phase, _of_organisations([counted[one.id,]] if (one.id,) in counted else []))
        for one in session.scalars(query.order_by(Authority.name, Authority.id))
    ]
    phases = sorted({line.phase for line in lines}, key=lambda phase: (phase is None, phase or 0))
    regions = [one for one in (*Region, None) if any(line.region is one for line in lines)]
    audit.record(session, actor, Act.SEE_NATIONAL_FIGURES, audit.About(results=len(lines)))
    return National(
        _of_organisations(line.numbers for line in lines),
        {one: _of_organisations(line.numbers for line in lines if line.phase == one) for one in phases},
        {one: _of_organisations(line.numbers for line in lines if line.region is one) for one in regions},
        {one: [line for line in lines if line.region is one] for one in regions},
    )


def _of_organisations(parts: Iterable[Numbers]) -> Numbers:
    numbers = counting.total(parts)
    return {figure: numbers[figure] for figure in COUNTED}
