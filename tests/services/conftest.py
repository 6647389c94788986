"""What the tests of services stand on, besides what every test does."""

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cp import engines, sealing
from cp.services import demo
from tests.build import World
from tests.services.demonstrated import ASKED, silent
from tests.services.directory import Made


@pytest.fixture
def made(session: Session, world: World) -> Made:
    """Makes children who may be found."""
    return Made(session, world)


@pytest.fixture
def owner(url: str, clock: time_machine.Traveller) -> Iterator[Engine]:
    made = engines.make_engine(url, owner=True)
    yield made
    made.dispose()


@pytest.fixture
def loaded(owner: Engine, ring: sealing.KeyRing, session: Session) -> Session:
    demo.load(owner, ring, ASKED, silent)
    return session
