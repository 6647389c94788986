"""A young person's own consent to stay past 18, and taking it back, which counts the same day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import StayConsent
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.contents import ADULT_AT
from cp.rules.days import anniversary
from cp.rules.retention import may_consent, stay_refusal
from cp.services import audit, children
from cp.services.coded import Coded
from cp.services.records import full_name
from cp.services.retention import archiving, due
from cp.terms import Act, Part, StayGround


class Problem(Coded):
    """A code: of `stay_refusal`, or `given_already`."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed to, with whom it is about: sealed, but for the days."""

    ground: StayGround
    given_on: date | None
    to_age: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one record. `until`: the birthday on which it is archived, where a consent is in force."""

    child_uid: UUID
    name: str
    number: str
    born_on: date
    consent: Consent | None
    until: date | None
    grown_up: bool


def prepare(session: Session, actor: Actor, child_uid: UUID) -> Standing:
    """For the page, which nobody under 16 has. Raises Refusal."""
    row, _, _ = children.correct(session, actor, child_uid, Act.PREPARE_STAY)
    if not may_consent(row.born_on, clock.today()):
        raise audit.Refusal("none", row.subject_id, hidden=True)
    about = audit.About(subject_id=row.subject_id, parts=(Part.IDENTITY,))
    audit.record(session, actor, Act.PREPARE_STAY, about)
    one = _longest(session, row.id)
    consent = Consent(StayGround(one.ground), one.given_on, one.to_age) if one else None
    until = anniversary(row.born_on, one.to_age) if one else None
    return Standing(row.uid, full_name(row.given_names, row.family_name), row.number, row.born_on, consent, until,
                    _grown_up(row.born_on))  # fmt: skip


def record(session: Session, actor: Actor, child_uid: UUID, consent: Consent) -> UUID:
    """Keep it: the record is archived on that birthday. A later one than was agreed to before may be agreed to.

    Returns its uid. Raises Problem, Refusal.
    """
    row, _, _ = children.correct(session, actor, child_uid, Act.RECORD_STAY)
    if problem := stay_refusal(row.born_on, consent.given_on, consent.to_age, clock.today()):
        raise Problem(problem)
    before = _longest(session, row.id)
    if before is not None and consent.to_age <= before.to_age:
        raise Problem("given_already")
    made = StayConsent(
        child_id=row.id, given_on=consent.given_on, to_age=consent.to_age, recorded_by_id=actor.account_id,
        ground=consent.ground,
    )  # fmt: skip
    session.add(made)
    due.keep(session, [row.id])
    audit.record(session, actor, Act.RECORD_STAY, audit.About(row.subject_id, made.uid))
    return made.uid


def withdraw(session: Session, actor: Actor, child_uid: UUID, *, believed: bool) -> bool:
    """All that was agreed to ends today. Whether they are 18, and the record in the archive from now.

    Where the day is not `believed` the sweep archives it, once it is. Raises Refusal, also where nothing is in force.
    """
    row, _, _ = children.correct(session, actor, child_uid, Act.WITHDRAW_STAY)
    ended = _in_force(session, row.id)
    if not ended:
        raise audit.Refusal("none", row.subject_id, hidden=True)
    for one in ended:
        one.withdrawn_on = clock.today()
        audit.record(session, actor, Act.WITHDRAW_STAY, audit.About(row.subject_id, one.uid))
    due.keep(session, [row.id])
    if believed:
        archiving.close(session, [row.id], clock.today())
    return _grown_up(row.born_on)


def numbers(session: Session, subject_ids: Collection[UUID]) -> dict[int, str]:
    """Of these records, those that are in no archive: their numbers, by their keys."""
    live = select(Child.id, Child.number).where(Child.subject_id.in_(subject_ids), Child.archived_on.is_(None))
    return dict(session.execute(live.order_by(Child.id)).all())


def _grown_up(born: date) -> bool:
    return anniversary(born, ADULT_AT) <= clock.today()


def _longest(session: Session, child_id: int) -> StayConsent | None:
    """The one that counts: two records that were joined bring one each."""
    return max(_in_force(session, child_id), key=lambda one: one.to_age, default=None)


def _in_force(session: Session, child_id: int) -> Sequence[StayConsent]:
    query = select(StayConsent).where(StayConsent.child_id == child_id, StayConsent.withdrawn_on.is_(None))
    return session.scalars(query.order_by(StayConsent.id)).all()
