"""Ivy Hartley, an implementation manager, signed in at `browser`."""

import pytest
from sqlalchemy.orm import Session

from tests.build import Person, World
from tests.web import Browser


@pytest.fixture
def ivy(browser: Browser, session: Session, world: World) -> Person:
    browser.become(session, world.ivy)
    return world.ivy
