"""Whom a school names for ContactPoint. Naming gives nobody an account: their account manager invites them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Account, NamedPerson, Organisation, TrainingPlace
from cp.rules.access import Actor
from cp.rules.eligibility import posts_at
from cp.rules.training import named_problem, trained_day
from cp.services import audit
from cp.services.implementation import counting_people, workforce
from cp.services.implementation.counting_people import Booked
from cp.services.implementation.schools import one_of_ours
from cp.services.managing.problems import Problem
from cp.terms import Act, Training


@dataclass(frozen=True, slots=True)
class Said:
    """What a school says of somebody; `post` is a listed one of theirs, or None."""

    name: str
    email: str
    post: str | None
    need: Training


@dataclass(frozen=True, slots=True)
class Named:
    """One person as the implementation manager reads them; `problem` is why they cannot be let in."""

    person: NamedPerson
    post: str | None
    problem: str | None
    booked: Booked | None
    trained_on: date | None


@dataclass(frozen=True, slots=True)
class School:
    """A school with whom it names, and with its staff by the words of their posts."""

    organisation: Organisation
    people: tuple[Named, ...]
    staff: Sequence[tuple[str, int]]


def of_school(session: Session, actor: Actor, uid: UUID) -> School:
    """For the page. Raises Refusal."""
    school = one_of_ours(session, actor, uid)
    people = counting_people.of(session, school)
    booked = counting_people.bookings(session, [one.id for one in people])
    trained, posts = counting_people.trained_on(session, people), posts_at(school.kind)
    audit.record(session, actor, Act.SEE_PEOPLE, audit.About(object_id=uid, results=len(people)))
    named = tuple(
        Named(one, posts.get(one.post or ""), named_problem(one.need, school.kind, one.post), booked.get(one.id),
              trained.get(one.id))
        for one in people
    )  # fmt: skip
    held = workforce.counts(session, school)
    return School(school, named, [(words, held[code]) for code, words in posts.items() if code in held])


def one(session: Session, actor: Actor, uid: UUID, person_uid: UUID) -> tuple[Organisation, NamedPerson]:
    """Raises Refusal."""
    school, person = _held(session, actor, uid, person_uid)
    audit.record(session, actor, Act.SEE_PEOPLE, audit.About(object_id=person_uid))
    return school, person


def school(session: Session, actor: Actor, uid: UUID) -> Organisation:
    """For a form about it. Raises Refusal."""
    found = one_of_ours(session, actor, uid)
    audit.record(session, actor, Act.SEE_PEOPLE, audit.About(object_id=uid))
    return found


def name(session: Session, actor: Actor, uid: UUID, said: Said) -> NamedPerson:
    """Raises Problem for an address that is named here already, and Refusal."""
    school = one_of_ours(session, actor, uid)
    _free(session, school, said.email, None)
    person = NamedPerson(organisation_id=school.id, email=_folded(said.email))
    _keep(session, school, person, said)
    audit.record(session, actor, Act.NAME_PEOPLE, audit.About(object_id=person.uid, reason="named"))
    return person


def change(session: Session, actor: Actor, uid: UUID, person_uid: UUID, said: Said) -> None:
    """Raises Problem and Refusal."""
    school, person = _held(session, actor, uid, person_uid)
    _free(session, school, said.email, person)
    _keep(session, school, person, said)
    audit.record(session, actor, Act.NAME_PEOPLE, audit.About(object_id=person_uid, reason="changed"))


def remove(session: Session, actor: Actor, uid: UUID, person_uid: UUID) -> None:
    """They are no longer named, and booked for nothing. An account that they have stays their account manager's."""
    school, person = _held(session, actor, uid, person_uid)
    others = counting_people.sharing(session, person)
    for place in session.scalars(select(TrainingPlace).where(TrainingPlace.person_id == person.id)):
        session.delete(place)
    session.flush()
    session.delete(person)
    session.flush()
    counting_people.renew(session, {school, *others})
    audit.record(session, actor, Act.NAME_PEOPLE, audit.About(object_id=person_uid, reason="removed"))


def tie(session: Session, organisation: Organisation, account: Account, person_uid: UUID | None) -> None:
    """Whoever is invited there was named there: as the one whom the invitation was made from, or by their address.

    The day on which they came to a session goes with them.
    """
    query = select(NamedPerson).where(
        NamedPerson.organisation_id == organisation.id, NamedPerson.account_id.is_(None),
        (NamedPerson.uid == person_uid) if person_uid else (NamedPerson.email == account.email),
    )  # fmt: skip
    person = session.scalars(query).one_or_none()
    if person is not None:
        _tie(person, account)
        session.flush()
        counting_people.renew(session, [organisation])


def _tie(person: NamedPerson, account: Account | None) -> None:
    if account is not None:
        person.account_id = account.id
        account.trained_on = trained_day(account.trained_on, person.trained_on)


def _held(session: Session, actor: Actor, uid: UUID, person_uid: UUID) -> tuple[Organisation, NamedPerson]:
    school = one_of_ours(session, actor, uid)
    query = select(NamedPerson).where(NamedPerson.uid == person_uid, NamedPerson.organisation_id == school.id)
    person = session.scalars(query.with_for_update()).one_or_none()
    if person is None:
        raise audit.Refusal("none", object_id=person_uid, hidden=True)
    return school, person


def _keep(session: Session, school: Organisation, person: NamedPerson, said: Said) -> None:
    """Somebody who has an account there already is known by its address."""
    person.name, person.email, person.post, person.need = said.name, _folded(said.email), said.post, said.need
    if person.account_id is None:
        has_one = select(Account).where(
            Account.email == person.email, Account.organisation_id == school.id, Account.closed_at.is_(None)
        )
        _tie(person, session.scalars(has_one).one_or_none())
    session.add(person)
    session.flush()
    counting_people.renew(session, [school])


def _free(session: Session, school: Organisation, email: str, but: NamedPerson | None) -> None:
    query = select(NamedPerson).where(NamedPerson.organisation_id == school.id, NamedPerson.email == _folded(email))
    taken = session.scalars(query).one_or_none()
    if taken is not None and taken is not but:
        raise Problem("email", "named", taken.name)


def _folded(email: str) -> str:
    return email.strip().casefold()


def count_staff(session: Session, actor: Actor, uid: UUID, staff: Mapping[str, int]) -> None:
    """What the school said on the telephone. Raises Refusal."""
    workforce.set_counts(session, one_of_ours(session, actor, uid), staff)
    audit.record(session, actor, Act.NAME_PEOPLE, audit.About(object_id=uid, reason="staff"))
