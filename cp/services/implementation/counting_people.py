"""How many of those whom an organisation names are invited, booked and trained: its facts on the way to being live."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, NamedPerson, Organisation, TrainingPlace, TrainingSession
from cp.rules.training import has_place, named_problem, trained_day
from cp.services.implementation import steps


@dataclass(frozen=True, slots=True)
class Booked:
    """Somebody's booking for a session that is still to come; `placed` unless they wait."""

    session: TrainingSession
    placed: bool


def renew(session: Session, organisations: Iterable[Organisation]) -> None:
    """After any change of who is named, invited, booked or trained there."""
    for one in organisations:
        people = eligible(one, of(session, one))
        trained = trained_on(session, people)
        booked = bookings(session, [person.id for person in people])
        steps.keep(
            session, one, people_named=len(people),
            people_invited=sum(person.account_id is not None for person in people),
            places_booked=sum(person.id in booked and booked[person.id].placed for person in people),
            people_trained=len(trained),
        )  # fmt: skip


def of(session: Session, organisation: Organisation) -> list[NamedPerson]:
    """Whom an organisation names, by name."""
    query = select(NamedPerson).where(NamedPerson.organisation_id == organisation.id)
    return list(session.scalars(query.order_by(NamedPerson.name, NamedPerson.id)))


def eligible(organisation: Organisation, people: Iterable[NamedPerson]) -> list[NamedPerson]:
    return [one for one in people if named_problem(one.need, organisation.kind, one.post) is None]


def of_account(session: Session, account: Account) -> None:
    """After a change of what their account has: whoever says their own day of training is trained as well."""
    query = (
        select(Organisation)
        .join(NamedPerson, NamedPerson.organisation_id == Organisation.id)
        .where(NamedPerson.account_id == account.id)
    )
    renew(session, session.scalars(query).all())


def trained_on(session: Session, people: Collection[NamedPerson]) -> dict[int, date]:
    """Of those who are trained, by person, the day that counts."""
    accounts = [one.account_id for one in people if one.account_id is not None]
    query = select(Account.id, Account.trained_on).where(Account.id.in_(accounts))
    said = dict(session.execute(query).all())
    days = {one.id: trained_day(said.get(one.account_id or 0), one.trained_on) for one in people}
    return {person_id: day for person_id, day in days.items() if day is not None}


def bookings(session: Session, people: Collection[int]) -> dict[int, Booked]:
    """By person, the next session that they are booked for."""
    theirs = select(TrainingPlace.session_id).where(TrainingPlace.person_id.in_(people))
    found: dict[int, Booked] = {}
    for person_id, rank, held in session.execute(ranked().where(TrainingSession.id.in_(theirs))):
        booked = Booked(held, has_place(rank, held.places))
        if person_id in people and person_id not in found:
            found[person_id] = booked
    return found


def ranked() -> Select[int, int, TrainingSession]:
    """Everybody booked for sessions still to come, the next session first, with their rank in it."""
    rank = func.row_number().over(partition_by=TrainingPlace.session_id, order_by=TrainingPlace.id)
    return (
        select(TrainingPlace.person_id, rank, TrainingSession)
        .join(TrainingSession, TrainingSession.id == TrainingPlace.session_id)
        .where(TrainingSession.cancelled_at.is_(None), TrainingSession.attendance_at.is_(None),
               TrainingSession.held_on >= clock.today())
        .order_by(TrainingSession.held_on, TrainingSession.starts_at, TrainingSession.id)
    )  # fmt: skip


def sharing(session: Session, person: NamedPerson) -> set[Organisation]:
    """The organisations of whoever is booked for a session that this person is booked for: one place fewer or more
    moves the others up or down."""
    theirs = select(TrainingPlace.session_id).where(TrainingPlace.person_id == person.id)
    return booked_at(session, session.scalars(theirs).all())


def booked_at(session: Session, sessions: Collection[int]) -> set[Organisation]:
    """The organisations of everybody booked for one of these sessions."""
    query = (
        select(Organisation)
        .join(NamedPerson, NamedPerson.organisation_id == Organisation.id)
        .join(TrainingPlace, TrainingPlace.person_id == NamedPerson.id)
        .where(TrainingPlace.session_id.in_(sessions))
    )
    return set(session.scalars(query))
