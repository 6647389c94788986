"""Training sessions of an authority: made, changed, cancelled, and who came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, NamedPerson, TrainingPlace, TrainingSession
from cp.rules.access import Actor
from cp.rules.training import trained_day
from cp.services import audit
from cp.services.implementation import counting_people
from cp.services.managing.problems import Problem
from cp.terms import Accessible, Act, Training

PAST = 20
"""Sessions that are over and answered for, shown below the others."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a session is to be."""

    kind: Training
    held_on: date
    starts_at: str
    minutes: int
    online: bool
    place: str
    places: int
    formats: tuple[Accessible, ...]


class ChangedMeanwhile(Exception):
    """Somebody else changed it after this person's page was made. `now` is what holds."""

    def __init__(self, now: TrainingSession) -> None:
        super().__init__(now.version)
        self.now = now


@dataclass(frozen=True, slots=True)
class Listed:
    session: TrainingSession
    booked: int

    @property
    def waiting(self) -> int:
        return max(0, self.booked - self.session.places)


@dataclass(frozen=True, slots=True)
class Listing:
    """`to_answer`: over, and nobody has said who came."""

    to_answer: tuple[Listed, ...]
    coming: tuple[Listed, ...]
    past: tuple[Listed, ...]


def listing(session: Session, actor: Actor) -> Listing:
    """For the page: what waits for this manager, then what comes next, then what was."""
    today = clock.today()
    query = (
        select(TrainingSession, func.count(TrainingPlace.id))
        .outerjoin(TrainingPlace, TrainingPlace.session_id == TrainingSession.id)
        .where(TrainingSession.authority_id == actor.authority_id)
        .group_by(TrainingSession.id)
        .order_by(TrainingSession.held_on, TrainingSession.starts_at, TrainingSession.id)
    )
    every = [Listed(held, booked) for held, booked in session.execute(query)]
    audit.record(session, actor, Act.SEE_TRAINING, audit.About(results=len(every)))
    over = [one for one in every if one.session.held_on < today]
    answered = [one for one in over if one.session.attendance_at or one.session.cancelled_at or not one.booked]
    return Listing(
        tuple(one for one in over if one not in answered), tuple(one for one in every if one not in over),
        tuple(reversed(answered[-PAST:])),
    )  # fmt: skip


def one(session: Session, actor: Actor, uid: UUID) -> TrainingSession:
    """For a page about it. Raises Refusal: one of another authority is not there."""
    found = held(session, actor, uid)
    audit.record(session, actor, Act.SEE_TRAINING, audit.About(object_id=uid))
    return found


def make(session: Session, actor: Actor, said: Said) -> TrainingSession:
    made = TrainingSession(authority_id=actor.authority_id, version=1, **_facts(said))
    session.add(made)
    session.flush()
    audit.record(session, actor, Act.ARRANGE_TRAINING, audit.About(object_id=made.uid, reason="made"))
    return made


def change(session: Session, actor: Actor, uid: UUID, said: Said, version: str) -> None:
    """Raises ChangedMeanwhile, Refusal, and Problem where more are booked than there would be places."""
    found = _unchanged(session, actor, uid, version)
    booked = session.scalar(select(func.count()).where(TrainingPlace.session_id == found.id)) or 0
    if said.places < min(booked, found.places):
        raise Problem("places", "booked", str(min(booked, found.places)))
    if booked and said.kind is not found.kind:
        raise Problem("kind", "has_people")
    for name, value in _facts(said).items():
        setattr(found, name, value)
    found.version += 1
    _renew(session, found)
    audit.record(session, actor, Act.ARRANGE_TRAINING, audit.About(object_id=uid, reason="changed"))


def cancel(session: Session, actor: Actor, uid: UUID) -> None:
    """It does not take place. Who was booked stays on the page, to be told. Raises Refusal."""
    found = held(session, actor, uid, lock=True)
    if found.cancelled_at or found.attendance_at:
        return
    found.cancelled_at, found.version = clock.now(), found.version + 1
    _renew(session, found)
    audit.record(session, actor, Act.ARRANGE_TRAINING, audit.About(object_id=uid, reason="cancelled"))


def came(session: Session, actor: Actor, uid: UUID, people: Collection[UUID], version: str) -> None:
    """These came, and the others who were booked did not. May be said again. Raises Refusal, ChangedMeanwhile."""
    found = _unchanged(session, actor, uid, version)
    if found.held_on > clock.today():
        raise audit.Refusal("none", object_id=uid, hidden=True)
    for place, person in session.execute(_booked(found)):
        place.came = person.uid in people
    session.flush()
    found.attendance_at, found.version = clock.now(), found.version + 1
    for _, person in session.execute(_booked(found)):
        _attended(session, person)
    _renew(session, found)
    audit.record(session, actor, Act.RECORD_ATTENDANCE, audit.About(object_id=uid, results=len(people)))


def _attended(session: Session, person: NamedPerson) -> None:
    """The newest session counts, for their account too: what an earlier answer had given is taken back."""
    sessions = (
        select(func.max(TrainingSession.held_on))
        .join(TrainingPlace, TrainingPlace.session_id == TrainingSession.id)
        .where(TrainingPlace.person_id == person.id, TrainingPlace.came.is_(True))
    )
    before, person.trained_on = person.trained_on, session.scalar(sessions)
    if person.account_id is not None and before != person.trained_on:
        account = session.get_one(Account, person.account_id, with_for_update=True)
        own = None if account.trained_on == before else account.trained_on
        account.trained_on = trained_day(own, person.trained_on)


def held(session: Session, actor: Actor, uid: UUID, *, lock: bool = False) -> TrainingSession:
    query = select(TrainingSession).where(
        TrainingSession.uid == uid, TrainingSession.authority_id == actor.authority_id
    )
    found = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found


def _unchanged(session: Session, actor: Actor, uid: UUID, version: str) -> TrainingSession:
    """Not cancelled, and as the page had it that is answered."""
    found = held(session, actor, uid, lock=True)
    if found.cancelled_at or version != str(found.version):
        raise ChangedMeanwhile(found)
    return found


def _booked(found: TrainingSession) -> Select[TrainingPlace, NamedPerson]:
    return (
        select(TrainingPlace, NamedPerson)
        .join(NamedPerson, NamedPerson.id == TrainingPlace.person_id)
        .where(TrainingPlace.session_id == found.id)
        .order_by(TrainingPlace.id)
    )


def _facts(said: Said) -> dict[str, object]:
    named = ("kind", "held_on", "starts_at", "minutes", "online", "place", "places")
    return {name: getattr(said, name) for name in named} | {"formats": "+".join(said.formats)}


def _renew(session: Session, found: TrainingSession) -> None:
    session.flush()
    counting_people.renew(session, counting_people.booked_at(session, [found.id]))


def noted(session: Session, actor: Actor) -> None:
    """For a form about none yet."""
    audit.record(session, actor, Act.SEE_TRAINING)
