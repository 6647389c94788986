"""The management team looks at what was told: a second look, before the record of a child says anything of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Change, Organisation, SourceRecord, SourceVersion
from cp.models.child import Child
from cp.rules import derive
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.services import audit, children, deriving, paging
from cp.services.changes import numbers
from cp.services.changes.numbers import Number, number_of
from cp.services.paging import Paged
from cp.services.records import full_name
from cp.services.retention import due
from cp.services.source_facts import facts
from cp.terms import Act, AddressState, ChangeAnswer, ChangeKind, LeaveKind, MovedTo, Part, RecordState, SourceKind


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, of whom, by whom. `on`: None where they did not know the day."""

    uid: UUID
    child_uid: UUID
    name: str
    born_on: date
    kind: ChangeKind
    on: date | None
    to: MovedTo | None
    number: Number | None
    by: str
    organisation: str
    told_on: date
    due_on: date

    @property
    def late(self) -> bool:
        return self.due_on < clock.today()


def count(session: Session, actor: Actor) -> int:
    return session.scalar(_waiting(actor).with_only_columns(func.count())) or 0


def listed(session: Session, actor: Actor, page: int = 1) -> Paged[Told]:
    """What is due first stands first; each child named has an entry in the audit."""
    query = _waiting(actor).order_by(Change.due_on, Change.id)
    found = session.execute(paging.of(query, page)).all()
    for _, child, *_ in found:
        audit.record(session, actor, Act.SEE_CHANGES, audit.About(child.subject_id, parts=(Part.IDENTITY,)))
    if not found:
        audit.record(session, actor, Act.SEE_CHANGES, audit.About(results=0))
    return Paged(tuple(_told(*row) for row in found), paging.count(session, query), page)


def show(session: Session, actor: Actor, uid: UUID) -> Told:
    """Raises Refusal."""
    row = session.execute(_waiting(actor).where(Change.uid == uid)).one_or_none()
    if row is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    told = _told(*row)
    seen = {Part.IDENTITY} | ({told.number.part} if told.number else set())
    audit.record(session, actor, Act.SEE_CHANGES, audit.About(row[1].subject_id, uid, parts=seen))
    return told


@dataclass(frozen=True, slots=True)
class Found:
    """What the team found. `died_on`: of a death that is true. `right`: the number that is, where somebody knows it."""

    answer: ChangeAnswer
    died_on: date | None = None
    right: str | None = None


def answer(session: Session, actor: Actor, uid: UUID, found: Found) -> None:
    """A death that is true stands on the record from now on, a move takes the address, a number is taken off wherever
    it is shown. Raises Refusal; ValueError where a death has no day."""
    one = show(session, actor, uid)
    row, _, _ = children.correct(session, actor, one.child_uid, Act.JUDGE_CHANGE)
    change = session.scalars(select(Change).where(Change.uid == uid).execution_options(populate_existing=True)).one()
    if change.answer is not None:  # somebody was faster, while this person waited for the record
        raise audit.Refusal("none", object_id=uid, hidden=True)
    change.answer, change.decided_at, change.decided_by_id = found.answer, clock.now(), actor.account_id
    if found.answer is ChangeAnswer.TRUE:
        _follow(session, actor, session.get_one(Child, row.id), one, found)
    session.flush()
    audit.record(session, actor, Act.JUDGE_CHANGE, audit.About(row.subject_id, uid, reason=found.answer))


def _follow(session: Session, actor: Actor, child: Child, one: Told, found: Found) -> None:
    """Whoever is on a school's roll leaves it by the school's own word, so that nothing follows from that here."""
    if one.kind is ChangeKind.DIED:
        if found.died_on is None:
            raise ValueError("a death needs its day")
        child.died_on, child.version = found.died_on, child.version + 1
        due.keep(session, [child.id])
    if one.kind is ChangeKind.MOVED_AWAY:
        _left_area(session, actor, child, one)
    if one.number is not None:
        numbers.take_off(session, actor, child, one.number, found.right)


def _left_area(session: Session, actor: Actor, child: Child, one: Told) -> None:
    """The authority's own word, as any source's: newer than the addresses that others gave before."""
    today = clock.today()
    gone = derive.Address(AddressState.LEFT_AREA, from_on=one.on or today, leave_kind=LeaveKind.UNKNOWN)
    said = derive.Said(0, SourceKind.AUTHORITY, today, addresses=(gone,))
    source = SourceRecord(child_id=child.id, kind=SourceKind.AUTHORITY, organisation_id=actor.organisation_id,
                          row_key=f"change:{one.uid}")  # fmt: skip
    session.add(source)
    session.flush()
    session.add(SourceVersion(record_id=source.id, said_on=today, facts=facts(said)))
    deriving.derive(session, child.id)


def _waiting(actor: Actor) -> Select[Change, Child, str, str]:
    """Of records that are live, which this authority answers for."""
    return (
        select(Change, Child, Account.name, Organisation.name)
        .join(Child, Child.id == Change.child_id)
        .join(Account, Account.id == Change.account_id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(
            Change.decided_at.is_(None), Child.authority_id == actor.authority_id, Child.state == RecordState.LIVE
        )
    )  # fmt: skip


def _told(change: Change, child: Child, by: str, organisation: str) -> Told:
    on, to, number = change.facts["on"], change.facts["to"], change.facts.get("number")
    return Told(
        change.uid, child.uid, full_name(child.given_names, child.family_name), child.born_on, change.kind,
        date.fromisoformat(on) if on else None, MovedTo(to) if to else None,
        number_of(number) if number else None, by, organisation, london_day(change.told_at), change.due_on,
    )  # fmt: skip
