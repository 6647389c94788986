"""A child, and two practitioners who have said why they opened the record."""

import pytest
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import children
from cp.terms import Reason
from tests import build
from tests.build import Person, World
from tests.web import actor_of


@pytest.fixture
def child(session: Session, world: World) -> Child:
    return build.child(session, world)


@pytest.fixture
def sam(session: Session, world: World, child: Child) -> Actor:
    return _working_with(session, world.sam, child)


@pytest.fixture
def nia(session: Session, world: World, child: Child) -> Actor:
    return _working_with(session, world.nia, child)


def _working_with(session: Session, person: Person, child: Child) -> Actor:
    actor = actor_of(session, person)
    children.give_reason(session, actor, child.uid, Reason.WORKING_WITH)
    return actor
