"""A database that somebody else holds, or an audit that takes nothing: said, nothing lost, and then all is well."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from cp import engines
from cp.models import AuditEvent, Involvement, Setting
from tests.build import Person, World
from tests.pages.test_involvements import form_for
from tests.web import Browser
from tests.whole.tables import breaking_the_audit, mending_the_audit


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The waits of seconds that a busy evening needs are a third of one here."""
    monkeypatch.setattr(engines, "BUSY_MS", 300)
    monkeypatch.setattr(engines, "TIMEOUTS", "-c statement_timeout=2000 -c lock_timeout=300")


@contextmanager
def held(url: str) -> Iterator[None]:
    """Somebody else writes, and does not end."""
    if url.startswith("sqlite:"):
        other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:
        connection.execute("LOCK TABLE audit_event, session IN EXCLUSIVE MODE")
        yield
        connection.rollback()


def count(session: Session) -> int:
    session.rollback()
    found = session.scalar(select(func.count()).select_from(Involvement)) or 0
    session.rollback()
    return found


def test_while_somebody_else_holds_it_nothing_is_done_and_then_it_is_done_once(
    browser: Browser, session: Session, world: World, sam: Person, url: str
) -> None:
    child, form = form_for(browser, session, world)
    session.rollback()

    with held(url):
        answers = [browser.submit(form, "Record involvement"), browser.get(f"/children/{child.uid}"), browser.get("/")]
    assert [(page.status, page.h1) for page in answers] == [(503, "ContactPoint is not available")] * 3
    assert [page.response.headers["Retry-After"] for page in answers] == ["60"] * 3
    assert [page.response.text for page in answers if "Amira" in page.response.text] == []
    assert "It will be recorded once, even if you send it twice." in answers[0].texts("main p")[0]
    assert count(session) == 0

    browser.submit(form, "Record involvement")
    again = browser.submit(form, "Record involvement")
    assert again.status_line == "Your involvement with Amira is recorded."
    assert count(session) == 1


def test_on_sqlite_whoever_waits_has_it_a_moment_after_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's own waits between two tries grow: others would come and go in between."""
    engine = engines.make_engine(f"sqlite:///{tmp_path / 'own.db'}")
    other = sqlite3.connect(tmp_path / "own.db", isolation_level=None)
    waits = list[float]()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 20:
            other.execute("ROLLBACK")

    monkeypatch.setattr("cp.engines.time.sleep", wait)
    with engine.connect() as connection:
        other.execute("BEGIN IMMEDIATE")
        connection.begin().rollback()
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == engines.BUSY_MS

    assert waits == [engines.AGAIN] * 20
    other.close()
    engine.dispose()


def test_on_sqlite_nobody_waits_where_it_is_not_another_who_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engines.make_engine(f"sqlite:///{tmp_path / 'own.db'}")
    monkeypatch.delattr("cp.engines.time.sleep")
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("BEGIN")

        with pytest.raises(OperationalError, match="within a transaction"):
            connection.begin()

        assert raw.execute("PRAGMA busy_timeout").fetchone() == (engines.BUSY_MS,)
    engine.dispose()


def test_help_is_still_there_and_nobody_gets_in(
    app: Flask, browser: Browser, world: World, sam: Person, url: str
) -> None:
    stranger = Browser(app)
    form = stranger.get("/sign-in")

    with held(url):
        assert [browser.get("/help").status, stranger.get("/help").status, stranger.get("/nothing").status] == [
            200, 200, 404,
        ]  # fmt: skip
        assert stranger.submit(form, "Continue", email=world.nia.email, password="anything").status == 503


def test_htmx_is_given_the_whole_page_that_says_so(
    browser: Browser, session: Session, world: World, sam: Person, url: str
) -> None:
    _, form = form_for(browser, session, world)
    session.rollback()

    with held(url):
        answer = browser.submit(form, "Record involvement", htmx=True).response

    assert answer.status_code == 503
    assert answer.headers["HX-Retarget"] == answer.headers["HX-Reselect"] == "#content"
    assert answer.headers["HX-Reswap"] == "outerHTML"


def health(app: Flask, **options: str) -> tuple[int, str, str]:
    answer = app.test_client().get("/health", **options)
    return answer.status_code, answer.text, answer.headers["Content-Type"]


FIT, UNFIT = (200, "ok", "text/plain; charset=utf-8"), (503, "not ok", "text/plain; charset=utf-8")


def test_health_is_ok_while_an_entry_can_be_written_and_only_then(app: Flask, url: str) -> None:
    assert health(app) == health(app) == FIT

    with held(url):
        assert health(app) == UNFIT
    assert health(app) == FIT

    breaking_the_audit(url)
    assert health(app) == UNFIT
    mending_the_audit(url)
    assert health(app) == FIT


def test_asking_for_its_health_leaves_no_entry_and_one_row(app: Flask, session: Session) -> None:
    for _ in range(3):
        assert health(app) == FIT

    assert [len(session.scalars(select(table.id)).all()) for table in (AuditEvent, Setting)] == [0, 1]


def test_whoever_watches_may_ask_for_the_health_in_the_clear(app: Flask) -> None:
    assert health(app, base_url="http://10.0.0.7:8000") == FIT
