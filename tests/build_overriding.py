"""Builders for looks through a shield: who may, what is hidden, overrides in each of their states."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Organisation, Override, RightGrant, RoleGrant
from cp.models.child import Child
from cp.terms import BodyKind, Gender, NameKind, OrganisationKind, OverrideReason, Right, Role
from tests import build
from tests.build import Person, World

HIDDEN = ("1 Hidden Lane", "ZA9 9ZZ", "Giulia", "0161 496 0163", "Samantha Ruiz", "Rossi", "H999200001001")
"""What the shield of `leo` hides, as pages would show it."""


def holder(session: Session, authority: Authority, name: str = "Ola Nowicka", team: str | None = "Assessment team",
           **given: Any) -> Person:  # fmt: skip
    """A social worker who holds the right."""
    care = build.organisation(session, authority, OrganisationKind.COUNCIL_SERVICE, name="Northvale Care",
                              body_kind=BodyKind.SOCIAL_CARE, for_everyone_of_age=None)  # fmt: skip
    facts = {"email": name.lower().replace(" ", "."), "post": "social_worker"} | given
    made = build.person(session, care, name, role_title="Social worker", **facts)
    assert made.practitioner is not None
    made.practitioner.team = team
    give_right(session, made)
    return made


def reviewer(session: Session, organisation: Organisation, name: str = "Ron Castle", **given: Any) -> Person:
    facts = {"email": name.lower().replace(" ", ".")} | given
    return build.person(session, organisation, name, role=Role.REVIEWER, **facts)


def leo(session: Session, world: World, **given: Any) -> Child:
    """Shielded, with something hidden in every part."""
    facts = {"given_names": "Leo", "family_name": "Marchetti", "gender": Gender.MALE, "shielded": True} | given
    child = build.child(session, world, **facts)
    build.address(session, child, "ZA9 9ZZ", "1 Hidden Lane")
    build.carer(session, child, "Giulia Marchetti")
    refuge = build.practitioner(session, world.council, "Samantha Ruiz", role="Refuge worker")
    build.involvement(session, child, refuge, lead=True)
    build.other_name(session, child, NameKind.FORMER, "Leo", "Rossi")
    build.outside_number(session, child)
    return child


def override(session: Session, person: Person, child: Child, **given: Any) -> Override:
    """Opened a minute ago and left after half of it, with nobody named for it."""
    place = session.get_one(Organisation, person.account.organisation_id)
    opened_at = given.pop("opened_at", clock.now() - timedelta(minutes=1))
    facts = {"reason": OverrideReason.SECTION_47, "left_at": opened_at + timedelta(seconds=30)} | given
    return build.add(  # type: ignore[no-any-return]
        session,
        Override(reference=build.reference(), account_id=person.account.id, authority_id=place.authority_id,
                 child_id=child.id, opened_at=opened_at, **facts),
    )  # fmt: skip


def give_right(session: Session, person: Person) -> None:
    build.add(session, RightGrant(account_id=person.account.id, right=Right.OVERRIDE, starts_on=date(2026, 1, 5)))


def grant(session: Session, person: Person, role: Role) -> None:
    """A second role."""
    build.add(session, RoleGrant(account_id=person.account.id, role=role, starts_on=date(2026, 1, 5)))
