"""Who reads what in the archive, as each of the team sees their own: asked for by them, or with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, ArchiveReading
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.archive import Standing, answer_by, reading_stands
from cp.rules.days import london_day
from cp.rules.retention import archive_readable
from cp.services import audit, children, team
from cp.services.record_row import Row
from cp.terms import Act, ArchivePurpose, Reason, RecordState

MOST = 100
"""Of their own, on one page: the newest."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One of them, for a page: of the record its number, and since when it is archived. `mine`: this person asked."""

    uid: UUID
    number: str
    archived_on: date
    purpose: ArchivePurpose | None
    asked_by: str
    second: str | None
    mine: bool
    stands: Standing
    asked_at: datetime
    answer_by: date
    alone: bool
    """It opens to one person, in its first year."""
    left: str | None
    """Who of the two is no longer of the team: nothing is agreed to, or read, with them."""

    @property
    def opens(self) -> bool:
        """To this person, now."""
        return self.alone if self.stands == "found" else self.stands == "open" and self.left is None


def why(one: ArchiveReading) -> str:
    """As the audit says it."""
    return one.purpose or Reason.CORRECTING_RECORDS


def stands(one: ArchiveReading) -> Standing:
    return reading_stands(one.asked_at, one.second_id is not None, one.agreed, one.answered_at, clock.now())


def theirs(actor: Actor) -> ColumnElement[bool]:
    return (ArchiveReading.asked_by_id == actor.account_id) | (ArchiveReading.second_id == actor.account_id)


_FIRST, _SECOND = aliased(Account), aliased(Account)
_ALL = (
    select(ArchiveReading, Child.uid, Child.number, Child.archived_on, _FIRST.name, _SECOND.name)
    .join(Child, Child.id == ArchiveReading.child_id)
    .join(_FIRST, _FIRST.id == ArchiveReading.asked_by_id)
    .outerjoin(_SECOND, _SECOND.id == ArchiveReading.second_id)
    .where(Child.state == RecordState.ARCHIVED)
)


def to_answer(session: Session, actor: Actor) -> int:
    """How many wait for this person, of whom a colleague has asked that they read it together."""
    asked = ArchiveReading.second_id == actor.account_id, ArchiveReading.agreed.is_(None)
    rows = session.execute(_ALL.where(*asked, Child.authority_id == actor.authority_id)).all()
    here = _here(session, actor) if rows else set()
    return sum(one.stands == "waits" and one.left is None for one in (_kept(actor, here, row) for row in rows))


def mine(session: Session, actor: Actor) -> list[Kept]:
    """What waits for this person's answer first, then the newest. What was declined is told to whoever asked alone."""
    query = _ALL.where(theirs(actor), Child.authority_id == actor.authority_id)
    rows = session.execute(query.order_by(ArchiveReading.asked_at.desc(), ArchiveReading.id.desc()).limit(MOST)).all()
    here = _here(session, actor)
    found = [_kept(actor, here, row) for row in rows]
    listed = [one for one in found if one.stands != "over" and (one.mine or one.stands != "declined")]
    return sorted(listed, key=lambda one: not (one.stands == "waits" and not one.mine))


def _here(session: Session, actor: Actor) -> set[int]:
    return {member.id for member in team.members(session, actor.authority_id)}


def _kept(actor: Actor, here: set[int], found: Sequence[Any]) -> Kept:
    """`found`: a row of `_ALL`."""
    one, _, number, archived_on, first, second = found
    left = first if one.asked_by_id not in here else second if one.second_id not in here else None
    return Kept(
        one.uid, number, archived_on, one.purpose, first, second, one.asked_by_id == actor.account_id, stands(one),
        one.asked_at, answer_by(london_day(one.asked_at)), opens_alone(actor, one, archived_on), left,
    )  # fmt: skip


def opens_alone(actor: Actor, one: ArchiveReading, archived_on: date | None) -> bool:
    return archive_readable(actor.role, archived_on, False, one.purpose, clock.today())


def find(session: Session, actor: Actor, uid: UUID) -> tuple[ArchiveReading, UUID, Kept]:
    """One of this person's, and its child's uid. Raises Refusal: anybody else's, or one that is over, is not there."""
    query = _ALL.where(ArchiveReading.uid == uid, theirs(actor), Child.authority_id == actor.authority_id)
    found = session.execute(query).one_or_none()
    if found is None or stands(found[0]) == "over":
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found[0], found[1], _kept(actor, _here(session, actor), found)


def hold(session: Session, actor: Actor, uid: UUID, act: Act) -> tuple[ArchiveReading, Row]:
    """The same, held for a change with its child's row: the account, then the child, then this."""
    one, child_uid, _ = find(session, actor, uid)
    row, _ = children.find(session, actor, child_uid, act, lock=True)
    query = select(ArchiveReading).where(ArchiveReading.id == one.id).with_for_update()
    held = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if held is None or stands(held) == "over":
        raise audit.Refusal("none", row.subject_id, object_id=uid, hidden=True)
    return held, row
