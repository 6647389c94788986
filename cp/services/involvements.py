"""A practitioner's own involvement: recorded, led, confirmed, ended, taken back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement, Practitioner
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.involvement import confirm_by, involvement_problem
from cp.services import audit, children, involved, leading
from cp.services.involved import Lead, Myself
from cp.services.record_row import Row
from cp.services.records import called, full_name
from cp.services.sensitive import register
from cp.terms import Act, Part, Reason


class Problem(Exception):
    """A code from rules/involvement.py; the form puts its sentence by the date."""

    def __init__(self, code: str, limit: date | None = None) -> None:
        super().__init__(code)
        self.code, self.limit = code, limit


@dataclass(frozen=True, slots=True)
class Form:
    """What the page of recording needs to know."""

    child_uid: UUID
    number: str
    name: str
    called: str
    born_on: date
    me: Myself
    lead: Lead | None
    mine: UUID | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """`already` when nothing changed; `lead_before` names who led when somebody took over."""

    uid: UUID
    already: bool = False
    lead: bool = False
    lead_before: Lead | None = None


def form(session: Session, actor: Actor, child_uid: UUID) -> Form:
    """For the form: the child it is about, what will be shown, who leads now. Nothing is changed."""
    row, _, _ = children.must_be_open(session, actor, child_uid, Act.PREPARE_INVOLVEMENT)
    mine = _running(session, actor, row)
    audit.record(
        session, actor, Act.PREPARE_INVOLVEMENT, audit.About(subject_id=row.subject_id, parts=(Part.INVOLVEMENTS,))
    )
    return Form(
        child_uid=row.uid, number=row.number, name=full_name(row.given_names, row.family_name),
        called=called(row.given_names, row.family_name), born_on=row.born_on, me=involved.myself(session, actor),
        lead=involved.current_lead(session, actor, row), mine=mine.uid if mine else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks to record. `confirmed` is the lead whom they agreed to replace."""

    started_on: date | None
    assessment: bool = False
    lead: bool = False
    confirmed: UUID | None = None


def record(session: Session, actor: Actor, child_uid: UUID, wish: Wish) -> Recorded:
    """Record it, or find that it is recorded already.

    Raises Problem for a wrong date, LeadChanged where taking over has not been confirmed.
    """
    row, _, reason = children.must_be_open(session, actor, child_uid, Act.RECORD_INVOLVEMENT)
    if not register.stays_ordinary(session, actor.practitioner_id):
        raise audit.Refusal("sensitive_service", row.subject_id)
    if code := involvement_problem(wish.started_on, None, row.born_on, clock.today()):
        raise Problem(code, row.born_on)
    mine = _running(session, actor, row)
    takes_lead = wish.lead and not (mine and mine.lead)
    if mine and not takes_lead and (mine.assessment or not wish.assessment):
        return Recorded(mine.uid, already=True, lead=mine.lead)
    before = leading.make_way(session, actor, row, wish.confirmed) if takes_lead else None
    mine = mine or _begun(session, actor, row, wish)
    mine.lead, mine.assessment = mine.lead or wish.lead, mine.assessment or wish.assessment
    session.flush()
    _audit(session, actor, Act.RECORD_INVOLVEMENT, row, mine, reason)
    if takes_lead:
        _audit(session, actor, Act.TAKE_LEAD, row, mine, reason)
    return Recorded(mine.uid, lead=mine.lead, lead_before=before)


