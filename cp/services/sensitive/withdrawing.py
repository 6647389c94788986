"""Consent is withdrawn, or the work has ended: the entry is gone from every view, and no longer belongs to a child."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.rules.access import Actor
from cp.services import audit, blinding, children, contact
from cp.services.record_row import Row
from cp.services.records import full_name
from cp.services.sensitive import entries, people
from cp.services.sensitive.entries import Kept
from cp.terms import Act, Part, SensitiveGround


@dataclass(frozen=True, slots=True)
class Held:
    """An entry of this person's service, as its own page shows it."""

    uid: UUID
    child_uid: UUID
    name: str
    service: str
    practitioner: str
    judged_by: str
    started_on: date
    ground: SensitiveGround
    given_on: date | None
    ends_on: date


def one(session: Session, actor: Actor, uid: UUID) -> Held:
    """For the page that asks. Anybody else's, and what is withdrawn, is not there."""
    kept = _of_own_service(session, actor, uid)
    if kept is None or kept.entry.child is None:
        raise audit.Refusal("none", hidden=True)
    row, _ = children.find(session, actor, kept.entry.child, Act.SEE_SENSITIVE)
    _audit(session, actor, Act.SEE_SENSITIVE, row, kept)
    entry, workers = kept.entry, people.by_id(session, (kept.entry.practitioner_id, kept.entry.judged_by))
    who, judge = workers[entry.practitioner_id], workers[entry.judged_by]
    return Held(
        uid, row.uid, full_name(row.given_names, row.family_name), people.called(entry.service, who.organisation),
        who.name, judge.name, entry.started_on, entry.ground, entry.given_on, entry.ends_on,
    )  # fmt: skip


def withdraw(session: Session, actor: Actor, uid: UUID, *, ended: bool = False) -> None:
    """Gone from the next request on. What consent was given, and when it was withdrawn, or the work `ended`, is kept
    without the child.

    What the same person recorded of the same child before, and has run out, loses its child too. Once it is
    withdrawn, withdrawing it again changes nothing.
    """
    kept = _of_own_service(session, actor, uid)
    if kept is None:
        raise audit.Refusal("none", hidden=True)
    if kept.entry.child is None:
        return
    row, _ = children.find(session, actor, kept.entry.child, Act.WITHDRAW_SENSITIVE, lock=True)
    kept = _of_own_service(session, actor, uid, lock=True)
    if kept is None or kept.entry.child is None:
        return
    for other in entries.of_child(session, row.uid, kept.entry.service):
        if other.entry.practitioner_id == kept.entry.practitioner_id and other.uid != uid:
            other.rewrite(child=None)
    kept.rewrite(child=None, **{"ended_on" if ended else "withdrawn_on": clock.today()})
    session.flush()
    _audit(session, actor, Act.WITHDRAW_SENSITIVE, row, kept)
    contact.withdrawn(session, uid)


def again(session: Session, blinded: Collection[UUID]) -> int:
    """After a restore: what was withdrawn since the backup, by the ids under which the audit speaks of it; how many."""
    found = [kept for kept in entries.with_a_child(session) if blinding.subject(kept.uid) in blinded] if blinded else []
    for kept in found:
        for other in entries.of_child(session, kept.entry.child or kept.uid, kept.entry.service):
            if other.entry.practitioner_id == kept.entry.practitioner_id:
                other.rewrite(child=None, withdrawn_on=clock.today())
        session.flush()
        contact.withdrawn(session, kept.uid)
    return len(found)


def _of_own_service(session: Session, actor: Actor, uid: UUID, *, lock: bool = False) -> Kept | None:
    return entries.one(session, uid, actor.sensitive_service, lock=lock) if actor.sensitive_service else None


def _audit(session: Session, actor: Actor, act: Act, row: Row, kept: Kept) -> None:
    """Neither the child nor the entry by an id that stands elsewhere."""
    about = audit.About(
        subject_id=blinding.subject(row.subject_id), object_id=blinding.subject(kept.uid), parts=(Part.OWN_SENSITIVE,)
    )
    audit.record(session, actor, act, about)
