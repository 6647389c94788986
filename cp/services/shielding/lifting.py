"""A shield looked at again: kept, or lifted when two people of the team agree."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Organisation, Shield
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.shielding import shield_refusal
from cp.services import audit, children, find, roles, shields
from cp.services.records import ShieldShown, full_name
from cp.terms import Act, Part, Role


class NotShielded(Exception):
    """There is nothing to keep or to lift: it never was shielded, or somebody was faster."""


class NotAsked(Exception):
    """Nobody asks any longer for what this person agrees to."""


class Standing(StrEnum):
    """Where lifting a shield stands, for this person."""

    UNASKED = "unasked"
    MINE = "mine"
    TO_AGREE = "to_agree"


@dataclass(frozen=True, slots=True)
class One:
    """A shielded record, for the pages of keeping and lifting."""

    uid: UUID
    name: str
    number: str
    shield: ShieldShown
    standing: Standing


def show(session: Session, actor: Actor, uid: UUID) -> One:
    """For the page, and in the audit. Raises NotShielded, Refusal."""
    row, _ = children.find(session, actor, uid, Act.PREPARE_SHIELD)
    audit.record(session, actor, Act.PREPARE_SHIELD, audit.About(subject_id=row.subject_id, parts=(Part.IDENTITY,)))
    if row.shielded_at is None:
        raise NotShielded
    shown = shields.running(session, {row.id: row.shielded_at})[row.id]
    standing = _standing(session, actor, _running(session, row.id), row.authority_id)
    return One(row.uid, full_name(row.given_names, row.family_name), row.number, shown, standing)


def keep(session: Session, actor: Actor, uid: UUID, review_on: date) -> None:
    """It is needed still: this person looks at it again by that day. Asking to lift it is over."""
    child, shield = _held(session, actor, uid, Act.KEEP_SHIELD)
    shield.owner_id, shield.review_on, shield.kept_at = actor.account_id, review_on, clock.now()
    shield.lift_asked_by_id = shield.lift_asked_at = None
    _record(session, actor, Act.KEEP_SHIELD, child, shield, None)


def ask(session: Session, actor: Actor, uid: UUID) -> Standing:
    """Ask a second person to agree; where somebody has asked, it stays theirs. Answers where it stands then."""
    child, shield = _held(session, actor, uid, Act.ASK_LIFT)
    standing = _standing(session, actor, shield, child.authority_id)
    if standing is not Standing.UNASKED:
        return standing
    shield.lift_asked_by_id, shield.lift_asked_at = actor.account_id, clock.now()
    _record(session, actor, Act.ASK_LIFT, child, shield, "asked")
    return Standing.MINE


def take_back(session: Session, actor: Actor, uid: UUID) -> None:
    """Nobody asks any longer. Only for who asked: anybody else keeps the shield instead."""
    child, shield = _held(session, actor, uid, Act.ASK_LIFT)
    if _standing(session, actor, shield, child.authority_id) is Standing.MINE:
        shield.lift_asked_by_id = shield.lift_asked_at = None
        _record(session, actor, Act.ASK_LIFT, child, shield, "taken_back")


def lift(session: Session, actor: Actor, uid: UUID) -> None:
    """Agree with who asked: the record is open from now on, and found by everything in it.

    Raises NotAsked where that was taken back, NotShielded where somebody was faster, Refusal for who asked themselves.
    """
    child, shield = _held(session, actor, uid, Act.LIFT_SHIELD)
    if _standing(session, actor, shield, child.authority_id) is Standing.UNASKED:
        raise NotAsked
    asker = _team_role(session, shield.lift_asked_by_id, child.authority_id)
    same_person = shield.lift_asked_by_id == actor.account_id
    if refusal := shield_refusal("lift", None, actor.role, asker, same_person):
        raise audit.Refusal(refusal, child.subject_id)
    shield.lifted_by_id, shield.lifted_at = actor.account_id, clock.now()
    child.shielded_at = child.shield_ground = None
    child.version += 1
    _record(session, actor, Act.LIFT_SHIELD, child, shield, None)
    find.reindex(session, child.id)


def _standing(session: Session, actor: Actor, shield: Shield | None, authority_id: int) -> Standing:
    """Asking counts only as long as who asked works in the team of the authority that answers for the record."""
    asker = shield.lift_asked_by_id if shield else None
    if _team_role(session, asker, authority_id) is None:
        return Standing.UNASKED
    return Standing.MINE if asker == actor.account_id else Standing.TO_AGREE


def _team_role(session: Session, account_id: int | None, authority_id: int) -> Role | None:
    """The role of the management team, where this person holds it there today."""
    at = select(Account.id).join(Organisation, Organisation.id == Account.organisation_id)
    at = at.where(Account.id == account_id, Account.active, Organisation.authority_id == authority_id)
    found = session.scalars(at).one_or_none()
    held = found is not None and Role.MANAGEMENT_TEAM in roles.in_force(session, found)
    return Role.MANAGEMENT_TEAM if held else None


def _running(session: Session, child_id: int) -> Shield | None:
    query = select(Shield).where(Shield.child_id == child_id, Shield.lifted_at.is_(None))
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _held(session: Session, actor: Actor, uid: UUID, act: Act) -> tuple[Child, Shield]:
    """The record and its shield, held for a change. Raises NotShielded, Refusal."""
    row, _ = children.find(session, actor, uid, act, lock=True)
    child = session.get_one(Child, row.id, populate_existing=True)
    if child.shielded_at is None:
        raise NotShielded
    shield = _running(session, child.id)
    if shield is None:
        shield = shields.unanswered(child.id, child.shielded_at)
        session.add(shield)
        session.flush()
    return child, shield


def _record(session: Session, actor: Actor, act: Act, child: Child, shield: Shield, reason: str | None) -> None:
    session.flush()
    about = audit.About(subject_id=child.subject_id, object_id=shield.uid, reason=reason)
    audit.record(session, actor, act, about)
