"""The database is locked or full: a sentence, nothing lost, and work goes on by itself afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from cp import engines
from cp.models import Involvement
from tests import build
from tests.build import Person, World
from tests.pages.test_record import open_record
from tests.web import Browser, Page

SENTENCE = "We cannot save or show anything just now."


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that are as good as any, but short."""
    monkeypatch.setattr(engines, "BUSY_MS", 200)
    monkeypatch.setattr(engines, "TIMEOUTS", "-c lock_timeout=300")


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Somebody else is writing and does not stop."""
    owner = engines.make_engine(url, owner=True)
    with owner.begin() as connection:
        if owner.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE audit_event, session IN EXCLUSIVE MODE")
        yield
    owner.dispose()


def filled_form(browser: Browser, session: Session, world: World) -> Page:
    child = build.child(session, world)
    session.commit()
    page = open_record(browser, child)
    return browser.get(page.link("Record your involvement"))


def recorded(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Involvement)) or 0


def test_a_locked_database_is_said_and_nothing_is_lost(
    browser: Browser, session: Session, world: World, sam: Person, url: str
) -> None:
    page = filled_form(browser, session, world)
    session.rollback()

    with locked(url):
        refused = browser.submit(page, "Record involvement")

    assert refused.status == 503
    assert refused.h1 == "ContactPoint is not available"
    assert SENTENCE in refused.html.get_text()
    assert refused.response.headers["Retry-After"] == "60"
    assert recorded(session) == 0
    assert browser.submit(page, "Record involvement").status_line == "Your involvement with Amira is recorded."
    assert recorded(session) == 1


def test_a_locked_database_shows_no_child(
    browser: Browser, session: Session, world: World, sam: Person, url: str
) -> None:
    child = build.child(session, world)
    session.commit()
    open_record(browser, child)

    with locked(url):
        page = browser.get(f"/children/{child.uid}")

    assert page.status == 503
    assert "Amira" not in page.html.get_text()


def test_health_says_when_the_audit_cannot_be_written(app: Flask, browser: Browser, world: World, url: str) -> None:
    assert browser.client.get("/health").text == "ok"

    with locked(url):
        answer = browser.client.get("/health")

    assert answer.status_code == 503
    assert browser.client.get("/health").status_code == 200


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """Not a page more for the database, until the end."""

    def no_more(connection: Any, _: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "connect", no_more, insert=True)
    engine.dispose()
    yield
    event.remove(engine, "connect", no_more)
    engine.dispose()


def test_a_full_disk_is_said_and_work_goes_on_once_there_is_room(
    app: Flask, browser: Browser, session: Session, world: World, sam: Person
) -> None:
    if session.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL's disk is its own server's to fill
    page = filled_form(browser, session, world)
    session.rollback()

    with full(app.extensions["engine"]):
        answers = [browser.submit(page, "Record involvement") for _ in range(40)]

    refused = [answer for answer in answers if answer.status == 503]
    assert refused
    assert all(SENTENCE in answer.html.get_text() for answer in refused)
    assert browser.submit(page, "Record involvement").status_line == "Your involvement with Amira is recorded."
    assert recorded(session) == 1
