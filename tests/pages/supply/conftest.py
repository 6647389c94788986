"""Ada Frost sends her school's files; somebody of another school does the same."""

import pytest
from sqlalchemy.orm import Session

from cp.terms import Role
from tests import build
from tests.build import Person, World
from tests.build_live import live
from tests.web import Browser


@pytest.fixture
def ada(browser: Browser, session: Session, world: World) -> Person:
    """Of the school of the world, signed in at `browser`."""
    made = build.person(session, live(session, world.school), "Ada Frost", "ada.supplier", Role.SUPPLIER)
    browser.become(session, made)
    return made


@pytest.fixture
def stranger(session: Session, world: World) -> Person:
    school = live(session, build.organisation(session, world.authority, name="Ashgrove Prep"))
    made = build.person(session, school, "Sid Marsh", "sid.supplier", Role.SUPPLIER)
    session.commit()
    return made