def _begun(session: Session, actor: Actor, row: Row, wish: Wish) -> Involvement:
    if actor.practitioner_id is None or wish.started_on is None:
        raise audit.Refusal("role", row.subject_id)
    practitioner = session.get_one(Practitioner, actor.practitioner_id)
    made = Involvement(
        child_id=row.id, organisation_id=practitioner.organisation_id, practitioner_id=practitioner.id,
        started_on=wish.started_on, recorded_at=clock.now(), lead=False, assessment=False,
    )  # fmt: skip
    session.add(made)
    return made


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of ending or taking back: `led` if it led until now, `lead_again` the one who leads instead. That a
    shielded record taken back was led is not said: it would tell whether somebody had led before.

    `reopens`: this person may go back to the record, for something besides the involvement says why.
    """

    child_uid: UUID
    ended_on: date | None
    led: bool
    lead_again: UUID | None
    reopens: bool


def end(session: Session, actor: Actor, involvement_uid: UUID, ended_on: date | None) -> Finished:
    """This person worked with the child until that day, or until the one that was said before."""
    row, held = own(session, actor, involvement_uid, Act.END_INVOLVEMENT)
    led, reopens = held.lead, row.opened is not None
    if held.ended_on is None:
        if ended_on is None:
            raise Problem("no_end")
        if code := involvement_problem(held.started_on, ended_on, row.born_on, clock.today()):
            raise Problem(code, held.started_on)
        held.ended_on, held.lead = ended_on, False
        held.version += 1
        _audit(session, actor, Act.END_INVOLVEMENT, row, held, None)
    return Finished(row.uid, held.ended_on, led, None, reopens)


def withdraw(session: Session, actor: Actor, involvement_uid: UUID) -> Finished:
    """It was recorded by mistake: off the record at once; the audit keeps that it was there.

    Whoever it took the lead from leads again, for taking over was part of the mistake.
    """
    row, held = own(session, actor, involvement_uid, Act.WITHDRAW_INVOLVEMENT)
    led, again = held.lead, None
    if not held.in_error:
        again = leading.give_back(session, held)
        held.in_error = True
        held.version += 1
        _audit(session, actor, Act.WITHDRAW_INVOLVEMENT, row, held, None)
        if again:
            _audit(session, actor, Act.TAKE_LEAD, row, again, None)
    vacant = led and row.shielded_at is None  # whether somebody led before is hidden by a shield
    return Finished(row.uid, None, vacant, again.uid if again else None, row.opened is not None)


def confirm(session: Session, actor: Actor, involvement_uid: UUID) -> tuple[Row, date]:
    """Still working with the child. Returns until when that counts."""
    row, held = own(session, actor, involvement_uid, Act.CONFIRM_INVOLVEMENT)
    today = clock.today()
    if held.confirmed_on != today and held.ended_on is None:
        held.confirmed_on = today
        held.version += 1
        _audit(session, actor, Act.CONFIRM_INVOLVEMENT, row, held, None)
    return row, confirm_by(today)


@dataclass(frozen=True, slots=True)
class Ending:
    """What the page of ending needs to know."""

    uid: UUID
    child_uid: UUID
    name: str
    called: str
    started_on: date
    leads: bool
    lead_before: str | None
    """Who leads again if this one was a mistake; what a shield hides is not said."""
    vacant: bool
    """Nobody leads if this one was a mistake."""


def ending(session: Session, actor: Actor, involvement_uid: UUID) -> Ending:
    """For the form. Nothing is changed."""
    row, held = own(session, actor, involvement_uid, Act.END_INVOLVEMENT)
    _audit(session, actor, Act.PREPARE_INVOLVEMENT, row, held, None)
    name = full_name(row.given_names, row.family_name)
    before = leading.taken_from(session, held)
    open_to_all = row.shielded_at is None
    return Ending(
        held.uid, row.uid, name, called(row.given_names, row.family_name), held.started_on, leads=held.lead,
        lead_before=before[1] if before and open_to_all else None,
        vacant=held.lead and before is None and open_to_all,
    )  # fmt: skip


def own(session: Session, actor: Actor, uid: UUID, act: Act) -> tuple[Row, Involvement]:
    """This person's own involvement and its child, held for a change. Anybody else's is not there."""
    query = select(Involvement, Child.uid).join(Child, Child.id == Involvement.child_id).where(Involvement.uid == uid)
    found = session.execute(query.where(Involvement.practitioner_id == actor.practitioner_id)).one_or_none()
    if found is None or actor.practitioner_id is None or (found[0].in_error and act is not Act.WITHDRAW_INVOLVEMENT):
        raise audit.Refusal("none", hidden=True)
    held, child_uid = found
    row, _ = children.find(session, actor, child_uid, act, lock=True)
    again = session.get(Involvement, held.id, populate_existing=True, with_for_update=True)
    if again is None:  # its service was called sensitive meanwhile
        raise audit.Refusal("none", hidden=True)
    return row, again


def _running(session: Session, actor: Actor, row: Row) -> Involvement | None:
    query = select(Involvement).where(
        Involvement.child_id == row.id, Involvement.practitioner_id == actor.practitioner_id,
        Involvement.practitioner_id.is_not(None), Involvement.ended_on.is_(None), ~Involvement.in_error,
    )  # fmt: skip
    return session.scalars(query).one_or_none()


def _audit(session: Session, actor: Actor, act: Act, row: Row, held: Involvement, reason: Reason | None) -> None:
    about = audit.About(subject_id=row.subject_id, object_id=held.uid, parts=(Part.INVOLVEMENTS,), reason=reason)
    audit.record(session, actor, act, about)
