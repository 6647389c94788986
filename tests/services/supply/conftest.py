"""What the tests of supply stand on, besides what every test of a service does."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Organisation, SourceVersion
from tests.build import World
from tests.build_supply import two_of_amira


@pytest.fixture(params=["known", "opened"])
def between(request: pytest.FixtureRequest, session: Session, clock: time_machine.Traveller) -> Callable[[], date]:
    """A day goes by. What was said is known by its hash afterwards, or has to be opened: it makes no difference."""

    def go() -> date:
        if request.param == "opened":
            session.execute(update(SourceVersion).values(says_key=None))
        session.commit()
        clock.shift(timedelta(days=1))
        return clocks.today()

    return go


@pytest.fixture
def ashgrove(session: Session, world: World) -> Organisation:
    """A school whose row may be of Amira, whom another has sent."""
    return two_of_amira(session, world)
