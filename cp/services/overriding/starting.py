"""An override begun, looked at, left: one record, one person, a reviewer named from the first moment."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Override
from cp.rules.access import Actor
from cp.rules.conditions import step_up_fresh
from cp.rules.overriding import REFERENCE, override_refusal
from cp.services import audit, blinding, children, looking_up, looks, once
from cp.services.overriding import naming
from cp.services.records import Look, full_name
from cp.terms import Act, OverrideReason


@dataclass(frozen=True, slots=True)
class About:
    """What the warning is about: no more than a shielded record shows. `waiting` is an override without a finding."""

    child_uid: UUID
    subject_id: UUID
    name: str
    born_on: date
    waiting: str | None


def answered(session: Session, actor: Actor, key: str | None) -> str | None:
    """How this form was answered before. Whoever sends it twice at once waits here for the first."""
    looking_up.hold(session, actor)
    return once.answered(session, actor, key)


def needs_code(actor: Actor) -> bool:
    """The code they gave last is too old for this."""
    return not step_up_fresh(actor.factor_at, clock.now())


def about(session: Session, actor: Actor, uid: UUID, act: Act) -> About:
    """For the warning. Raises Refusal, ReasonNeeded and Over: a shield is looked through from an open record only."""
    row, _, _ = children.must_be_open(session, actor, uid, act)
    waiting = _waiting(session, actor)
    name = full_name(row.given_names, row.family_name)
    return About(row.uid, row.subject_id, name, row.born_on, REFERENCE.format(waiting) if waiting else None)


def warned(session: Session, actor: Actor, shown: About) -> None:
    audit.record(session, actor, Act.PREPARE_OVERRIDE, audit.About(subject_id=shown.subject_id))


def start(session: Session, actor: Actor, uid: UUID, reason: OverrideReason) -> None:
    """From now on the record shows its hidden parts to this person, and a reviewer is named. Raises Refusal."""
    row, _, _ = children.must_be_open(session, actor, uid, Act.OVERRIDE)
    now, unanswered = clock.now(), _waiting(session, actor) is not None
    refusal = override_refusal(
        actor.role, actor.may_override, row.shielded, reason, actor.factor_at, now, unanswered
    )  # fmt: skip
    if refusal:
        raise audit.Refusal(refusal, row.subject_id)
    made = Override(
        reference=_reference(session), account_id=actor.account_id, authority_id=actor.authority_id, child_id=row.id,
        reason=reason, opened_at=now, reviewer_id=naming.reviewer(session, actor),
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(session, actor, Act.OVERRIDE, audit.About(row.subject_id, made.uid, reason=reason))


def look(session: Session, actor: Actor, uid: UUID) -> Look | None:
    """What is left of the look at this record; None once it is closed. Raises Refusal."""
    row, _ = children.find(session, actor, uid, Act.SEE_TIME_LEFT)
    return looks.newest(session.connection(), actor, row.id) if row.override_open else None


def leave(session: Session, actor: Actor, how: str) -> None:
    """The look ends now. `how`, for the audit: `closed` by its button, `left` for anything else."""
    looking_up.hold(session, actor)
    looking = (Override.account_id == actor.account_id, Override.child_id == actor.overridden_id)
    uid = session.scalar(select(Override.uid).where(*looking, Override.left_at.is_(None)).order_by(Override.id.desc()))
    if uid is not None:
        looks.close(session, actor.account_id, clock.now())
        audit.record(session, actor, Act.LEAVE_OVERRIDE, audit.About(object_id=uid, reason=how))


def close(session: Session, actor: Actor, uid: UUID) -> None:
    """By the button on the record. One that is closed already stays so. Raises Refusal."""
    row, _ = children.find(session, actor, uid, Act.LEAVE_OVERRIDE, lock=True)
    if row.override_open:
        leave(session, actor, "closed")


def _waiting(session: Session, actor: Actor) -> int | None:
    """The reference of this person's override without a finding."""
    query = select(Override.reference).where(Override.account_id == actor.account_id, Override.closed_at.is_(None))
    return session.scalars(query).first()


def _reference(session: Session) -> int:
    while session.scalar(select(exists().where(Override.reference == (drawn := blinding.reference())))):
        pass
    return drawn
