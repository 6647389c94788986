"""What the tests of managers stand on: a manager, what is in the audit, somebody as their manager sees them."""

from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent
from cp.rules.access import Actor
from cp.services.managing import staff
from cp.services.managing.member import Member
from cp.terms import Act, BodyKind, OrganisationKind
from tests import build
from tests.build import Person, World
from tests.web import actor_of


def una(session: Session, world: World) -> Actor:
    return actor_of(session, world.una)


def acts(session: Session) -> list[tuple[Act, str | None]]:
    return [(act, reason) for act, reason in session.execute(select(AuditEvent.act, AuditEvent.reason))]


def seen(session: Session, person: Person) -> Member:
    session.flush()
    return staff.one(session, person.account, uuid4())


def far_away(session: Session) -> Person:
    authority = build.add(session, build.opened(name="Eastvale Council", education_code="998",
                                             team_phone="+441614960131", help_phone="+441614960101"))  # fmt: skip
    council = build.organisation(session, authority, OrganisationKind.COUNCIL_SERVICE, name="Eastvale Council",
                                 body_kind=BodyKind.AUTHORITY)  # fmt: skip
    return build.person(session, council, "Far Away", "far.away")
