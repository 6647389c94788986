"""Authorities that have not come in yet, and national partners."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cp.models import Authority, Organisation
from cp.services.implementation import steps
from cp.terms import BodyKind, Means, OrganisationKind, Region, Role
from tests import build
from tests.build import Person, World


def authority(session: Session, name: str = "Eastvale Council", code: str = "998", **days: date | None) -> Authority:
    """In which nothing has begun but what is given here."""
    none = dict.fromkeys(("data_from", "shields_from", "access_from", "opened_on"))
    facts: dict[str, Any] = {"team_phone": "+441614960131", "help_phone": "+441614960101"} | none | days
    return build.add(session, Authority(name=name, education_code=code, **facts))  # type: ignore[no-any-return]


def closed_again(session: Session, world: World, **days: date | None) -> None:
    """The world's authority as if nothing had begun in it but what is given here."""
    none = dict.fromkeys(("region", "phase", "data_from", "shields_from", "access_from", "opened_on"))
    for name, value in (none | days).items():
        setattr(world.authority, name, value)
    session.flush()


def charity(session: Session, world: World, **given: Any) -> Organisation:
    return build.organisation(session, world.authority, OrganisationKind.CHARITY, name="Wayside Trust",
                              body_kind=BodyKind.VOLUNTARY, **given)  # fmt: skip


def placed(authority: Authority, region: Region, phase: int) -> Authority:
    authority.region, authority.phase = region, phase
    return authority


def elsewhere_team(session: Session) -> Person:
    """Somebody of the management team of another authority, which is open."""
    there = build.add(session, build.opened(name="Westmoor Council", education_code="997", team_phone="+441614960131",
                                            help_phone="+441614960101"))  # fmt: skip
    council = build.organisation(session, there, OrganisationKind.COUNCIL_SERVICE, name="Westmoor Council",
                                 body_kind=BodyKind.AUTHORITY)  # fmt: skip
    return build.person(session, council, "Tam Weir", "tam.weir", Role.MANAGEMENT_TEAM)


def before(session: Session, world: World) -> Organisation:
    """A school that closed half way, whose pupils went to the world's."""
    made = build.organisation(session, world.authority, name="Ashgrove Prep", successor_id=world.school.id,
                              valid_to=date(2026, 9, 1))  # fmt: skip
    steps.keep(session, made, means=Means.TRANSFER_FILE, means_offered_on=date(2026, 8, 3))
    return made
