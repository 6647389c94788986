"""Somebody of the team at the browser, two colleagues beside them, and a record in the archive."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from cp.models.child import Child
from tests import build_identities, build_retention
from tests.build import Person, World
from tests.web import Browser

Archive = Callable[..., Child]
Sit = Callable[[Person], Browser]


@pytest.fixture
def may(session: Session, world: World) -> Person:
    return build_identities.may(session, world)


@pytest.fixture
def tom(session: Session, world: World) -> Person:
    return build_identities.may(session, world, "Tom Third")


@pytest.fixture
def archive(session: Session, world: World) -> Archive:
    """A girl whose record is in the archive since this day."""

    def made(on: date, **given: Any) -> Child:
        child = build_retention.plain(session, world, **{"born_on": date(2008, 3, 14)} | given)
        build_retention.archived(session, child, on)
        session.commit()
        return child

    return made


@pytest.fixture
def sit(app: Flask, session: Session) -> Sit:
    """A browser for somebody who has just signed in."""

    def made(person: Person) -> Browser:
        browser = Browser(app)
        browser.become(session, person)
        return browser

    return made
