"""Two records to be joined, and somebody of the management team."""

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import event
from sqlalchemy.orm import Session

from cp import engines
from cp.models.child import Child
from cp.rules.access import Actor
from tests.build import World
from tests.build_identities import derived
from tests.conftest import _reads_everything, driver, place
from tests.web import actor_of


@pytest.fixture
def max_(session: Session, world: World) -> Actor:
    return actor_of(session, world.max)


@pytest.fixture
def pair(session: Session, world: World) -> tuple[Child, Child]:
    """Two records that say the same of who the child is."""
    return derived(session, world, "ZA4 7QD"), derived(session, world, "ZA1 2AB")


@pytest.fixture
def twin(template: str, tmp_path_factory: pytest.TempPathFactory, clock: time_machine.Traveller) -> Iterator[Session]:
    """A session on another copy of the same directory."""
    with place(tmp_path_factory, template) as url:
        engine = engines.make_engine(driver(url))
        with Session(engine, expire_on_commit=False) as opened:
            event.listen(opened, "after_begin", _reads_everything)
            yield opened
        engine.dispose()
