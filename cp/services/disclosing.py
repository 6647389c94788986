"""What is given out of the system: asked for by one of the team, approved by another, and in the register for good."""

import csv
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import StringIO
from uuid import UUID

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, Disclosure, DisclosureAnswer
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.rules.disclosing import MAY_GO_OUT, disclosure_refusal
from cp.services import audit, blinding, children, paging, shields, team
from cp.services.coded import Coded
from cp.services.managing.export import cell
from cp.services.paging import Paged
from cp.services.records import Record, full_name
from cp.services.team import Colleague
from cp.terms import Act, DisclosureGround, Part, RecordState, Role

REFERENCE = "DR-{}"
GIVEN_OUT_FOR = timedelta(days=7)
"""How long after the approval the two may show or print it."""
COLUMNS = ("reference", "asked on", "ground", "child", "parts", "recipient", "asked by", "approver", "answer",
           "answered on")  # fmt: skip


class Problem(Coded):
    """A code: of `disclosure_refusal`, or `answered`, `second_person`, `asker_left`."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form says. `approver`: the colleague's account."""

    ground: str | None
    recipient: str
    approver: UUID | None
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class Preparing:
    """For the page that asks."""

    child_uid: UUID
    name: str
    number: str
    colleagues: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the register. `number`: of the child, none of a record that is no longer there to be named."""

    uid: UUID
    reference: str
    ground: DisclosureGround
    parts: tuple[Part, ...]
    number: str | None
    recipient: str
    asked_by: str
    approver: str
    asked_at: datetime
    approved: bool | None
    answered_at: datetime | None
    mine: bool
    """This person asked."""
    to_answer: bool
    """This person is asked to approve."""
    to_give_out: bool
    """It is approved, and this person may show or print it now."""
    shielded_since: bool = False
    """They may not any longer: it was approved of a record that was not shielded then."""

    @property
    def asked_on(self) -> date:
        return london_day(self.asked_at)


def prepare(session: Session, actor: Actor, child_uid: UUID) -> Preparing:
    row, _, _ = children.correct(session, actor, child_uid, Act.PREPARE_DISCLOSURE)
    audit.record(session, actor, Act.PREPARE_DISCLOSURE, audit.About(row.subject_id, parts=(Part.IDENTITY,)))
    colleagues = team.others(session, actor)
    return Preparing(row.uid, full_name(row.given_names, row.family_name), row.number, tuple(colleagues))


def ask(session: Session, actor: Actor, child_uid: UUID, wish: Wish) -> UUID:
    """Into the register, whatever becomes of it; the four facts that say who the child is go with what was chosen.

    Raises Problem with what is missing.
    """
    row, _ = children.find(session, actor, child_uid, Act.ASK_DISCLOSURE, lock=True)
    members = {one.uid: one.id for one in team.members(session, actor.authority_id)}
    approver = members.get(wish.approver) if wish.approver else None
    if refusal := disclosure_refusal(wish.ground, actor.account_id, approver, wish.recipient, wish.parts):
        raise Problem(refusal)
    parts = wish.parts | {Part.IDENTITY}
    made = Disclosure(
        reference=_unused_reference(session), authority_id=row.authority_id, subject_id=row.subject_id,
        ground=DisclosureGround(str(wish.ground)), parts="+".join(sorted(parts)), asked_by_id=actor.account_id,
        approver_id=approver, asked_at=clock.now(), recipient=wish.recipient,
    )  # fmt: skip
    session.add(made)
    session.flush()
    about = audit.About(subject_id=row.subject_id, object_id=made.uid, parts=parts, reason=made.ground)
    audit.record(session, actor, Act.ASK_DISCLOSURE, about)
    return made.uid


def _unused_reference(session: Session) -> int:
    while True:
        made = blinding.reference()
        if session.scalars(select(Disclosure.id).where(Disclosure.reference == made)).first() is None:
            return made


_ASKED, _APPROVER = aliased(Account), aliased(Account)
_REGISTER: Select[Disclosure, DisclosureAnswer, str, str, str] = (
    select(Disclosure, DisclosureAnswer, _ASKED.name, _APPROVER.name, Child.number)
    .outerjoin(DisclosureAnswer, DisclosureAnswer.disclosure_id == Disclosure.id)
    .join(_ASKED, _ASKED.id == Disclosure.asked_by_id)
    .join(_APPROVER, _APPROVER.id == Disclosure.approver_id)
    .outerjoin(Child, (Child.subject_id == Disclosure.subject_id) & (Child.state == RecordState.LIVE))
    .order_by(case((DisclosureAnswer.id.is_(None), 0), else_=1), Disclosure.asked_at.desc(), Disclosure.id.desc())
)
"""What waits for an answer, then the others, of either the newest first."""


def register(session: Session, actor: Actor, number: int) -> Paged[Entry]:
    found = _entries(session, actor, paging.of(_of(actor), number))
    audit.record(session, actor, Act.SEE_DISCLOSURES, audit.About(results=len(found)))
    return Paged(tuple(found), paging.count(session, _of(actor)), number)


def table(session: Session, actor: Actor) -> str:
    """All of them as CSV, safe to open in a spreadsheet."""
    found, written = _entries(session, actor, _of(actor)), StringIO()
    audit.record(session, actor, Act.EXPORT_DISCLOSURES, audit.About(results=len(found)))
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in _row(one)] for one in found)
    return written.getvalue()


def one(session: Session, actor: Actor, uid: UUID) -> Entry:
    """Raises Refusal."""
    entry = _one(session, actor, uid)
    audit.record(session, actor, Act.SEE_DISCLOSURE, audit.About(object_id=uid))
    return entry


def answer(session: Session, actor: Actor, uid: UUID, *, approved: bool) -> None:
    """Only by the approver named, and once. Raises Problem, Refusal."""
    entry = _one(session, actor, uid)
    asked = session.scalars(select(Disclosure).where(Disclosure.uid == uid).with_for_update()).one()
    child_uid = session.scalars(select(Child.uid).where(Child.subject_id == asked.subject_id)).one_or_none()
    if child_uid is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    row, _ = children.find(session, actor, child_uid, Act.ANSWER_DISCLOSURE, lock=True)
    if session.scalars(select(DisclosureAnswer).where(DisclosureAnswer.disclosure_id == asked.id)).first():
        raise Problem("answered")
    parts = frozenset(asked.parts.split("+"))
    approver = actor.account_id if actor.account_id == asked.approver_id else None
    if disclosure_refusal(asked.ground, asked.asked_by_id, approver, entry.recipient, parts):
        raise Problem("second_person")
    if approved and not team.has(session, actor.authority_id, asked.asked_by_id):
        raise Problem("asker_left")
    session.add(DisclosureAnswer(disclosure_id=asked.id, approved=approved, answered_by_id=actor.account_id,
                                 answered_at=clock.now()))  # fmt: skip
    session.flush()
    about = audit.About(row.subject_id, uid, entry.parts, "approved" if approved else "declined")
    audit.record(session, actor, Act.ANSWER_DISCLOSURE, about)


@dataclass(frozen=True, slots=True)
class Given:
    """What is given out, and no more of the record than that."""

    entry: Entry
    parts: frozenset[Part]
    record: Record


def given(session: Session, actor: Actor, uid: UUID) -> Given:
    """For the two, within a week of the approval, through the one loader. Raises Refusal."""
    entry = _one(session, actor, uid)
    of = Disclosure.subject_id == Child.subject_id, Disclosure.uid == uid
    child_uid = session.scalars(select(Child.uid).where(*of)).one_or_none()
    if not entry.to_give_out or child_uid is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    wanted = frozenset(entry.parts) & MAY_GO_OUT
    row, parts, record = children.hand_out(session, actor, child_uid, Act.SEE_DISCLOSED, wanted)
    about = audit.About(subject_id=row.subject_id, object_id=uid, parts=parts, reason=entry.ground)
    audit.record(session, actor, Act.SEE_DISCLOSED, about)
    return Given(entry, parts, record)


def _of(actor: Actor) -> Select[Disclosure, DisclosureAnswer, str, str, str]:
    return _REGISTER.where(Disclosure.authority_id == actor.authority_id)


def _one(session: Session, actor: Actor, uid: UUID) -> Entry:
    found = _entries(session, actor, _of(actor).where(Disclosure.uid == uid))
    if not found:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    if found[0].to_give_out and _shielded_since(session, found[0]):
        return replace(found[0], to_give_out=False, shielded_since=actor.role is Role.MANAGEMENT_TEAM)
    return found[0]


def _shielded_since(session: Session, entry: Entry) -> bool:
    """Who the child is stands on a shielded record, too; whoever approved more had no shield before them."""
    query = select(Child.id, Child.shielded_at).where(Child.number == entry.number)
    more, approved_at = {*entry.parts} != {Part.IDENTITY}, entry.answered_at
    return more and approved_at is not None and shields.set_since(session, *session.execute(query).one(), approved_at)


def _entries(session: Session, actor: Actor, query: Select[Disclosure, DisclosureAnswer, str, str, str]) -> list[Entry]:
    return [_entry(actor, *row) for row in session.execute(query)]


def _entry(
    actor: Actor, asked: Disclosure, said: DisclosureAnswer | None, by: str, approver: str, number: str | None
) -> Entry:
    mine, named = asked.asked_by_id == actor.account_id, asked.approver_id == actor.account_id
    fresh = said is not None and said.approved and clock.now() < said.answered_at + GIVEN_OUT_FOR
    return Entry(
        asked.uid, REFERENCE.format(asked.reference), asked.ground,
        tuple(part for part in Part if part in asked.parts.split("+")), number, asked.recipient, by, approver,
        asked.asked_at, said.approved if said else None, said.answered_at if said else None, mine,
        named and said is None and number is not None, fresh and (mine or named) and number is not None,
    )  # fmt: skip


def _row(entry: Entry) -> tuple[object, ...]:
    answered = {None: "waits", True: "approved", False: "declined"}[entry.approved]
    on = london_day(entry.answered_at) if entry.answered_at else None
    return (
        entry.reference, entry.asked_on, entry.ground, entry.number, " and ".join(entry.parts), entry.recipient,
        entry.asked_by, entry.approver, answered, on,
    )  # fmt: skip
