"""A shielded child, somebody who holds the right to look through the shield, and a look that waits for a finding."""

import pytest
from sqlalchemy.orm import Session

from cp.models import Override
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import children
from cp.terms import Reason
from tests import build_overriding
from tests.build import Person, World
from tests.web import actor_of


@pytest.fixture
def leo(session: Session, world: World) -> Child:
    return build_overriding.leo(session, world)


@pytest.fixture
def ola(session: Session, world: World) -> Person:
    return build_overriding.holder(session, world.authority)


@pytest.fixture
def acting(session: Session, ola: Person, leo: Child) -> Actor:
    """Ola, who has said why she opened Leo's record."""
    actor = actor_of(session, ola)
    children.give_reason(session, actor, leo.uid, Reason.MAY_NEED_HELP)
    return actor


@pytest.fixture
def held(session: Session, world: World, ola: Person, leo: Child) -> Override:
    """Ola's, named for Rex, of today: due on Wednesday 25 November."""
    return build_overriding.override(session, ola, leo, reviewer_id=world.rex.account.id)


@pytest.fixture
def rex(session: Session, world: World) -> Actor:
    return actor_of(session, world.rex)
