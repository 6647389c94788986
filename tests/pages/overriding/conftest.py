"""A shielded child, and somebody who may look through the shield, with the record opened."""

import pytest
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.services import find
from tests import build_overriding
from tests.build import Person, World
from tests.web import Browser


@pytest.fixture
def leo(session: Session, world: World) -> Child:
    return build_overriding.leo(session, world)


@pytest.fixture
def ola(browser: Browser, session: Session, world: World, leo: Child) -> Person:
    """Ola, who holds the right, signed in at `browser` with Leo’s record opened."""
    made = build_overriding.holder(session, world.authority)
    find.reindex(session, leo.id)
    session.commit()
    browser.become(session, made)
    page = browser.get(f"/children/{leo.uid}")
    browser.submit(page, "Open the record", reason="may_need_help")
    return made
