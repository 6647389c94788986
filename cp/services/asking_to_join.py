"""Somebody whom nobody knows asks for an account; a manager of their organisation reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import JoinRequest, Organisation
from cp.rules.days import in_force
from cp.rules.joining import may_ask
from cp.rules.typed import compact
from cp.services import asking_often, audit, guessing
from cp.services.signing_in import Where, folded
from cp.terms import Act

FORM = "asking to join"


@dataclass(frozen=True, slots=True)
class Asking:
    name: str
    email: str
    organisation: Organisation
    post: str


def organisations(session: Session, typed: str) -> Sequence[Organisation]:
    """Those of today with exactly this name, unique reference number or practice code."""
    named = or_(Organisation.name == typed, func.lower(Organisation.name) == typed.lower())
    coded = or_(Organisation.urn == compact(typed), Organisation.practice_code == compact(typed))
    query = select(Organisation).where(or_(named, coded)).order_by(Organisation.id)
    today = clock.today()
    return [one for one in session.scalars(query) if in_force(one.valid_from or today, one.valid_to, today)]


def too_often(session: Session, where: Where) -> bool:
    """A count of all is for strangers: where somebody has signed in, as at a school's office, it stops nobody."""
    known_here = guessing.known(session, where.address)
    return not may_ask(*asking_often.so_far(session, FORM, where.address), known_here)


def ask(session: Session, asking: Asking, where: Where) -> None:
    """Keep it for a manager. Whether somebody has an account or has asked before, nobody can tell from the answer."""
    asking_often.count(session, FORM, where.address)
    email = folded(asking.email)
    same = select(JoinRequest).where(
        JoinRequest.email == email, JoinRequest.organisation_id == asking.organisation.id,
        JoinRequest.answered_at.is_(None),
    )  # fmt: skip
    row = session.scalars(same).first()
    if row is None:
        row = JoinRequest(email=email, organisation_id=asking.organisation.id)
        session.add(row)
    row.name, row.post, row.asked_at = asking.name, asking.post, clock.now()
    session.flush()
    audit.record(session, None, Act.ASK_TO_JOIN, audit.About(object_id=row.uid), request_id=where.request_id)
