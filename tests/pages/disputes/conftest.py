"""Amira, as her school's file has her, and Sam, who has opened her record."""

import pytest
from sqlalchemy.orm import Session

from cp.models.child import Child
from tests.build import Person, World
from tests.build_identities import derived
from tests.pages.test_record import open_record
from tests.web import Browser


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    return derived(session, world, "ZA4 7QD")


@pytest.fixture
def reading(browser: Browser, session: Session, world: World, amira: Child) -> Person:
    """Sam, signed in at `browser`, with a reason to read her record."""
    browser.become(session, world.sam)
    open_record(browser, amira)
    return world.sam
