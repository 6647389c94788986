"""What is told of overrides: to the management team and the reviewers, and to the person. No child is named in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, Organisation, Override, Practitioner
from cp.rules.access import Actor, decide
from cp.rules.days import london_day, working_days_after
from cp.rules.overriding import OVERRIDE_LASTS, REFERENCE, REVIEWED_IN, override_review
from cp.services import audit
from cp.terms import Act, OverrideAnswer, OverrideFinding, OverrideReason, Role

TOLD_FOR = timedelta(days=14)
A_PAGE = 50


class State(StrEnum):
    WAITING = "waiting"
    ASKED = "asked"  # and not answered yet
    GONE_UP = "gone_up"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Told:
    """One override, without the child."""

    uid: UUID
    reference: str
    name: str
    works_as: str
    organisation: str
    reason: OverrideReason
    opened_at: datetime
    ended_at: datetime | None
    """None while it is open."""
    left: bool
    """By the person, before the time was up."""
    due_on: date
    state: State
    reviewer: str | None
    asked: bool
    answer: OverrideAnswer | None
    finding: OverrideFinding | None
    closed_at: datetime | None
    closed_by: str | None


class News(NamedTuple):
    """What the first page says: how many wait, for those who see to it; what a person is asked, and was found."""

    waiting: int = 0
    asked: Told | None = None
    found: tuple[Told, ...] = ()


_REVIEWER, _CLOSER = aliased(Account), aliased(Account)
TOLD = (
    select(Override, Account.name, Practitioner.role, Organisation.name, _REVIEWER.name, _CLOSER.name)
    .join(Account, Account.id == Override.account_id)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .outerjoin(Practitioner, Practitioner.id == Account.practitioner_id)
    .outerjoin(_REVIEWER, _REVIEWER.id == Override.reviewer_id)
    .outerjoin(_CLOSER, _CLOSER.id == Override.closed_by_id)
)


def of_authority(session: Session, actor: Actor) -> tuple[list[Told], list[Told]]:
    """All that wait for a finding, whatever is due first; and the last that were closed."""
    ours = TOLD.where(Override.authority_id == actor.authority_id)
    waiting = told_of(session, ours.where(Override.closed_at.is_(None)).order_by(Override.opened_at, Override.id))
    closed = ours.where(Override.closed_at.is_not(None)).order_by(Override.closed_at.desc(), Override.id.desc())
    shut = told_of(session, closed.limit(A_PAGE))
    audit.record(session, actor, Act.SEE_OVERRIDES, audit.About(results=len(waiting) + len(shut)))
    return waiting, shut


def of_person(session: Session, actor: Actor) -> list[Told]:
    """Their own, the newest first."""
    theirs = TOLD.where(Override.account_id == actor.account_id).order_by(Override.opened_at.desc(), Override.id.desc())
    found = told_of(session, theirs.limit(A_PAGE))
    audit.record(session, actor, Act.SEE_OWN_OVERRIDES, audit.About(results=len(found)))
    return found


def news(session: Session, actor: Actor) -> News:
    """For the first page of whoever may see these: no query for anybody else."""
    today = clock.today()
    if decide(actor, Act.SEE_OVERRIDES, None, today).allowed:
        ours = Override.authority_id == actor.authority_id, Override.closed_at.is_(None)
        return News(session.scalar(select(func.count()).select_from(Override).where(*ours)) or 0)
    if not decide(actor, Act.SEE_OWN_OVERRIDES, None, today).allowed:
        return News()
    since = clock.now() - TOLD_FOR
    theirs = TOLD.where(
        Override.account_id == actor.account_id, Override.closed_at.is_(None) | (Override.closed_at > since)
    )
    found = told_of(session, theirs.order_by(Override.id.desc()))
    return News(asked=unanswered(found), found=tuple(one for one in found if one.closed_at))


def unanswered(told: Sequence[Told]) -> Told | None:
    """The one that the person is still to answer: nobody has two without a finding."""
    return next((one for one in told if one.closed_at is None and one.asked and one.answer is None), None)


def overrode(session: Session, actor: Actor) -> bool:
    """Whether this person ever looked through a shield."""
    return session.scalars(select(Override.id).where(Override.account_id == actor.account_id)).first() is not None


def due_on(override: Override) -> date:
    return working_days_after(london_day(override.opened_at), REVIEWED_IN)


def told_of(session: Session, query: Select[Override, str, str, str, str, str]) -> list[Told]:
    return [_told(*row) for row in session.execute(query)]


def _told(
    override: Override, name: str, works_as: str | None, organisation: str, reviewer: str | None, closer: str | None
) -> Told:
    over_at = override.opened_at + OVERRIDE_LASTS
    ended_at = min(override.left_at or over_at, over_at)
    return Told(
        uid=override.uid, reference=REFERENCE.format(override.reference), name=name, works_as=works_as or "",
        organisation=organisation, reason=override.reason, opened_at=override.opened_at,
        ended_at=ended_at if ended_at <= clock.now() else None, left=ended_at < over_at, due_on=due_on(override),
        state=_state(override), reviewer=reviewer, asked=override.asked_at is not None, answer=override.answer,
        finding=override.finding, closed_at=override.closed_at, closed_by=closer,
    )  # fmt: skip


def _state(override: Override) -> State:
    if override.closed_at:
        return State.CLOSED
    opened_on, today = london_day(override.opened_at), clock.today()
    if override_review(Role.REVIEWER, False, False, None, opened_on, today) == "escalated":
        return State.GONE_UP
    return State.ASKED if override.asked_at and override.answered_at is None else State.WAITING
