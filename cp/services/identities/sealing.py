"""A record sealed as an old identity: asked for by one of the management team, agreed to by another."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock, lodging
from cp.models import Account, Merge, OldIdentity, Opening, Override, Shield
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit, blinding, children, find, team, telling_apart
from cp.services.coded import Coded
from cp.services.identities import kept
from cp.services.record_row import Row
from cp.services.records import full_name
from cp.services.team import Colleague
from cp.terms import Act, Part, RecordState


class Problem(Coded):
    """A code: `second` for nobody who could be the second person, `asker_left` for one who asked and has left."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """For the page that asks. `waits` where somebody has asked for it already."""

    child_uid: UUID
    name: str
    number: str
    colleagues: tuple[Colleague, ...]
    waits: bool


def prepare(session: Session, actor: Actor, child_uid: UUID) -> Preparing:
    row, _, _ = children.correct(session, actor, child_uid, Act.PREPARE_SEAL)
    audit.record(session, actor, Act.PREPARE_SEAL, audit.About(subject_id=row.subject_id, parts=(Part.IDENTITY,)))
    colleagues = team.others(session, actor)
    waits = _of_child(session, row) is not None
    return Preparing(row.uid, full_name(row.given_names, row.family_name), row.number, tuple(colleagues), waits)


def ask(session: Session, actor: Actor, child_uid: UUID, second: UUID | None) -> bool:
    """Ask this colleague to agree. False, and nothing is changed, where it is asked for already. Raises Problem."""
    row, _, _ = children.correct(session, actor, child_uid, Act.ASK_SEAL)
    if _of_child(session, row) is not None:
        return False
    chosen = team.chosen(session, actor, second)
    if chosen is None:
        raise Problem("second")
    made = OldIdentity(
        reference=_unused_reference(session), child_id=row.id, authority_id=row.authority_id,
        first_id=actor.account_id, second_id=chosen, asked_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(session, actor, Act.ASK_SEAL, audit.About(subject_id=row.subject_id, object_id=made.uid))
    return True


def _of_child(session: Session, row: Row) -> OldIdentity | None:
    return session.scalars(select(OldIdentity).where(OldIdentity.child_id == row.id)).one_or_none()


def _unused_reference(session: Session) -> int:
    while True:
        made = blinding.reference()
        if session.scalars(select(OldIdentity.id).where(OldIdentity.reference == made)).first() is None:
            return made


@dataclass(frozen=True, slots=True)
class Asked:
    """For the page on which it is agreed to. `mine`: this person asked, and may only take it back."""

    uid: UUID
    reference: str
    name: str
    number: str
    asked_by: str
    asked_at: datetime
    mine: bool


def asked(session: Session, actor: Actor, uid: UUID) -> Asked:
    one, child_uid = kept.find(session, actor, uid, sealed=False)
    row, _, _ = children.correct(session, actor, child_uid, Act.PREPARE_SEAL)
    about = audit.About(subject_id=row.subject_id, object_id=uid, parts=(Part.IDENTITY,))
    audit.record(session, actor, Act.PREPARE_SEAL, about)
    asker = session.get_one(Account, one.first_id)
    return Asked(uid, kept.said(one.reference), full_name(row.given_names, row.family_name), row.number, asker.name,
                 one.asked_at, one.first_id == actor.account_id)  # fmt: skip


def answer(session: Session, actor: Actor, uid: UUID, *, agreed: bool) -> None:
    """Seal it, or drop it. Whoever asked may take it back, and never agrees. Raises Problem, Refusal."""
    one, row = kept.hold(session, actor, uid, Act.SEAL_IDENTITY, sealed=False)
    if agreed and actor.account_id != one.second_id:
        raise audit.Refusal("second_person", row.subject_id, object_id=uid)
    if agreed and not team.has(session, actor.authority_id, one.first_id):
        raise Problem("asker_left")
    if agreed:
        one.sealed_at = clock.now()
        _seal(session, row)
        for subject_id in telling_apart.joined_into(session, row.id):
            lodging.note(lodging.Kind.SEAL, subject_id, one.sealed_at)
    else:
        session.delete(one)
    about = audit.About(subject_id=row.subject_id, object_id=uid, reason="agreed" if agreed else "declined")
    audit.record(session, actor, Act.SEAL_IDENTITY, about)


def _seal(session: Session, row: Row) -> None:
    """Out of every list, index and open page at once. What the record holds stays as it is, for the two."""
    child, now = session.get_one(Child, row.id), clock.now()
    child.state = RecordState.SEALED
    child.version += 1
    session.execute(delete(Opening).where(Opening.child_id == row.id))
    session.execute(update(Override).where(Override.child_id == row.id, Override.left_at.is_(None)).values(left_at=now))
    asked_for = update(Shield).where(Shield.child_id == row.id, Shield.lifted_at.is_(None))
    session.execute(asked_for.values(lift_asked_by_id=None, lift_asked_at=None))
    waiting = (Merge.kept_id == row.id) | (Merge.gone_id == row.id)
    session.execute(delete(Merge).where(waiting, Merge.merged_at.is_(None)))
    session.flush()
    find.reindex(session, row.id)
