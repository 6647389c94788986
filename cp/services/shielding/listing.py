"""The shields that an authority answers for: those to look at first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Shield
from cp.models.child import Child
from cp.rules.access import Actor, Subject, decide
from cp.services import audit, shields
from cp.services.records import ShieldShown, full_name
from cp.terms import Act, Part, RecordState

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One shielded record."""

    uid: UUID
    name: str
    shield: ShieldShown


@dataclass(frozen=True, slots=True)
class Page:
    """`due` and `waiting` count all of them, not this page's."""

    rows: tuple[Listed, ...]
    total: int
    due: int
    waiting: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def shielded(session: Session, actor: Actor, number: int) -> Page:
    """Due for review first, then waiting for a second person to lift, then the others; the earliest review first.

    Each child that the page names is in the audit.
    """
    found = _children(session, actor)
    shown = shields.running(session, {child.id: child.shielded_at for child in found if child.shielded_at})
    ordered = sorted(found, key=lambda child: _order(child, shown[child.id]))
    rows = ordered[(number - 1) * A_PAGE : number * A_PAGE]
    for child in rows:
        about = audit.About(subject_id=child.subject_id, parts=(Part.IDENTITY,))
        audit.record(session, actor, Act.SEE_SHIELDS, about)
    if not rows:
        audit.record(session, actor, Act.SEE_SHIELDS, audit.About(results=0))
    return Page(
        tuple(Listed(child.uid, full_name(child.given_names, child.family_name), shown[child.id]) for child in rows),
        len(found), sum(one.review_due for one in shown.values()),
        sum(one.lift_asked_at is not None for one in shown.values()), number,
    )  # fmt: skip


def to_lift(session: Session, actor: Actor) -> int:
    """How many another of the team has asked to lift."""
    asked = (
        Shield.lifted_at.is_(None),
        Shield.lift_asked_by_id.is_not(None),
        Shield.lift_asked_by_id != actor.account_id,
    )
    theirs = Child.authority_id == actor.authority_id, Child.state == RecordState.LIVE, Child.shielded_at.is_not(None)
    query = select(func.count()).select_from(Shield).join(Child, Child.id == Shield.child_id)
    return session.scalar(query.where(*asked, *theirs)) or 0


def _children(session: Session, actor: Actor) -> list[Child]:
    query = select(Child).where(Child.authority_id == actor.authority_id, Child.shielded_at.is_not(None))
    today = clock.today()
    return [
        child
        for child in session.scalars(query)
        if decide(actor, Act.SEE_SHIELDS, Subject(child.authority_id, True, child.state is RecordState.LIVE), today)
        .allowed
    ]  # fmt: skip


def _order(child: Child, shield: ShieldShown) -> tuple[bool, bool, date, str, str, int]:
    first = (not shield.review_due, shield.lift_asked_at is None, shield.review_on)
    return (*first, child.family_name, child.given_names, child.id)
