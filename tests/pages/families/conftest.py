"""A child of whom there is something in every part, and who looks."""

import pytest
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.terms import NumberKind
from tests import build, build_families, build_sensitive
from tests.build import World
from tests.build_families import Lookers


@pytest.fixture
def lookers(session: Session, world: World) -> Lookers:
    return Lookers.make(session, world)


@pytest.fixture
def child(session: Session, world: World, lookers: Lookers) -> Child:
    """With something in every part, the police and a clinic among those who work with the child."""
    made = build_families.child_of_14(session, world)
    build.carer(session, made)
    build.outside_number(session, made, NumberKind.UPN)
    build.other_name(session, made)
    for one in (world.nia, lookers.refuge, lookers.police):
        assert one.practitioner is not None
        build.involvement(session, made, one.practitioner)
    build_sensitive.entry(session, lookers.kit, made)
    return made
