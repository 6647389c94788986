"""The shield when two records become one: it is the person's, so that the one that goes on has it if either had."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock, lodging
from cp.models import OldIdentity, Shield
from cp.models.child import Child
from cp.services import telling_apart

Before = dict[str, Any]


def move(session: Session, to: Child, away: Child) -> tuple[list[int], Before]:
    """The shields moved, and whether the one that goes on had one. Where both run, each record keeps its own row."""
    before = {"shielded": to.shielded}
    own = _running(session, to.id)
    query = select(Shield).where(Shield.child_id == away.id).order_by(Shield.id)
    theirs = [one for one in session.scalars(query) if one.lifted_at or own is None]
    for one in theirs:
        one.child_id = to.id
    if away.shielded and not to.shielded:
        to.shielded_at, to.shield_ground = away.shielded_at, away.shield_ground
    session.flush()
    return [one.id for one in theirs], before


def lodge(session: Session, to: Child) -> None:
    """Note outside that the joined record is shielded, for each that it was made of: a restore may part them."""
    if to.shielded:
        for subject_id in telling_apart.subjects(session, to.id):
            lodging.note(lodging.Kind.SHIELD, subject_id, clock.now())


def back(session: Session, to: Child, away: Child, moved: Collection[int], before: Before) -> None:
    """Each has its own again. One that was lifted of the joined record holds again: two people lift it of this one.
    One that was set of the joined record is on both, since it may be for either."""
    for one in session.scalars(select(Shield).where(Shield.id.in_(moved), Shield.child_id == to.id)).all():
        one.child_id = away.id
    session.flush()
    since = None if before["shielded"] else _running(session, to.id)
    if not before["shielded"] and since is None:
        to.shielded_at = to.shield_ground = None
    if since is not None and not away.shielded:
        _too(session, to, away, since)
    if away.shielded and _running(session, away.id) is None:
        _again(session, away)
    session.flush()


def _too(session: Session, to: Child, away: Child, since: Shield) -> None:
    away.shielded_at, away.shield_ground = to.shielded_at, to.shield_ground
    session.add(
        Shield(
            child_id=away.id, ground=since.ground, who_asked=since.who_asked, owner_id=since.owner_id,
            set_at=since.set_at, review_on=since.review_on, kept_at=since.kept_at,
        )
    )  # fmt: skip
    session.flush()
    lodging.note(lodging.Kind.SHIELD, away.subject_id, clock.now())


def _again(session: Session, away: Child) -> None:
    newest = select(Shield).where(Shield.child_id == away.id).order_by(Shield.set_at.desc(), Shield.id.desc())
    if one := session.scalars(newest).first():
        one.lifted_at = one.lifted_by_id = one.lift_asked_at = one.lift_asked_by_id = None


def _running(session: Session, child_id: int) -> Shield | None:
    return session.scalars(select(Shield).where(Shield.child_id == child_id, Shield.lifted_at.is_(None))).one_or_none()


def drop_what_was_asked(session: Session, both: Collection[int]) -> None:
    """A lift and a sealing that wait for a second person were asked for of another record than there is now."""
    running = update(Shield).where(Shield.child_id.in_(both), Shield.lifted_at.is_(None))
    session.execute(running.values(lift_asked_by_id=None, lift_asked_at=None))
    session.execute(delete(OldIdentity).where(OldIdentity.child_id.in_(both), OldIdentity.sealed_at.is_(None)))
