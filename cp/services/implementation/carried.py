"""What is known of a school that closed or merged half way, offered to the one that took its pupils.

Nothing is taken over by itself: the manager says so, of one school at a time. A means is offered anew and not agreed,
for another body has to agree to it; whoever was contacted, trained or accredited was so at a school that is no more.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Onboarding, Organisation
from cp.rules.access import Actor
from cp.services import audit
from cp.services.implementation import schools, steps
from cp.terms import Act, Means


@dataclass(frozen=True, slots=True)
class Before:
    """A school that this one came after, and how far that had come."""

    uid: UUID
    name: str
    ended_on: date
    contacted_on: date | None
    means: Means | None
    agreed_on: date | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """`lacks_means` and `lacks_email`: what of it this school has not itself."""

    uid: UUID
    name: str
    before: tuple[Before, ...]
    lacks_means: bool
    lacks_email: bool

    def takes(self, one: Before) -> bool:
        """Whether anything of that school would be taken over."""
        return bool((self.lacks_means and one.means) or (self.lacks_email and one.email))


def offer(session: Session, actor: Actor, uid: UUID) -> Offer:
    """For the school's page; empty where it came after nobody. Raises Refusal."""
    found = schools.one_of_ours(session, actor, uid)
    audit.record(session, actor, Act.CARRY_ON, audit.About(object_id=uid, reason="looked"))
    return _offer(session, found)


def came_after(session: Session, found: Organisation) -> bool:
    """Whether there is anything on that page."""
    return session.scalars(select(_before(found).exists())).one()


def carry_on(session: Session, actor: Actor, uid: UUID, before_uid: UUID | None) -> bool:
    """Whether anything was taken over from that school; a second time nothing is. Raises Refusal."""
    found = schools.one_of_ours(session, actor, uid)
    offered = _offer(session, found)
    one = next((before for before in offered.before if before.uid == before_uid), None)
    if one is None:
        raise audit.Refusal("none", object_id=before_uid, hidden=True)
    if not offered.takes(one):
        return False
    if offered.lacks_email:
        found.email = one.email
    means = {"means": one.means, "means_offered_on": clock.today()} if offered.lacks_means and one.means else {}
    steps.keep(session, found, **means)
    audit.record(session, actor, Act.CARRY_ON, audit.About(object_id=uid, reason=f"from {before_uid}"))
    return True


def _offer(session: Session, found: Organisation) -> Offer:
    query = _before(found).order_by(Organisation.valid_to.desc(), Organisation.name, Organisation.id)
    own = session.scalars(select(Onboarding).where(Onboarding.organisation_id == found.id)).one_or_none()
    before = tuple(
        Before(one.uid, one.name, one.valid_to, row.contacted_on, row.means, row.means_agreed_on, one.email)
        for one, row in session.execute(query)
        if one.valid_to is not None
    )
    return Offer(found.uid, found.name, before, own is None or own.means is None, not found.email)


def _before(found: Organisation) -> Select[Organisation, Onboarding]:
    joined = select(Organisation, Onboarding).join(Onboarding, Onboarding.organisation_id == Organisation.id)
    return joined.where(
        Organisation.successor_id == found.id, Organisation.authority_id == found.authority_id,
        Organisation.valid_to.is_not(None),
    )  # fmt: skip
