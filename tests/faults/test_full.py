"""A full disk: a page that says so and what to do, nothing lost, and work goes on once there is room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import Involvement
from tests.build import Person, World
from tests.conftest import ENGINE
from tests.faults.disks import Disk, Refusing, on_a_disk_of_its_own, under_a_limit
from tests.pages.test_involvements import form_for
from tests.web import Browser

SENTENCE = (
    "We cannot save or show anything just now. Go back, wait a minute and send what you typed again. "
    "It will be recorded once, even if you send it twice."
)


WAYS = {"disk": on_a_disk_of_its_own, "limit": under_a_limit} if ENGINE == "sqlite" else {"server": under_a_limit}


@pytest.fixture(params=WAYS)
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Disk]:
    (tmp_path / "home").mkdir()
    with WAYS[request.param](tmp_path / "home") as disk:
        yield disk


@pytest.fixture
def home(tmp_path: Path, folder: Disk) -> Path:
    return tmp_path / "home"


@pytest.fixture
def disk(folder: Disk, url: str) -> Disk:
    """SQLite's, or what PostgreSQL answers when its own is full."""
    return folder if ENGINE == "sqlite" else Refusing(url)


def test_a_full_disk_is_said_and_nothing_is_lost(
    app: Flask, browser: Browser, session: Session, world: World, sam: Person, disk: Disk
) -> None:
    child, form = form_for(browser, session, world)
    session.rollback()

    disk.fill()
    refused = browser.submit(form, "Record involvement")
    unread = browser.get(f"/children/{child.uid}")
    unhealthy = browser.client.get("/health")
    disk.free()

    assert [page.status for page in (refused, unread)] == [503, 503]
    assert refused.h1 == "ContactPoint is not available"
    assert refused.texts("main p")[0] == SENTENCE
    assert (refused.response.headers["Retry-After"], unhealthy.status_code, unhealthy.text) == ("60", 503, "not ok")
    assert "Amira" not in unread.response.text
    assert session.scalar(select(func.count()).select_from(Involvement)) == 0
    session.rollback()
    assert browser.submit(form, "Record involvement").status_line == "Your involvement with Amira is recorded."
    assert session.scalar(select(func.count()).select_from(Involvement)) == 1
    assert browser.client.get("/health").text == "ok"
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
