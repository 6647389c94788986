"""The side of whoever was asked: what was passed to their sensitive service or to themselves, and their answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, ContactRequest, Practitioner
from cp.rules.access import Actor
from cp.services import audit, blinding
from cp.services.contact import facts, requests
from cp.services.contact.requests import FOUND, Asker, Found
from cp.services.records import full_name
from cp.terms import Act, ContactEvent, ContactState, Part


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Who asks to be called, about which child. `uid` is not the request's own, which leads to the child."""

    uid: UUID
    reference: int
    name: str
    born_on: date
    shielded: bool
    asker: Asker


def any_waits(session: Session, actor: Actor) -> bool:
    """Whether there is something to answer: nothing of it is shown, and nothing written down."""
    return next(_passed(session, actor, Act.SEE_PASSED_CONTACTS), None) is not None


def waiting(session: Session, actor: Actor) -> list[PassedOn]:
    """The oldest first. The child stands in the audit by the id that leads to no record."""
    rows = list(_passed(session, actor, Act.SEE_PASSED_CONTACTS))
    for one in rows:
        about = audit.About(subject_id=blinding.subject(one.child.subject_id), parts=(Part.IDENTITY,))
        audit.record(session, actor, Act.SEE_PASSED_CONTACTS, about)
    if not rows:
        audit.record(session, actor, Act.SEE_PASSED_CONTACTS, audit.About(results=0))
    return [_shown(one) for one in rows]


def answer(session: Session, actor: Actor, uid: UUID, *, agreed: bool) -> bool:
    """Whether the answer counts: False where a colleague was faster. Raises Refusal where nothing is passed to them."""
    found = _find(session, actor, uid)
    requests.hold(session, actor, found)
    found = _find(session, actor, uid)
    event = ContactEvent.AGREE if agreed else ContactEvent.DECLINE
    after = facts.moved(found.facts, event, clock.now(), by=actor.account_uid)
    if after is None:
        return False
    facts.keep(found.request, after)
    session.flush()
    audit.record(session, actor, Act.ANSWER_CONTACT, audit.About(object_id=uid, reason=event))
    return True


def _find(session: Session, actor: Actor, uid: UUID) -> Found:
    """One that is or was passed to this person. Its refusal names no child beside their account."""
    for one in _passed(session, actor, Act.ANSWER_CONTACT, answered=True):
        if _known_as(one) == uid:
            return one
    raise audit.Refusal("none", hidden=True)


def _passed(session: Session, actor: Actor, act: Act, *, answered: bool = False) -> Iterator[Found]:
    """Nothing of somebody whose account was taken away: nobody is to call them."""
    keys = _keys(session, actor)
    query = FOUND.where(ContactRequest.passed_key.in_(keys), Account.active)
    for one in requests.found(session, query):
        if (answered or one.facts.state is ContactState.PASSED) and one.decision(actor, act).allowed:
            yield one


def _keys(session: Session, actor: Actor) -> tuple[int, ...]:
    own = session.scalar(select(Practitioner.uid).where(Practitioner.id == actor.practitioner_id))
    service = blinding.of_service(actor.sensitive_service) if actor.sensitive_service else ()
    return (*(blinding.of_practitioner(own) if own else ()), *service)


def _known_as(one: Found) -> UUID:
    return facts.known_as(one.request.uid, "passed")


def _shown(one: Found) -> PassedOn:
    child = one.child
    name = full_name(child.given_names, child.family_name)
    return PassedOn(_known_as(one), one.request.reference, name, child.born_on, child.shielded, one.asker)
