"""A practitioner says that a child has died, moved away or left school. The record stays as it is by that."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Change
from cp.rules.access import Actor
from cp.rules.changing import change_due_on
from cp.services import audit, children
from cp.services.record_parts import Row
from cp.services.records import called, full_name
from cp.terms import Act, ChangeKind, MovedTo, Part


@dataclass(frozen=True, slots=True)
class Said:
    """`on`: None where the day is not known. `to`: of a child who has moved away."""

    kind: ChangeKind
    on: date | None = None
    to: MovedTo | None = None

    def facts(self) -> dict[str, Any]:
        return {"on": self.on and self.on.isoformat(), "to": self.to}


@dataclass(frozen=True, slots=True)
class About:
    """Whom the page is about."""

    child_uid: UUID
    name: str
    called: str


def form(session: Session, actor: Actor, child_uid: UUID) -> About:
    """For the form. Raises as opening the record does."""
    row, _, _ = children.must_be_open(session, actor, child_uid, Act.PREPARE_CHANGE)
    audit.record(session, actor, Act.PREPARE_CHANGE, audit.About(row.subject_id, parts=(Part.IDENTITY,)))
    return About(
        row.uid, full_name(row.given_names, row.family_name), called(row.given_names, row.family_name)
    )  # fmt: skip


def tell(session: Session, actor: Actor, child_uid: UUID, said: Said) -> bool:
    """Let the management team look; False where this person has told the same, and nobody has looked yet."""
    row, _, _ = children.must_be_open(session, actor, child_uid, Act.TELL_CHANGE)
    now = clock.now()
    before = _before(session, actor, row, said.kind)
    told = before or Change(child_id=row.id, account_id=actor.account_id, kind=said.kind, told_at=now,
                            due_on=change_due_on(said.kind, clock.today()), facts=said.facts())  # fmt: skip
    session.add(told)
    session.flush()
    about = audit.About(subject_id=row.subject_id, object_id=told.uid, reason=said.kind)
    audit.record(session, actor, Act.TELL_CHANGE, about)
    return before is None


def _before(session: Session, actor: Actor, row: Row, kind: ChangeKind) -> Change | None:
    query = select(Change).where(
        Change.child_id == row.id, Change.account_id == actor.account_id, Change.kind == kind,
        Change.decided_at.is_(None),
    )  # fmt: skip
    return session.scalars(query.limit(1)).first()
