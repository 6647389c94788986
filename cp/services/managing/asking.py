"""Requests to join: shown to the managers of the organisation named, answered by one of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, JoinRequest, Organisation
from cp.rules.access import Actor
from cp.services import audit
from cp.services.managing import holders
from cp.terms import Act, OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Request:
    uid: UUID
    name: str
    email: str
    post: str
    organisation_name: str
    organisation_kind: OrganisationKind
    asked_at: datetime
    has_account: bool
    """Somebody has an account with this email already."""


def waiting(session: Session, actor: Actor) -> list[Request]:
    """The oldest first."""
    query = (
        select(JoinRequest, Organisation)
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .where(JoinRequest.answered_at.is_(None))
        .order_by(JoinRequest.asked_at, JoinRequest.id)
    )
    if actor.role is not Role.NATIONAL_ADMINISTRATOR:
        query = query.where(Organisation.authority_id == actor.authority_id)
    rows = [
        (asked, place)
        for asked, place in session.execute(query)
        if holders.may(actor, Act.ANSWER_JOIN_REQUEST, holders.newcomer(place, Role.PRACTITIONER))
    ]
    emails = [asked.email for asked, _ in rows]
    known = set(session.scalars(select(Account.email).where(Account.email.in_(emails))))
    return [
        Request(asked.uid, asked.name, asked.email, asked.post, place.name, place.kind, asked.asked_at,
                asked.email in known)
        for asked, place in rows
    ]  # fmt: skip


def may_answer(session: Session, actor: Actor, asked: JoinRequest) -> bool:
    place = session.get_one(Organisation, asked.organisation_id)
    return holders.may(actor, Act.ANSWER_JOIN_REQUEST, holders.newcomer(place, Role.PRACTITIONER))


def answer(session: Session, actor: Actor, uid: UUID, *, invited: bool) -> bool:
    """Whether this answer counts: of two managers at once, the first one's does."""
    asked = session.scalars(select(JoinRequest).where(JoinRequest.uid == uid)).one_or_none()
    if asked is None or not may_answer(session, actor, asked):
        raise audit.Refusal("none", object_id=asked.uid if asked else None, hidden=True)
    open_still = update(JoinRequest).where(JoinRequest.id == asked.id, JoinRequest.answered_at.is_(None))
    answered = open_still.values(answered_by_id=actor.account_id, answered_at=clock.now(), invited=invited)
    if session.scalar(answered.returning(JoinRequest.id)) is None:
        return False
    about = audit.About(object_id=uid, reason="invited" if invited else "declined")
    audit.record(session, actor, Act.ANSWER_JOIN_REQUEST, about)
    return True
