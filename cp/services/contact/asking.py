"""A practitioner asks to be put in touch, and reads whether somebody will call. Neither depends on what is hidden."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import ContactRequest
from cp.models.child import Child
from cp.rules.access import Actor, Refused, Subject, decide
from cp.rules.brokering import ANSWERED_IN, broker_reply, contact_about
from cp.rules.days import london_day, working_days_after
from cp.services import audit, blinding, children, involved
from cp.services.contact import facts
from cp.services.contact.facts import Facts
from cp.services.involved import Myself
from cp.services.record_row import Row
from cp.services.records import called, full_name
from cp.terms import Act, ContactAbout, ContactReason, Part, Reach, RecordState

AT_MOST = 50


class NotOffered(Exception):
    """Of this record, as it is now, one cannot ask to reach them: its shield was set or lifted meanwhile."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the page of asking needs to know."""

    child_uid: UUID
    name: str
    called: str
    me: Myself
    about: tuple[ContactAbout, ...]
    waits: frozenset[ContactAbout]
    """What this person has asked for this child, and has no answer to yet."""


@dataclass(frozen=True, slots=True)
class Wish:
    about: ContactAbout
    reason: ContactReason
    reach: Reach


@dataclass(frozen=True, slots=True)
class Own:
    """One of this person's requests, as their own list shows it: no more than `broker_reply` says."""

    reference: int
    name: str
    about: ContactAbout
    asked_on: date
    answer_on: date
    reply: Literal["waiting", "they_will_call", "no_contact"]


def form(session: Session, actor: Actor, child_uid: UUID) -> Form:
    """For the form. Nothing is changed."""
    row, _, _ = children.must_be_open(session, actor, child_uid, Act.PREPARE_CONTACT)
    _prepared(session, actor, row)
    return Form(
        row.uid, full_name(row.given_names, row.family_name), called(row.given_names, row.family_name),
        involved.myself(session, actor), contact_about(row.shielded), _waits(session, actor, row),
    )  # fmt: skip


def ask(session: Session, actor: Actor, child_uid: UUID, wish: Wish) -> bool:
    """Ask the management team; False where this person waits for an answer to the same. Raises NotOffered.

    Whether they wait is what they read, not how far the team has come: asking again would tell.
    """
    row, _, _ = children.must_be_open(session, actor, child_uid, Act.ASK_CONTACT)
    if wish.about not in contact_about(row.shielded):
        raise NotOffered
    if wish.about in _waits(session, actor, row):
        _prepared(session, actor, row)
        return False
    made = ContactRequest(
        reference=_reference(session), authority_id=row.authority_id, child_id=row.id, account_id=actor.account_id,
        about=wish.about, reason=wish.reason, reach=wish.reach, asked_at=clock.now(),
    )  # fmt: skip
    facts.keep(made, Facts())
    session.add(made)
    session.flush()
    about = audit.About(subject_id=row.subject_id, object_id=made.uid, reason=wish.reason)
    audit.record(session, actor, Act.ASK_CONTACT, about)
    return True


def own(session: Session, actor: Actor) -> list[Own]:
    """What this person asked for, the newest first. Of a record that is no longer live, nothing."""
    query = (
        select(ContactRequest, Child)
        .join(Child, Child.id == ContactRequest.child_id)
        .where(ContactRequest.account_id == actor.account_id)
        .order_by(ContactRequest.asked_at.desc(), ContactRequest.id.desc())
        .limit(AT_MOST)
    )
    today, found = clock.today(), []
    for request, child in session.execute(query):
        subject = Subject(child.authority_id, child.shielded, child.state is RecordState.LIVE)
        if isinstance(decide(actor, Act.SEE_OWN_CONTACTS, subject, today), Refused):
            continue
        asked_on = london_day(request.asked_at)
        found.append(
            Own(request.reference, full_name(child.given_names, child.family_name), request.about, asked_on,
                working_days_after(asked_on, ANSWERED_IN), _reply(request))
        )  # fmt: skip
    audit.record(session, actor, Act.SEE_OWN_CONTACTS, audit.About(results=len(found)))
    return found


def _prepared(session: Session, actor: Actor, row: Row) -> None:
    about = audit.About(subject_id=row.subject_id, parts=(Part.IDENTITY,))
    audit.record(session, actor, Act.PREPARE_CONTACT, about)


def _waits(session: Session, actor: Actor, row: Row) -> frozenset[ContactAbout]:
    query = select(ContactRequest).where(
        ContactRequest.child_id == row.id, ContactRequest.account_id == actor.account_id
    )
    return frozenset(request.about for request in session.scalars(query) if _reply(request) == "waiting")


def _reply(request: ContactRequest) -> Literal["waiting", "they_will_call", "no_contact"]:
    """No holidays are known here, so that an answer is promised too early rather than too late."""
    return broker_reply(london_day(request.asked_at), facts.of(request.facts).agreed_on, clock.today())


def _reference(session: Session) -> int:
    """Six digits that no other request has."""
    while True:
        reference = blinding.reference()
        if session.scalar(select(ContactRequest.id).where(ContactRequest.reference == reference)) is None:
            return reference
