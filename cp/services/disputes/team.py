"""The management team's side of disputes: what waits, one of them with every source's word, taking it, deciding it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, Dispute, Organisation, Voice
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.rules.derive import Value
from cp.rules.disputes import findings_open
from cp.services import audit, children, record_parts
from cp.services.disputes import facts, finding, marks
from cp.services.record_row import Row
from cp.services.records import Record, full_name
from cp.terms import Act, Disputable, DisputeFinding, Part, RecordState, ToldBy

AT_ONCE = 50


class NotOffered(Exception):
    """Of this fact that cannot be found."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One dispute in the list; `owner`: who took it."""

    uid: UUID
    name: str
    fact: Disputable
    since: date
    due_on: date
    late: bool
    owner: str | None
    mine: bool
    shielded: bool


@dataclass(frozen=True, slots=True)
class Says:
    """Somebody who disputes it."""

    name: str
    organisation: str
    told_by: ToldBy
    words: str
    said_on: date


@dataclass(frozen=True, slots=True)
class SourceSays:
    """What one source says of the fact now."""

    name: str
    said_on: date
    says: tuple[Value, ...]
    same: bool
    """It says what is disputed."""


@dataclass(frozen=True, slots=True)
class One:
    """A dispute with everything that there is to know before it is decided. `still`: the record says it now."""

    waiting: Waiting
    record: Record
    says: Value
    value: Value
    voices: tuple[Says, ...]
    sources: tuple[SourceSays, ...]
    still: bool
    may_find: tuple[DisputeFinding, ...]


_OWNER = aliased(Account)
_Query = Select[Dispute, Child, str | None]
_WAITING: _Query = (
    select(Dispute, Child, _OWNER.name)
    .join(Child, Child.id == Dispute.child_id)
    .outerjoin(_OWNER, _OWNER.id == Dispute.owner_id)
    .where(Child.state == RecordState.LIVE, *marks.OPEN)
    .order_by(Dispute.due_on, Dispute.id)
)


def waiting(session: Session, actor: Actor) -> tuple[list[Waiting], int]:
    """What this authority has to decide, overdue and oldest first: at most a page of it, and how much in all.

    Each child that is named has its entry in the audit.
    """
    rows = session.execute(_of(actor)).all()
    shown = rows[:AT_ONCE]
    abouts = [audit.About(child.subject_id, one.uid, parts=(Part.IDENTITY,)) for one, child, _ in shown]
    audit.record_all(session, actor, Act.SEE_DISPUTES, abouts or [audit.About(results=0)])
    return [_waiting(actor, *row) for row in shown], len(rows)


def _of(actor: Actor) -> _Query:
    return _WAITING.where(Child.authority_id == actor.authority_id)


def _waiting(actor: Actor, one: Dispute, child: Child, owner: str | None) -> Waiting:
    return Waiting(
        one.uid, full_name(child.given_names, child.family_name), one.fact, london_day(one.opened_at), one.due_on,
        clock.today() > one.due_on, owner, one.owner_id == actor.account_id, child.shielded,
    )  # fmt: skip


def one(session: Session, actor: Actor, uid: UUID) -> One:
    """For its page, the record opened and audited. Raises Refusal: what is decided already is not there."""
    found, child, owner = _find(session, actor, uid)
    row, parts, why = children.correct(session, actor, child.uid, Act.SEE_DISPUTES)
    audit.record(session, actor, Act.SEE_DISPUTES, audit.About(row.subject_id, uid, parts=parts))
    record, value = record_parts.assemble(session, actor, row, parts, why), tuple(found.facts["value"])
    offered = {(one.fact, one.value) for one in facts.offered(record)}
    return One(
        _waiting(actor, found, child, owner), record, tuple(found.facts["says"]), value, _voices(session, found),
        _sources(session, row, found, value), (found.fact, value) in offered, findings_open(found.fact),
    )  # fmt: skip


def _find(session: Session, actor: Actor, uid: UUID) -> tuple[Dispute, Child, str | None]:
    found = session.execute(_of(actor).where(Dispute.uid == uid)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    one, child, owner = found
    return one, child, owner


def _voices(session: Session, found: Dispute) -> tuple[Says, ...]:
    query = (
        select(Account.name, Organisation.name, Voice)
        .join(Account, Account.id == Voice.account_id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(Voice.dispute_id == found.id, Voice.withdrawn_at.is_(None))
        .order_by(Voice.said_at, Voice.id)
    )
    return tuple(
        Says(name, place, voice.told_by, voice.words, london_day(voice.said_at))
        for name, place, voice in session.execute(query)
    )


def _sources(session: Session, row: Row, found: Dispute, value: Value) -> tuple[SourceSays, ...]:
    """Each that says anything of the fact. A school's saying that the child is there names the school."""
    return tuple(
        SourceSays(word.name, word.version.confirmed_on or word.version.said_on,
                   ((word.name,),) if found.fact in facts.PLACES else word.values, value in word.values)
        for word in facts.words_of(session, row.id, found.fact)
        if word.values and word.name
    )  # fmt: skip


def asked(session: Session, actor: Actor, uid: UUID) -> tuple[Disputable, Value, tuple[DisputeFinding, ...]] | None:
    """What is to be decided: the fact, what is disputed of it, what may be found. None where it is open no longer."""
    held, _ = _hold(session, actor, uid)
    return None if held is None else (held.fact, tuple(held.facts["value"]), findings_open(held.fact))


def take(session: Session, actor: Actor, uid: UUID) -> bool:
    """This person decides it; False where it is theirs already. Another of the team may take it over."""
    held, row = _hold(session, actor, uid)
    if held is None or held.owner_id == actor.account_id:
        return False
    held.owner_id = actor.account_id
    session.flush()
    audit.record(session, actor, Act.DECIDE_DISPUTE, audit.About(row.subject_id, uid, reason="taken"))
    return True


def decide(session: Session, actor: Actor, uid: UUID, found: DisputeFinding, right: Value | None) -> bool:
    """Decide it; False where somebody was faster, or everybody took it back. Raises NotOffered, Refusal.

    `right`: as rules/findings.py compares it; only where it is wrong and the right value is known.
    """
    held, row = _hold(session, actor, uid)
    if held is None:
        return False
    if found not in findings_open(held.fact) or (right is None) is (found is DisputeFinding.WRONG):
        raise NotOffered
    held.owner_id = held.owner_id or actor.account_id
    held.finding, held.decided_by_id, held.decided_at = found, actor.account_id, clock.now()
    if found is not DisputeFinding.RIGHT:
        finding.keep(session, actor, held, right)
    session.flush()
    audit.record(session, actor, Act.DECIDE_DISPUTE, audit.About(row.subject_id, uid, reason=found))
    return True


def _hold(session: Session, actor: Actor, uid: UUID) -> tuple[Dispute | None, Row]:
    """The dispute, held with its record; None where it is open no longer. Raises Refusal: another's is not there."""
    query = select(Dispute, Child).join(Child, Child.id == Dispute.child_id)
    found = session.execute(query.where(Dispute.uid == uid, Child.authority_id == actor.authority_id)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    held, child = found
    row, _, _ = children.correct(session, actor, child.uid, Act.DECIDE_DISPUTE)
    session.refresh(held, with_for_update=True)
    return held if held.decided_at is None and held.withdrawn_at is None else None, row
