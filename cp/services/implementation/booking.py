"""Who is booked for a training session: the first have its places, the others wait in their order."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import NamedPerson, Organisation, TrainingPlace, TrainingSession
from cp.rules.access import Actor
from cp.rules.conditions import TRAINING_MONTHS
from cp.rules.days import anniversary
from cp.rules.training import has_place, named_problem
from cp.services import audit
from cp.services.implementation import counting_people, training
from cp.terms import Act

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody booked; `placed` unless they wait, `came` once that is said."""

    person: NamedPerson
    school: Organisation
    placed: bool
    came: bool | None


@dataclass(frozen=True, slots=True)
class Page:
    """People who may still be booked: so many in all, these on this page."""

    people: tuple[tuple[NamedPerson, Organisation], ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def of_session(session: Session, found: TrainingSession) -> list[Person]:
    """In the order in which they were booked."""
    query = (
        select(TrainingPlace, NamedPerson, Organisation)
        .join(NamedPerson, NamedPerson.id == TrainingPlace.person_id)
        .join(Organisation, Organisation.id == NamedPerson.organisation_id)
        .where(TrainingPlace.session_id == found.id)
        .order_by(TrainingPlace.id)
    )
    rows = session.execute(query).all()
    return [
        Person(person, school, has_place(rank, found.places), place.came)
        for rank, (place, person, school) in enumerate(rows, 1)
    ]


def candidates(session: Session, actor: Actor, found: TrainingSession, number: int) -> Page:
    """Named for what this session trains for, trained at none or too long ago, and booked for none to come.

    By school and name.
    """
    query = _candidates(actor, found)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Organisation.name, Organisation.id, NamedPerson.name, NamedPerson.id)
    rows = session.execute(ordered.limit(A_PAGE).offset((number - 1) * A_PAGE)).all()
    return Page(tuple((person, school) for person, school in rows if _may_come(person, school)), total, number)


def book(session: Session, actor: Actor, uid: UUID, people: Collection[UUID]) -> tuple[int, int]:
    """How many of them got a place, and how many wait; whoever is booked already is not counted. Raises Refusal."""
    found = _open(session, actor, uid)
    query = _candidates(actor, found).where(NamedPerson.uid.in_(people))
    ordered = query.order_by(Organisation.name, Organisation.id, NamedPerson.name, NamedPerson.id)
    chosen = [(person, school) for person, school in session.execute(ordered) if _may_come(person, school)]
    before = session.scalar(select(func.count()).where(TrainingPlace.session_id == found.id)) or 0
    for person, _ in chosen:
        session.add(TrainingPlace(session_id=found.id, person_id=person.id))
        session.flush()
    counting_people.renew(session, {school for _, school in chosen})
    placed = sum(has_place(before + at, found.places) for at in range(1, len(chosen) + 1))
    about = audit.About(object_id=uid, reason="booked", results=len(chosen))
    audit.record(session, actor, Act.ARRANGE_TRAINING, about)
    return placed, len(chosen) - placed


def take_off(session: Session, actor: Actor, uid: UUID, person_uid: UUID) -> None:
    """They no longer come, and the first who waits has their place. Raises Refusal."""
    found = _open(session, actor, uid)
    query = (
        select(TrainingPlace)
        .join(NamedPerson, NamedPerson.id == TrainingPlace.person_id)
        .where(TrainingPlace.session_id == found.id, NamedPerson.uid == person_uid)
    )
    place = session.scalars(query).one_or_none()
    if place is None:
        return
    schools = counting_people.booked_at(session, [found.id])
    session.delete(place)
    session.flush()
    counting_people.renew(session, schools)
    about = audit.About(object_id=uid, reason="taken_off")
    audit.record(session, actor, Act.ARRANGE_TRAINING, about)


def _open(session: Session, actor: Actor, uid: UUID) -> TrainingSession:
    """Neither cancelled nor answered for; held, so that no two have the last place."""
    found = training.held(session, actor, uid, lock=True)
    if found.cancelled_at or found.attendance_at:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found


def _candidates(actor: Actor, found: TrainingSession) -> Select[NamedPerson, Organisation]:
    outdated = anniversary(clock.today(), 0, -TRAINING_MONTHS)
    booked = (
        exists()
        .where(TrainingPlace.person_id == NamedPerson.id, TrainingSession.id == TrainingPlace.session_id)
        .where(TrainingSession.cancelled_at.is_(None), TrainingSession.attendance_at.is_(None))
        .where((TrainingSession.held_on >= clock.today()) | (TrainingSession.id == found.id))
    )
    return (
        select(NamedPerson, Organisation)
        .join(Organisation, Organisation.id == NamedPerson.organisation_id)
        .where(Organisation.authority_id == actor.authority_id, NamedPerson.need == found.kind,
               NamedPerson.trained_on.is_(None) | (NamedPerson.trained_on <= outdated), ~booked)
    )  # fmt: skip


def _may_come(person: NamedPerson, school: Organisation) -> bool:
    return named_problem(person.need, school.kind, person.post) is None
