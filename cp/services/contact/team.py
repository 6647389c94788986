"""The management team's side: what waits, one request, each step of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, ContactRequest
from cp.rules.access import Actor, Allowed
from cp.rules.brokering import ANSWERED_IN, PassedKind, broker_age
from cp.rules.days import london_day
from cp.services import audit, blinding
from cp.services.contact import facts, requests, whom
from cp.services.contact.requests import FOUND, Asker, Found
from cp.services.contact.whom import Whom
from cp.services.records import full_name
from cp.terms import Act, ContactAbout, ContactEvent, ContactReason, ContactState, Part, Reach

AT_ONCE = 50
SEEN = (Part.IDENTITY, Part.INVOLVEMENTS, Part.SENSITIVE)
EVENTS = {
    "take": ContactEvent.TAKE,
    "agree": ContactEvent.AGREE,
    "decline": ContactEvent.DECLINE,
    "close": ContactEvent.CLOSE,
}


class NotOffered(Exception):
    """Nobody who may be asked, or nothing that the team may say for them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as the team's list shows it."""

    uid: UUID
    reference: int
    name: str
    about: ContactAbout
    reason: ContactReason
    reach: Reach
    asker: Asker
    asked_on: date
    age: int
    """Working days."""
    late: bool
    """Whoever asked has read by now that nobody will call."""
    owner: str | None
    mine: bool
    state: ContactState
    shielded: bool


@dataclass(frozen=True, slots=True)
class One:
    """The same with what is to be decided. `whom` is empty unless it can be passed on now."""

    asked: Asked
    child_uid: UUID
    born_on: date
    whom: tuple[Whom, ...]
    passed: PassedKind | None
    passed_name: str
    passed_at: datetime | None
    answered_by: str | None
    closed_at: datetime | None


def waiting(session: Session, actor: Actor) -> tuple[list[Asked], int]:
    """What is not closed, the oldest first: at most a page of them, and how many in all.

    Which are closed is sealed like everything that became of them, so all of the authority's are looked into. Each
    child shown is in the audit, by the id that leads to no record: entries by its own would say when a request closed.
    """
    columns = select(ContactRequest).where(ContactRequest.authority_id == actor.authority_id)
    opened = [row.id for row in session.scalars(columns) if facts.of(row.facts).state is not ContactState.CLOSED]
    rows = [
        one
        for one in requests.found(session, FOUND.where(ContactRequest.id.in_(opened)))
        if one.decision(actor, Act.SEE_CONTACTS).allowed
    ]
    for one in rows[:AT_ONCE]:
        about = audit.About(subject_id=blinding.subject(one.child.subject_id), parts=(Part.IDENTITY,))
        audit.record(session, actor, Act.SEE_CONTACTS, about)
    if not rows:
        audit.record(session, actor, Act.SEE_CONTACTS, audit.About(results=0))
    return [_asked(actor, one) for one in rows[:AT_ONCE]], len(rows)


def one(session: Session, actor: Actor, uid: UUID) -> One:
    """For its page. Raises Refusal: another authority's is not there."""
    found, decision = _find(session, actor, uid, Act.SEE_CONTACTS)
    about = audit.About(subject_id=found.child.subject_id, object_id=uid, parts=SEEN)
    audit.record(session, actor, Act.SEE_CONTACTS, about)
    held, choices = found.facts, whom.choices(session, found, decision)
    answerer = session.scalar(select(Account.name).where(Account.uid == held.answered_by))
    return One(
        _asked(actor, found), found.child.uid, found.child.born_on,
        choices if held.state is ContactState.WITH_TEAM else (),
        held.passed_to.kind if held.passed_to else None, whom.name_of(session, held.passed_to, choices),
        held.passed_at, answerer, held.closed_at,
    )  # fmt: skip


def step(session: Session, actor: Actor, uid: UUID, what: str) -> bool:
    """Move it on; False where somebody else was faster, so that this can no longer be. Raises NotOffered, Refusal.

    Whoever takes it owns it. Another of the team may go on with it: the owner may be away.
    """
    found, _ = _find(session, actor, uid, Act.STEP_CONTACT)
    requests.hold(session, actor, found)
    found, decision = _find(session, actor, uid, Act.STEP_CONTACT)
    held = found.facts
    to = next((choice.passed for choice in whom.choices(session, found, decision) if choice.value == what), None)
    event = ContactEvent.PASS_ON if to else EVENTS.get(what)
    if event is None:
        raise NotOffered
    after = facts.moved(held, event, clock.now(), by=actor.account_uid, to=to)
    if after and not _may_say(held, event):
        raise NotOffered
    if after is None:
        return False
    if event is ContactEvent.TAKE:
        found.request.owner_id = actor.account_id
    facts.keep(found.request, after)
    session.flush()
    about = audit.About(object_id=facts.known_as(uid, event), reason="step")
    audit.record(session, actor, Act.STEP_CONTACT, about)
    return True


def _may_say(held: facts.Facts, event: ContactEvent) -> bool:
    """That a sensitive service agrees is for it alone to say; that it gave no answer is plain to see."""
    return event is not ContactEvent.AGREE or (held.passed_to is not None and held.passed_to.kind != "service")


def _find(session: Session, actor: Actor, uid: UUID, act: Act) -> tuple[Found, Allowed]:
    mine = requests.by_uid(uid).where(ContactRequest.authority_id == actor.authority_id)
    found = next(iter(requests.found(session, mine)), None)
    decision = found and found.decision(actor, act)
    if found is None or not isinstance(decision, Allowed):
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found, decision


def _asked(actor: Actor, one: Found) -> Asked:
    request, asked_on, state = one.request, london_day(one.request.asked_at), one.facts.state
    age = broker_age(asked_on, clock.today())
    unanswered = state in (ContactState.ASKED, ContactState.WITH_TEAM, ContactState.PASSED)
    return Asked(
        request.uid, request.reference, full_name(one.child.given_names, one.child.family_name), request.about,
        request.reason, request.reach, one.asker, asked_on, age, unanswered and age >= ANSWERED_IN, one.owner,
        request.owner_id == actor.account_id, state, one.child.shielded,
    )  # fmt: skip
