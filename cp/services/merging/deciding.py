"""Joining two records: at once where one person may, else when a second one has agreed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, Merge
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit, paging, team, telling_apart
from cp.services.merging import comparing, moving
from cp.services.paging import Paged
from cp.services.record_row import Row
from cp.terms import Act

Came = Literal["joined", "asked", "waits", "apart"]


class AskerLeft(Exception):
    """Whoever asked is no longer of the management team: it has to be asked for again."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair that waits for a second person; `mine` where this person asked."""

    uid: UUID
    kept_uid: UUID
    gone_uid: UUID
    asked_by: str
    asked_at: datetime
    mine: bool


_KEPT, _GONE = aliased(Child), aliased(Child)
_WAITING = (
    select(Merge, _KEPT.uid, _GONE.uid, Account.name)
    .join(_KEPT, _KEPT.id == Merge.kept_id)
    .join(_GONE, _GONE.id == Merge.gone_id)
    .join(Account, Account.id == Merge.asked_by_id)
    .where(Merge.merged_at.is_(None))
    .order_by(Merge.asked_at, Merge.id)
)


def waiting(session: Session, actor: Actor, number: int) -> Paged[Waiting]:
    """The authority's, the oldest first. No child is named."""
    query = _WAITING.where(_KEPT.authority_id == actor.authority_id)
    found = [_waiting(actor, *row) for row in session.execute(paging.of(query, number))]
    audit.record(session, actor, Act.PREPARE_MERGE, audit.About(results=len(found)))
    return Paged(tuple(found), paging.count(session, query), number)


def to_answer(session: Session, actor: Actor) -> int:
    """How many wait that somebody else has asked for."""
    theirs = _KEPT.authority_id == actor.authority_id, Merge.asked_by_id != actor.account_id
    return paging.count(session, _WAITING.where(*theirs))


def of_pair(session: Session, actor: Actor, uid: UUID, other: UUID) -> Waiting | None:
    """What waits about these two, whichever of them would go on."""
    query = _WAITING.where(_KEPT.uid.in_((uid, other)), _GONE.uid.in_((uid, other)))
    found = session.execute(query).first()
    return _waiting(actor, *found) if found else None


def _waiting(actor: Actor, one: Merge, kept: UUID, gone: UUID, asked_by: str) -> Waiting:
    return Waiting(one.uid, kept, gone, asked_by, one.asked_at, one.asked_by_id == actor.account_id)


def join(session: Session, actor: Actor, kept_uid: UUID, gone_uid: UUID) -> Came:
    """Join them, the first going on, or ask a second person. `waits` where that was asked before, `apart`
    where somebody found them to be two children."""
    (kept, _, why), (gone, _, _) = comparing.hold(session, actor, kept_uid, gone_uid, Act.MERGE)
    if telling_apart.are(session, kept.id, gone.id):
        return "apart"
    if of_pair(session, actor, kept_uid, gone_uid):
        return "waits"
    made = Merge(kept_id=kept.id, gone_id=gone.id, asked_by_id=actor.account_id, asked_at=clock.now())
    session.add(made)
    session.flush()
    result = comparing.comes_to(session, kept, gone, second_person=False)
    if result == "refused":
        _audit(session, actor, made, kept, gone, ("asked", "asked"))
        return "asked"
    moving.join(session, actor, made, (kept, why), gone)
    _audit(session, actor, made, kept, gone, ("kept", "gone"))
    return "joined"


def answer(session: Session, actor: Actor, asked: tuple[UUID, UUID], *, agreed: bool) -> UUID | None:
    """A second person's, or the asker's who takes it back: the record that goes on; None where nothing is joined.

    `asked` is one of the two records, and what waits about them. Two at once: the second finds nothing to answer.
    Raises Refusal, and AskerLeft.
    """
    child_uid, merge_uid = asked
    found = session.execute(_WAITING.where(Merge.uid == merge_uid)).one_or_none()
    if found is None or child_uid not in (found[1], found[2]):
        raise audit.Refusal("none", object_id=merge_uid, hidden=True)
    (kept, _, why), (gone, _, _) = comparing.hold(session, actor, found[1], found[2], Act.MERGE)
    still = select(Merge).where(Merge.id == found[0].id, Merge.merged_at.is_(None)).with_for_update()
    held = session.scalars(still.execution_options(populate_existing=True)).one_or_none()
    if held is None:
        raise audit.Refusal("none", object_id=merge_uid, hidden=True)
    if not agreed:
        session.delete(held)
        _audit(session, actor, held, kept, gone, ("declined", "declined"))
        return None
    _must_be_two(session, actor, held, kept, gone)
    held.agreed_by_id = actor.account_id
    moving.join(session, actor, held, (kept, why), gone)
    _audit(session, actor, held, kept, gone, ("kept", "gone"))
    return kept.uid


def _must_be_two(session: Session, actor: Actor, held: Merge, kept: Row, gone: Row) -> None:
    two = actor.account_id != held.asked_by_id
    if comparing.comes_to(session, kept, gone, second_person=two) == "refused":
        raise audit.Refusal("second_person", kept.subject_id, object_id=held.uid)
    if two and not team.has(session, actor.authority_id, held.asked_by_id):
        raise AskerLeft


def _audit(session: Session, actor: Actor, one: Merge, kept: Row, gone: Row, reasons: tuple[str, str]) -> None:
    """An entry of each record, so that either one's history says it."""
    for row, reason in zip((kept, gone), reasons, strict=True):
        audit.record(session, actor, Act.MERGE, audit.About(row.subject_id, one.uid, reason=reason))
