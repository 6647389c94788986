"""A young person's own consent to stay past 18, and taking it back, which counts the same day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import StayConsent
from cp.rules.access import Actor
from cp.rules.contents import ADULT_AT
from cp.rules.retention import LONGEST_TO
from cp.services import audit, children
from cp.services.retention import archiving, due
from cp.terms import Act, StayGround


class Problem(Exception):
    """A code: `given_on` for a day to come or before birth, `to_age` for one that is not 19 to 25, `given_already`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed to, with whom it is about: sealed, but for the days."""

    ground: StayGround
    given_on: date | None
    to_age: int


def record(session: Session, actor: Actor, child_uid: UUID, consent: Consent) -> UUID:
    """Keep it: the record is archived on that birthday. Returns its uid. Raises Problem, Refusal."""
    row, _, _ = children.correct(session, actor, child_uid, Act.RECORD_STAY)
    if consent.given_on is None or not row.born_on <= consent.given_on <= clock.today():
        raise Problem("given_on")
    if not ADULT_AT < consent.to_age <= LONGEST_TO:
        raise Problem("to_age")
    if _in_force(session, row.id) is not None:
        raise Problem("given_already")
    made = StayConsent(
        child_id=row.id, given_on=consent.given_on, to_age=consent.to_age, recorded_by_id=actor.account_id,
        ground=consent.ground,
    )  # fmt: skip
    session.add(made)
    due.keep(session, [row.id])
    audit.record(session, actor, Act.RECORD_STAY, audit.About(row.subject_id, made.uid))
    return made.uid


def withdraw(session: Session, actor: Actor, child_uid: UUID) -> None:
    """It ends today; whoever is 18 is archived at once. Raises Refusal, also where none is in force."""
    row, _, _ = children.correct(session, actor, child_uid, Act.WITHDRAW_STAY)
    one = _in_force(session, row.id)
    if one is None:
        raise audit.Refusal("none", row.subject_id, hidden=True)
    one.withdrawn_on = clock.today()
    due.keep(session, [row.id])
    audit.record(session, actor, Act.WITHDRAW_STAY, audit.About(row.subject_id, one.uid))
    archiving.close(session, [row.id], clock.today())


def _in_force(session: Session, child_id: int) -> StayConsent | None:
    query = select(StayConsent).where(StayConsent.child_id == child_id, StayConsent.withdrawn_on.is_(None))
    return session.scalars(query.order_by(StayConsent.id)).first()
