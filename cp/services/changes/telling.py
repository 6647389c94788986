"""A practitioner says that a child has died, moved away or left school, or that a number did not work. The record stays
as it is by that.
"""

from collections.abc import Mapping
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
from cp.services import audit, children, record_parts
from cp.services.changes import numbers
from cp.services.changes.numbers import Number
from cp.services.record_row import Row
from cp.services.records import Opened, called, full_name
from cp.terms import Act, ChangeKind, MovedTo, Part


@dataclass(frozen=True, slots=True)
class Said:
    """`on`: None where the day is not known. `to`: of a child who has moved away. `number`: one that did not work."""

    kind: ChangeKind
    on: date | None = None
    to: MovedTo | None = None
    number: Number | None = None

    def facts(self) -> dict[str, Any]:
        number = self.number and self.number.facts()
        return {"on": self.on and self.on.isoformat(), "to": self.to, "number": number}


@dataclass(frozen=True, slots=True)
class About:
    """Whom the page is about; the telephone numbers that this reader is shown of whoever can be reached."""

    child_uid: UUID
    name: str
    called: str
    numbers: tuple[Number, ...]


def form(session: Session, actor: Actor, child_uid: UUID) -> About:
    """For the form. Raises as opening the record does."""
    row, parts, reason = children.must_be_open(session, actor, child_uid, Act.PREPARE_CHANGE)
    record = record_parts.assemble(session, actor, row, parts, Opened(reason, None, clock.now()))
    shown = numbers.shown(record)
    seen = {Part.IDENTITY} | {one.part for one in shown}
    audit.record(session, actor, Act.PREPARE_CHANGE, audit.About(row.subject_id, parts=seen))
    return About(
        row.uid, full_name(row.given_names, row.family_name), called(row.given_names, row.family_name), shown
    )  # fmt: skip


def tell(session: Session, actor: Actor, child_uid: UUID, said: Said) -> bool:
    """Let the management team look; False where this person has told the same, and nobody has looked yet."""
    row, _, _ = children.must_be_open(session, actor, child_uid, Act.TELL_CHANGE)
    now = clock.now()
    before = _before(session, actor, row, said)
    told = before or Change(child_id=row.id, account_id=actor.account_id, kind=said.kind, told_at=now,
                            due_on=change_due_on(said.kind, clock.today()), facts=said.facts())  # fmt: skip
    session.add(told)
    session.flush()
    about = audit.About(subject_id=row.subject_id, object_id=told.uid, reason=said.kind)
    audit.record(session, actor, Act.TELL_CHANGE, about)
    return before is None


def _before(session: Session, actor: Actor, row: Row, said: Said) -> Change | None:
    """The same, of a number the same number."""
    query = select(Change).where(
        Change.child_id == row.id, Change.account_id == actor.account_id, Change.kind == said.kind,
        Change.decided_at.is_(None),
    )  # fmt: skip
    wanted = said.number and said.number.phone
    return next((one for one in session.scalars(query) if _phone(one.facts) == wanted), None)


def _phone(facts: Mapping[str, Any]) -> str | None:
    number = facts.get("number")
    return number["phone"] if number else None
