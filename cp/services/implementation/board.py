"""What every organisation of an authority waits for: how many at each step, and one page of whom; what is late first.

Counts and pages are read from the indexes of `onboarding`. Whether an organisation has closed depends on the day, so
the closed ones, which an index of their own finds, are taken off the counts and left out of the pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Onboarding, Organisation
from cp.rules.access import Actor
from cp.services import audit
from cp.terms import Act, Means, Need, OrganisationKind, Step, WhoActs

A_PAGE = 50
Place = Step | Literal["all", "late"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which organisations; without a place, those at the first step at which somebody waits."""

    at: Place | None = None
    kind: OrganisationKind | None = None
    who: WhoActs | None = None
    name: str = ""
    by_name: bool = False
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.who or self.name)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One organisation. `by` is None where nobody has to act; `means` is the way that it was offered."""

    uid: UUID
    name: str
    step: Step
    need: Need
    means: Means | None
    who: WhoActs
    by: date | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many at each step, and how many of all are late."""

    at: Mapping[Step, int]
    late: int

    @property
    def total(self) -> int:
        return sum(self.at.values())

    @property
    def first(self) -> Place:
        """The first step at which somebody waits; all where nobody does."""
        return next((step for step in Step if self.at[step] and step is not Step.LIVE), "all")

    def of(self, place: Place) -> int:
        if isinstance(place, Step):
            return self.at[place]
        return self.late if place == "late" else self.total


@dataclass(frozen=True, slots=True)
class Board:
    """`every` counts all organisations; `counts` those of the kind, the name and the move that are wanted."""

    wanted: Wanted
    at: Place
    every: Counts
    counts: Counts
    rows: tuple[Waiting, ...]

    @property
    def total(self) -> int:
        return self.counts.of(self.at)

    @property
    def left(self) -> int:
        """How many the next page has."""
        return max(0, min(A_PAGE, self.total - self.wanted.page * A_PAGE))


def show(session: Session, actor: Actor, wanted: Wanted) -> Board:
    every = _counts(session, actor, Wanted())
    counts = _counts(session, actor, wanted) if wanted.narrowed else every
    place = wanted.at or counts.first
    query = in_order(actor, replace(wanted, at=place)).limit(A_PAGE).offset((wanted.page - 1) * A_PAGE)
    rows = tuple(Waiting(*row) for row in session.execute(query))
    audit.record(session, actor, Act.SEE_SCHOOLS, audit.About(results=len(rows)))
    return Board(wanted, place, every, counts, rows)


def every_one(session: Session, actor: Actor, wanted: Wanted) -> Sequence[tuple[Organisation, Onboarding]]:
    """All those wanted, each with everything that is known of how far it is."""
    place = wanted.at or _counts(session, actor, wanted).first
    chosen = in_order(actor, replace(wanted, at=place)).with_only_columns(Organisation, Onboarding)
    found = [(organisation, row) for organisation, row in session.execute(chosen)]
    audit.record(session, actor, Act.SEE_SCHOOLS, audit.About(results=len(found)))
    return found


def in_order(actor: Actor, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """What has been late longest first, then by the day; where nobody has to act last. Or by name."""
    of = [Onboarding.authority_id == actor.authority_id, ~_has_closed(), *_narrowing(wanted)]
    if isinstance(wanted.at, Step):
        of.append(Onboarding.step == wanted.at)
    elif wanted.at == "late":
        of.append(_is_late())
    if wanted.by_name:
        of.append(Organisation.authority_id == actor.authority_id)  # so that its index has them in this order
    order = (Organisation.name, Organisation.id) if wanted.by_name else (
        Onboarding.due_on.nulls_last(), Onboarding.organisation_id,
    )  # fmt: skip
    return select(*_SHOWN).join_from(Onboarding, Organisation).where(*of).order_by(*order)


_SHOWN = (Organisation.uid, Organisation.name, Onboarding.step, Onboarding.need, Onboarding.means, Onboarding.who,
          Onboarding.due_on)  # fmt: skip


def _counts(session: Session, actor: Actor, wanted: Wanted) -> Counts:
    if wanted.narrowed:
        return _counted(session.execute(_joined(actor).where(~_has_closed(), *_narrowing(wanted))))
    late = session.scalar(_ours(select(func.count()), actor).where(_is_late())) or 0
    steps = dict(session.execute(_ours(select(Onboarding.step, func.count()), actor).group_by(Onboarding.step)).all())
    closed = _counted(session.execute(_of_closed(actor)))
    return Counts({step: steps.get(step, 0) - closed.at[step] for step in Step}, late - closed.late)


def _counted(rows: Iterable[Row[*tuple[Any, ...]]]) -> Counts:
    at, late = dict.fromkeys(Step, 0), 0
    for step, waiting, overdue in rows:
        at[step], late = waiting, late + overdue
    return Counts(at, late)


def _ours(query: Select[*tuple[Any, ...]], actor: Actor) -> Select[*tuple[Any, ...]]:
    """By index alone, so without a look at the organisations themselves."""
    return query.select_from(Onboarding).where(Onboarding.authority_id == actor.authority_id)


def _joined(actor: Actor) -> Select[*tuple[Any, ...]]:
    late = func.sum(case((_is_late(), 1), else_=0))
    query = select(Onboarding.step, func.count(), late).join_from(Onboarding, Organisation)
    return query.where(Onboarding.authority_id == actor.authority_id).group_by(Onboarding.step)


def _of_closed(actor: Actor) -> Select[*tuple[Any, ...]]:
    return _joined(actor).where(Organisation.authority_id == actor.authority_id, Organisation.valid_to <= clock.today())


def _narrowing(wanted: Wanted) -> list[ColumnElement[bool]]:
    of: list[ColumnElement[bool]] = []
    if wanted.kind:
        of.append(Organisation.kind == wanted.kind)
    if wanted.who:
        of.append(Onboarding.who == wanted.who)
    if wanted.name:
        of.append(func.lower(Organisation.name).contains(wanted.name.lower(), autoescape=True))
    return of


def _has_closed() -> ColumnElement[bool]:
    return func.coalesce(Organisation.valid_to, date.max) <= clock.today()


def _is_late() -> ColumnElement[bool]:
    return Onboarding.due_on < clock.today()
