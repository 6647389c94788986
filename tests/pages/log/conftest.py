"""Rex at the log, and a child whom others looked at."""

import pytest
from sqlalchemy.orm import Session

from cp.models.child import Child
from tests import build
from tests.build import Person, World
from tests.web import Browser


@pytest.fixture
def rex(browser: Browser, session: Session, world: World) -> Person:
    browser.become(session, world.rex)
    return world.rex


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    return build.child(session, world)
