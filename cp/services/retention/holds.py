"""Legal holds: one of the management team asks, another agrees, and nothing of the record is destroyed until the end.

Two end one early: see unholding. A record in the archive is held by its number: nothing of it is shown for that.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from cp import clock, lodging
from cp.models import LegalHold
from cp.models.child import Child
from cp.rules import number
from cp.rules.access import Actor
from cp.rules.retention import hold_refusal
from cp.services import audit, children, paging, team, telling_apart
from cp.services.coded import Coded
from cp.services.paging import Paged
from cp.services.record_row import Row
from cp.services.retention import due
from cp.services.team import Colleague
from cp.terms import Act, HoldReason, RecordState

HELD = (RecordState.LIVE, RecordState.ARCHIVED)


class Problem(Coded):
    """A code: `number` where the authority has no such record; `two_people`, `end_date`; `asker_left` for one who asked
    and has left."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `ends_on`: the first day on which it no longer holds; `reference`: of the case."""

    number: str
    second: UUID | None
    ends_on: date | None
    reason: HoldReason
    reference: str


@dataclass(frozen=True, slots=True)
class Hold:
    """One that waits or holds. `mine`: this person asked, and may only take it back. `to_answer`: they are to agree.

    Who placed it, and what for, is not known of one that a restore of an older backup has set again.
    """

    uid: UUID
    number: str
    first: str | None
    second: str | None
    ends_on: date
    reason: HoldReason | None
    reference: str
    agreed: bool
    mine: bool
    to_answer: bool
    end_asked_by: str | None = None
    """Who asks that it end today; `end_mine`: this person, who may only take that back."""
    end_mine: bool = False


