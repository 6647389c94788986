"""A sensitive service with its people, and a child."""

import pytest
from sqlalchemy.orm import Session

from cp.models.child import Child
from tests import build
from tests.build import Person, World
from tests.build_sensitive import Clinic
from tests.web import Browser


@pytest.fixture
def clinic(session: Session, world: World) -> Clinic:
    made = Clinic.make(session, world)
    session.commit()
    return made


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    child = build.child(session, world)
    session.commit()
    return child


@pytest.fixture
def kit(browser: Browser, session: Session, clinic: Clinic) -> Person:
    """Kit, of the clinic, signed in at `browser`."""
    browser.become(session, clinic.kit)
    return clinic.kit
