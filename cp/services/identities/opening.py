"""An old identity opened: one of the two named for it asks, the other agrees, and either looks for a short time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import OldIdentity
from cp.rules.access import Actor
from cp.rules.identities import OPEN_FOR, may_open_old_identity, opened_together, opening_waits
from cp.services import audit, children, team
from cp.services.identities import kept
from cp.services.identities.sealing import Problem
from cp.services.records import Record
from cp.terms import Act


def ask(session: Session, actor: Actor, uid: UUID) -> bool:
    """False, and nothing is changed, where it is asked for or open already, by either of the two."""
    one, row = kept.hold(session, actor, uid, Act.ASK_OLD_IDENTITY, sealed=True)
    if _waits(one) or opened_together(one.opened_at, clock.now()):
        return False
    one.opening_asked_by_id, one.opening_asked_at, one.opened_at = actor.account_id, clock.now(), None
    session.flush()
    audit.record(session, actor, Act.ASK_OLD_IDENTITY, audit.About(subject_id=row.subject_id, object_id=uid))
    return True


def agree(session: Session, actor: Actor, uid: UUID) -> bool:
    """Open it to both. False where it is not asked for any longer. Raises Refusal for whoever asked, and Problem."""
    one, row = kept.hold(session, actor, uid, Act.AGREE_OLD_IDENTITY, sealed=True)
    asker = one.opening_asked_by_id
    if asker is None or not _waits(one):
        return False
    if not may_open_old_identity(asker, actor.account_id, (one.first_id, one.second_id)):
        raise audit.Refusal("second_person", row.subject_id, object_id=uid)
    if not team.has(session, actor.authority_id, asker):
        raise Problem("asker_left")
    one.opened_at = clock.now()
    session.flush()
    audit.record(session, actor, Act.AGREE_OLD_IDENTITY, audit.About(subject_id=row.subject_id, object_id=uid))
    return True


def _waits(one: OldIdentity) -> bool:
    return opening_waits(one.opening_asked_at, one.opened_at, clock.now())


@dataclass(frozen=True, slots=True)
class OldRecord:
    """For its page: read only, and until when."""

    reference: str
    until: datetime
    record: Record


def read(session: Session, actor: Actor, uid: UUID) -> OldRecord:
    """The record, while the two have opened it together. Raises Refusal; one that is closed reads as none."""
    one, child_uid = kept.find(session, actor, uid, sealed=True)
    now = clock.now()
    together, opened_at = opened_together(one.opened_at, now), one.opened_at or now
    agreed = children.Agreed(opened_at, together)
    row, parts, record = children.open_closed(session, actor, child_uid, Act.OPEN_OLD_IDENTITY, agreed)
    about = audit.About(subject_id=row.subject_id, object_id=uid, parts=parts)
    audit.record(session, actor, Act.OPEN_OLD_IDENTITY, about)
    return OldRecord(kept.said(one.reference), opened_at + OPEN_FOR, record)