def ask(session: Session, actor: Actor, wish: Wish) -> UUID:
    """Ask a colleague to agree. Returns the hold's uid. Raises Problem: the same for a number of nobody, of another
    authority's record, and of an old identity."""
    second = team.chosen(session, actor, wish.second)
    if problem := hold_refusal(actor.account_id, second, wish.ends_on, clock.today()):
        raise Problem(problem)
    named = Child.number == (number.normalise(wish.number) or "")
    theirs = Child.authority_id == actor.authority_id, Child.state.in_(HELD)
    uid = session.scalars(select(Child.uid).where(named, *theirs)).one_or_none()
    if uid is None:
        raise Problem("number")
    row, _ = children.find(session, actor, uid, Act.ASK_HOLD, lock=True)
    made = LegalHold(
        child_id=row.id, first_id=actor.account_id, second_id=second, asked_at=clock.now(), ends_on=wish.ends_on,
        reason={"reason": wish.reason, "reference": wish.reference},
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(session, actor, Act.ASK_HOLD, audit.About(row.subject_id, made.uid))
    return made.uid


def listed(session: Session, actor: Actor, page: int) -> Paged[Hold]:
    """Those of this authority that wait for somebody's answer, then those that hold today; of either what ends first
    stands first."""
    query, waits = running(actor), LegalHold.agreed_at.is_(None) | LegalHold.end_asked_by_id.is_not(None)
    ordered = query.order_by(case((waits, 0), else_=1), LegalHold.ends_on, LegalHold.id)
    found = session.execute(paging.of(ordered, page)).all()
    audit.record(session, actor, Act.SEE_HOLDS, audit.About(results=len(found)))
    return Paged(tuple(_hold(session, actor, *row) for row in found), paging.count(session, query), page)


def subjects(today: date) -> Select[UUID]:
    """What the audit calls the children whose records are held back on this day: who looked at them stays as well."""
    held = select(Child.subject_id).join(LegalHold, LegalHold.child_id == Child.id)
    return held.where(LegalHold.agreed_at.is_not(None), LegalHold.ends_on > today)


def prepare(session: Session, actor: Actor) -> list[Colleague]:
    """Whom this person may ask to agree."""
    audit.record(session, actor, Act.PREPARE_HOLD, audit.About())
    return team.others(session, actor)


def one(session: Session, actor: Actor, uid: UUID) -> Hold:
    """Of this authority. Raises Refusal where there is none, or it is over."""
    found = session.execute(running(actor).add_columns(Child.subject_id).where(LegalHold.uid == uid)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    *row, subject_id = found
    audit.record(session, actor, Act.SEE_HOLD, audit.About(subject_id, uid))
    return _hold(session, actor, *row)


def answer(session: Session, actor: Actor, uid: UUID, *, agreed: bool) -> None:
    """Let it hold from now, or drop it. Whoever asked may take it back, and never agrees. Raises Problem, Refusal."""
    asked, row = held(session, actor, uid, Act.ANSWER_HOLD, LegalHold.agreed_at.is_(None))
    if actor.account_id not in (asked.first_id, asked.second_id):
        raise audit.Refusal("none", row.subject_id, object_id=uid, hidden=True)
    if agreed:
        _agree(session, actor, asked)
        due.keep(session, [row.id])
        lodge(session, row.id)
    else:
        session.delete(asked)
    about = audit.About(row.subject_id, uid, reason="agreed" if agreed else "declined")
    audit.record(session, actor, Act.ANSWER_HOLD, about)


def held(session: Session, actor: Actor, uid: UUID, act: Act, as_it_is: ColumnElement[bool]) -> tuple[LegalHold, Row]:
    """One that stands like this, with its record, both held: looked at again once nobody else changes them.

    Raises Refusal.
    """
    query = running(actor).where(LegalHold.uid == uid, as_it_is)
    found = session.execute(query).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    row, _ = children.find(session, actor, found[1], act, lock=True)
    again = session.execute(query.execution_options(populate_existing=True)).one_or_none()
    if again is None or again[0].child_id != row.id:
        raise audit.Refusal("none", row.subject_id, object_id=uid, hidden=True)
    return again[0], row


def _agree(session: Session, actor: Actor, one: LegalHold) -> None:
    if problem := hold_refusal(one.first_id, actor.account_id, one.ends_on, clock.today()):
        raise Problem(problem)
    if not team.has(session, actor.authority_id, one.first_id):
        raise Problem("asker_left")
    one.agreed_at = clock.now()


def lodge(session: Session, child_id: int) -> None:
    """Note outside that this record is held, where it is, with each that was joined into it: a restore may part them.

    To be called by whoever places a hold, or joins records, before the commit.
    """
    held_until = _held_until(session, child_id)
    if held_until is not None and held_until > clock.today():
        for subject_id in telling_apart.subjects(session, child_id):
            lodging.note(lodging.Kind.HOLD, subject_id, clock.now(), held_until.isoformat())


def held_too(session: Session, child_id: int, other_id: int, since: datetime) -> None:
    """Two that were joined since then are two again: what holds the joined record holds both, as a restore would."""
    query = select(LegalHold).where(
        LegalHold.child_id == child_id, LegalHold.asked_at > since, LegalHold.agreed_at.is_not(None),
        LegalHold.ends_on > clock.today(),
    )  # fmt: skip
    for one in session.scalars(query.order_by(LegalHold.id)).all():
        session.add(
            LegalHold(
                child_id=other_id, first_id=one.first_id, second_id=one.second_id, asked_at=one.asked_at,
                agreed_at=one.agreed_at, ends_on=one.ends_on, reason=one.reason,
            )
        )  # fmt: skip
    session.flush()


def again(session: Session, subject_id: UUID, said: str) -> bool:
    """After a restore: held to the day that was noted; what for, and by whom, was lost with what came after the backup.

    One that waits in the backup for the second person is taken for the one that was agreed to. False where nothing
    has to be done.
    """
    child = session.scalars(select(Child).where(Child.subject_id == subject_id)).one_or_none()
    ends_on = _day(said)
    if child is None or ends_on is None or ends_on <= max(clock.today(), _held_until(session, child.id) or date.min):
        return False
    waiting = select(LegalHold).where(
        LegalHold.child_id == child.id, LegalHold.ends_on == ends_on, LegalHold.agreed_at.is_(None)
    )
    one = session.scalars(waiting.order_by(LegalHold.id)).first() or LegalHold(
        child_id=child.id, asked_at=clock.now(), ends_on=ends_on, reason={"reason": None, "reference": ""}
    )
    one.agreed_at = clock.now()
    session.add(one)
    due.keep(session, [child.id])
    return True


def _held_until(session: Session, child_id: int) -> date | None:
    placed = LegalHold.child_id == child_id, LegalHold.agreed_at.is_not(None)
    return session.scalar(select(func.max(LegalHold.ends_on)).where(*placed))


def _day(said: str) -> date | None:
    """None of a line that was cut short."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def running(actor: Actor) -> Select[LegalHold, UUID, str]:
    """Those of this authority that wait or hold, each with its record's uid and number."""
    return (
        select(LegalHold, Child.uid, Child.number)
        .join(Child, Child.id == LegalHold.child_id)
        .where(
            Child.authority_id == actor.authority_id, Child.state.in_(HELD),
            LegalHold.agreed_at.is_(None) | (LegalHold.ends_on > clock.today()),
        )
    )  # fmt: skip


def _hold(session: Session, actor: Actor, one: LegalHold, _: UUID, number_of: str) -> Hold:
    says = one.reason
    first, second = (None if who is None else team.name_of(session, who) for who in (one.first_id, one.second_id))
    return Hold(
        one.uid, number_of, first, second, one.ends_on, says["reason"] and HoldReason(says["reason"]),
        says["reference"], one.agreed_at is not None, one.first_id == actor.account_id,
        one.agreed_at is None and one.second_id == actor.account_id,
        None if one.end_asked_by_id is None else team.name_of(session, one.end_asked_by_id),
        one.end_asked_by_id == actor.account_id,
    )  # fmt: skip
