"""Whom to contact at organisations that are brought in, and contacts made: what an address of theirs can name."""

from uuid import UUID

from sqlalchemy.orm import Session

from cp.models import Organisation
from tests import build_schools
from tests.build import World

STATES = dict.fromkeys(("contact_uid", "made_uid"), ("open", "bare", "elsewhere", "none"))
"""As `organisation_uid` has them: each is of the organisation in the same state."""


def make(session: Session, world: World, there: Organisation) -> dict[str, dict[str, UUID | str]]:
    places = {"open": world.school, "bare": world.practice, "elsewhere": there}
    named = {state: _of(session, world, place) for state, place in places.items()}
    return {name: {state: ids[name] for state, ids in named.items()} for name in STATES}


def made(session: Session, world: World) -> dict[str, UUID | str]:
    """One of each, of Hollin Bank."""
    return _of(session, world, world.school)


def _of(session: Session, world: World, place: Organisation) -> dict[str, UUID | str]:
    return {
        "contact_uid": build_schools.contact(session, place).uid,
        "made_uid": build_schools.made(session, place, world.ivy).uid,
    }
