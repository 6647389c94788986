"""Somebody says that a fact of a record is wrong, takes it back, and reads what came of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Dispute, DisputedWord, Voice
from cp.models.child import Child
from cp.rules.access import Actor, Allowed, Subject, decide
from cp.rules.days import london_day
from cp.rules.disputes import answer_due, may_be_disputed
from cp.services import audit, children, looking_up, record_parts, settings
from cp.services.disputes import facts, marks
from cp.services.disputes.facts import Offered
from cp.services.record_row import Row
from cp.services.records import Opened, Record, full_name
from cp.terms import Act, Disputable, DisputeFinding, Part, RecordState, ToldBy

AT_MOST = 50


class NotOffered(Exception):
    """The record says something else by now, or this person is no longer shown it."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the page needs to know. `due_on`: by when it is answered, if it is sent today."""

    record: Record
    offered: tuple[Offered, ...]
    due_on: date


@dataclass(frozen=True, slots=True)
class Wish:
    """Which fact, by its code; one line of what is right; who told them."""

    code: str
    words: str
    told_by: ToldBy


@dataclass(frozen=True, slots=True)
class Own:
    """What this person disputed, as their own list shows it: never what the record says."""

    uid: UUID
    child_uid: UUID
    name: str
    fact: Disputable
    words: str
    said_on: date
    due_on: date
    late: bool
    decided_on: date | None
    finding: DisputeFinding | None


def form(session: Session, actor: Actor, child_uid: UUID) -> Form:
    """For the page. Nothing is changed. Raises as opening the record does."""
    row, parts, found = _shown(session, actor, child_uid, Act.PREPARE_DISPUTE)
    audit.record(session, actor, Act.PREPARE_DISPUTE, audit.About(row.subject_id, parts=parts))
    return found


def _shown(session: Session, actor: Actor, child_uid: UUID, act: Act) -> tuple[Row, frozenset[Part], Form]:
    """The record, held, and what of it this reader is shown."""
    row, parts, reason = children.must_be_open(session, actor, child_uid, act)
    record = record_parts.assemble(session, actor, row, parts, Opened(reason, None, clock.now()))
    days = settings.dispute_days(session, row.authority_id)
    return row, parts, Form(record, tuple(facts.offered(record)), answer_due(clock.today(), days))


def dispute(session: Session, actor: Actor, child_uid: UUID, wish: Wish) -> bool:
    """Dispute a fact, or join those who do; False where this person does already. Raises NotOffered."""
    row, _, found = _shown(session, actor, child_uid, Act.DISPUTE)
    fact = next((one for one in found.offered if one.code == wish.code), None)
    if fact is None:
        raise NotOffered
    one = _open(session, row.id, fact) or _begin(session, row, fact, found.due_on)
    if (voice := _voice(session, actor, one)) and voice.withdrawn_at is None:
        return False
    voice = voice or Voice(dispute_id=one.id, account_id=actor.account_id)
    voice.said_at, voice.withdrawn_at = clock.now(), None
    voice.told_by, voice.words = wish.told_by, wish.words
    session.add(voice)
    session.flush()
    audit.record(session, actor, Act.DISPUTE, audit.About(row.subject_id, one.uid, reason=fact.fact))
    return True


def _open(session: Session, child_id: int, fact: Offered) -> Dispute | None:
    """The dispute of the same fact that is open. The child is held: no second one is begun beside it."""
    query = select(Dispute).where(Dispute.child_id == child_id, Dispute.fact == fact.fact, *marks.OPEN)
    return next((one for one in session.scalars(query) if tuple(one.facts["value"]) == fact.value), None)


def _begin(session: Session, row: Row, fact: Offered, due_on: date) -> Dispute:
    one = Dispute(child_id=row.id, fact=fact.fact, opened_at=clock.now(), due_on=due_on,
                  facts={"value": fact.value, "says": fact.says})  # fmt: skip
    session.add(one)
    session.flush()
    said = [word for word in facts.words_of(session, row.id, fact.fact) if fact.value in word.values]
    session.add_all(DisputedWord(dispute_id=one.id, record_id=word.record.id) for word in said)
    return one


def _voice(session: Session, actor: Actor, one: Dispute) -> Voice | None:
    mine = Voice.dispute_id == one.id, Voice.account_id == actor.account_id
    return session.scalars(select(Voice).where(*mine)).one_or_none()


def own(session: Session, actor: Actor) -> list[Own]:
    """What this person disputed and has not taken back, the newest first: of facts that they are shown now."""
    query = (
        select(Voice, Dispute, Child)
        .join(Dispute, Dispute.id == Voice.dispute_id)
        .join(Child, Child.id == Dispute.child_id)
        .where(Voice.account_id == actor.account_id, Voice.withdrawn_at.is_(None))
        .order_by(Voice.said_at.desc(), Voice.id.desc())
        .limit(AT_MOST)
    )
    rows = session.execute(query).all()
    found = [_own(*row) for row in rows if _is_shown(actor, Act.SEE_OWN_DISPUTES, row[1], row[2])]
    audit.record(session, actor, Act.SEE_OWN_DISPUTES, audit.About(results=len(found)))
    return found


def _own(voice: Voice, one: Dispute, child: Child) -> Own:
    decided_on = london_day(one.decided_at) if one.decided_at else None
    return Own(
        voice.uid, child.uid, full_name(child.given_names, child.family_name), one.fact, voice.words,
        london_day(voice.said_at), one.due_on, decided_on is None and clock.today() > one.due_on, decided_on,
        one.finding,
    )  # fmt: skip


def _is_shown(actor: Actor, act: Act, one: Dispute, child: Child) -> bool:
    """Of a fact that a shield hides from this person by now, nor what became of it: they are shown neither."""
    subject = Subject(child.authority_id, child.shielded, child.state is RecordState.LIVE)
    decision = decide(actor, act, subject, clock.today())
    return isinstance(decision, Allowed) and one.fact in may_be_disputed(decision.parts)


def withdraw(session: Session, actor: Actor, voice_uid: UUID) -> bool:
    """Take one's own dispute back; False where it was decided first. The last one's takes the mark away.

    Raises Refusal: another's is not there.
    """
    mine = Voice.uid == voice_uid, Voice.account_id == actor.account_id
    voice = session.scalars(select(Voice).where(*mine)).one_or_none()
    if voice is None:
        raise audit.Refusal("none", object_id=voice_uid, hidden=True)
    looking_up.hold(session, actor)
    one = session.get_one(Dispute, voice.dispute_id)
    child = session.get_one(Child, one.child_id, with_for_update=True)
    session.refresh(one, with_for_update=True)
    if not _is_shown(actor, Act.WITHDRAW_DISPUTE, one, child):
        raise audit.Refusal("none", object_id=voice_uid, hidden=True)
    if one.decided_at is not None:
        return False
    voice.withdrawn_at = voice.withdrawn_at or clock.now()
    session.flush()
    others = select(Voice.id).where(Voice.dispute_id == one.id, Voice.withdrawn_at.is_(None))
    if session.scalars(others.limit(1)).first() is None:
        one.withdrawn_at = one.withdrawn_at or clock.now()
        session.flush()
    audit.record(session, actor, Act.WITHDRAW_DISPUTE, audit.About(child.subject_id, one.uid))
    return True
