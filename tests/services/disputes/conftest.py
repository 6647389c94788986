"""Amira, whom her school has sent; Sam of that school, who reads her record; Max, who decides."""

import pytest
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.derive import Address, CarerSaid, Stay
from cp.services import children, deriving
from cp.terms import AddressState, Reason, Relationship
from tests import build
from tests.build import World
from tests.build_identities import says
from tests.build_supply import AMIRA
from tests.web import actor_of

HOME = Address(AddressState.CURRENT, ("18 Tanner’s Row",), "Northvale", "ZA4 7QD")
FARAH = CarerSaid("Farah Siddiqui", Relationship.MOTHER, responsibility=True, care=True, phones=("+441614960163",))


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    """As her school’s file would have her, which takes longer."""
    child = build.child(session, world)
    record = says(session, child, world.school, addresses=(HOME,), carers=(FARAH,), stay=Stay())
    record.row_key = AMIRA["Adno"]
    deriving.derive(session, child.id)
    session.commit()
    return child


@pytest.fixture
def sam_(session: Session, world: World, amira: Child) -> Actor:
    """Sam, who has given a reason to open her record."""
    return reader(session, actor_of(session, world.sam), amira)


@pytest.fixture
def nia_(session: Session, world: World, amira: Child) -> Actor:
    return reader(session, actor_of(session, world.nia), amira)


@pytest.fixture
def max_(session: Session, world: World) -> Actor:
    return actor_of(session, world.max)


def reader(session: Session, actor: Actor, child: Child) -> Actor:
    children.give_reason(session, actor, child.uid, Reason.WORKING_WITH)
    return actor
