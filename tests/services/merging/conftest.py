"""Two records to be joined, and somebody of the management team."""

import pytest
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules.access import Actor
from tests.build import World
from tests.build_identities import derived
from tests.web import actor_of


@pytest.fixture
def max_(session: Session, world: World) -> Actor:
    return actor_of(session, world.max)


@pytest.fixture
def pair(session: Session, world: World) -> tuple[Child, Child]:
    """Two records that say the same of who the child is."""
    return derived(session, world, "ZA4 7QD"), derived(session, world, "ZA1 2AB")
