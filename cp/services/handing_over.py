"""Whom somebody worked with who has left: ended, or given to a colleague, by the management team of the authority."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Involvement, Organisation, Practitioner, RoleGrant
from cp.models.child import Child
from cp.rules.access import Actor, Allowed, Subject, decide
from cp.rules.days import in_force
from cp.services import audit, children
from cp.services.record_row import Row
from cp.services.records import full_name
from cp.services.sensitive import register
from cp.terms import Act, Part, RecordState, Role

AT_ONCE = 50
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Left:
    """One involvement of somebody who left."""

    uid: UUID
    name: str
    who: str
    works_as: str
    organisation_name: str
    since: date
    left_on: date
    lead: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    uid: UUID
    name: str
    works_as: str


def live_children(session: Session, authority_id: int) -> int:
    """How many records the authority has: a figure, and no child."""
    query = select(func.count()).where(Child.authority_id == authority_id, Child.state == RecordState.LIVE)
    return session.scalar(query) or 0


def waiting(session: Session, actor: Actor) -> tuple[list[Left], int]:
    """The longest waiting first, at most a page of them, and how many in all. Each child is in the audit."""
    today = clock.today()
    rows = session.execute(_query(actor, today)).all()
    shown = []
    for held, child, practitioner, organisation in rows:
        decision = decide(actor, Act.SEE_HANDOVERS, _subject(child), today)
        if isinstance(decision, Allowed) and Part.INVOLVEMENTS in decision.parts:
            shown.append((held, child, practitioner, organisation))
    for held, child, _, _ in shown[:AT_ONCE]:
        about = audit.About(subject_id=child.subject_id, object_id=held.uid, parts=(Part.IDENTITY, Part.INVOLVEMENTS))
        audit.record(session, actor, Act.SEE_HANDOVERS, about)
    if not shown:
        audit.record(session, actor, Act.SEE_HANDOVERS, audit.About(results=0))
    return [_left(*row) for row in shown[:AT_ONCE]], len(shown)


def _query(actor: Actor, today: date) -> Select[Involvement, Child, Practitioner, Organisation]:
    return (
        select(Involvement, Child, Practitioner, Organisation)
        .join(Child, Child.id == Involvement.child_id)
        .join(Practitioner, Practitioner.id == Involvement.practitioner_id)
        .join(Organisation, Organisation.id == Involvement.organisation_id)
        .where(
            Practitioner.left_on <= today, Organisation.authority_id == actor.authority_id,
            Involvement.ended_on.is_(None), ~Involvement.in_error,
        )
        .order_by(Practitioner.left_on, Practitioner.name, Child.family_name, Child.given_names, Involvement.id)
    )  # fmt: skip


def _subject(child: Child) -> Subject:
    return Subject(child.authority_id, child.shielded, child.state is RecordState.LIVE)


def _left(held: Involvement, child: Child, practitioner: Practitioner, organisation: Organisation) -> Left:
    return Left(
        held.uid, full_name(child.given_names, child.family_name), practitioner.name, practitioner.role,
        organisation.name, held.started_on, practitioner.left_on or held.started_on, held.lead,
    )  # fmt: skip


def one(session: Session, actor: Actor, uid: UUID) -> tuple[Left, list[Colleague]]:
    """For the page that asks, with the colleagues who could take over."""
    row, held, practitioner, organisation = _find(session, actor, uid, Act.SEE_HANDOVERS)
    about = audit.About(subject_id=row.subject_id, object_id=held.uid, parts=(Part.IDENTITY, Part.INVOLVEMENTS))
    audit.record(session, actor, Act.SEE_HANDOVERS, about)
    name = full_name(row.given_names, row.family_name)
    left = Left(held.uid, name, practitioner.name, practitioner.role, organisation.name, held.started_on,
                practitioner.left_on or held.started_on, held.lead)  # fmt: skip
    return left, [Colleague(one.uid, one.name, one.role) for one in _colleagues(session, organisation.id)]


def _find(
    session: Session, actor: Actor, uid: UUID, act: Act, *, lock: bool = False
) -> tuple[Row, Involvement, Practitioner, Organisation]:
    """One that waits to be handed over in this authority; anything else is not there."""
    query = _query(actor, clock.today()).where(Involvement.uid == uid)
    found = session.execute(query).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    held, child, practitioner, organisation = found
    row, parts = children.find(session, actor, child.uid, act, lock=lock)
    if Part.INVOLVEMENTS not in parts:
        raise audit.Refusal("none", row.subject_id, hidden=True)
    if lock:
        session.refresh(held)
        if held.ended_on or held.in_error:
            raise audit.Refusal("none", row.subject_id, hidden=True)
    return row, held, practitioner, organisation


def _colleagues(session: Session, organisation_id: int) -> list[Practitioner]:
    """Practitioners of the organisation with an account that is open and a role in force."""
    query = (
        select(Practitioner, RoleGrant.starts_on, RoleGrant.ends_on)
        .join(Account, Account.practitioner_id == Practitioner.id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            Practitioner.organisation_id == organisation_id, Practitioner.left_on.is_(None), Account.active,
            RoleGrant.role == Role.PRACTITIONER, ~register.TEAM_OF_PRACTITIONER,
        )
        .order_by(Practitioner.name, Practitioner.id)
    )  # fmt: skip
    today = clock.today()
    return list(dict.fromkeys(found for found, starts, ends in session.execute(query) if in_force(starts, ends, today)))


class NoSuchColleague(Exception):
    """Nobody of that organisation who could take over."""


def settle(session: Session, actor: Actor, uid: UUID, to: UUID | None) -> tuple[str, str | None]:
    """End it; with `to`, that colleague is involved from today. Returns the child's name and the colleague's."""
    row, held, practitioner, organisation = _find(session, actor, uid, Act.HAND_OVER, lock=True)
    colleague = next((one for one in _colleagues(session, organisation.id) if one.uid == to), None)
    if to and (colleague is None or not register.stays_ordinary(session, colleague.id)):
        raise NoSuchColleague
    _end(held, practitioner.left_on)
    session.flush()
    about = audit.About(subject_id=row.subject_id, object_id=held.uid, parts=(Part.INVOLVEMENTS,),
                        reason="given" if colleague else "ended")  # fmt: skip
    audit.record(session, actor, Act.HAND_OVER, about)
    if colleague:
        _begin(session, actor, row, colleague)
    return full_name(row.given_names, row.family_name), colleague.name if colleague else None


def _end(held: Involvement, left_on: date | None) -> None:
    """On the day the person left; one that began no earlier was none."""
    ended_on = min(clock.today(), max(left_on or held.started_on, held.started_on + DAY))
    held.lead = False
    held.version += 1
    if ended_on > held.started_on:
        held.ended_on = ended_on
    else:
        held.in_error = True


def _begin(session: Session, actor: Actor, row: Row, colleague: Practitioner) -> None:
    """From today, unless the colleague works with the child already. Leading is theirs to take."""
    running = select(Involvement.id).where(
        Involvement.child_id == row.id, Involvement.practitioner_id == colleague.id, Involvement.ended_on.is_(None),
        ~Involvement.in_error,
    )  # fmt: skip
    if session.scalars(running).first() is not None:
        return
    made = Involvement(child_id=row.id, organisation_id=colleague.organisation_id, practitioner_id=colleague.id,
                       started_on=clock.today(), recorded_at=clock.now(), lead=False, assessment=False)  # fmt: skip
    session.add(made)
    session.flush()
    about = audit.About(subject_id=row.subject_id, object_id=made.uid, parts=(Part.INVOLVEMENTS,), reason="received")
    audit.record(session, actor, Act.HAND_OVER, about)
