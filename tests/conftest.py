"""What every test stands on: an empty migrated directory, a stopped clock, people, and a browser that checks pages."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from cp import database, engines, keyfile, sealing
from cp.application import create_app
from cp.config import Config
from cp.services import reading
from tests import build, postgres
from tests.web import Browser

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
ENGINE = os.environ.get("CP_TEST_ENGINE", "sqlite")


@pytest.fixture(scope="session")
def ring() -> sealing.KeyRing:
    made = sealing.KeyRing([sealing.Key.new()])
    sealing.use(made)
    return made


@pytest.fixture(scope="session")
def empty(ring: sealing.KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a migrated directory without a child, to be copied for each test."""
    if ENGINE == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('empty') / 'contactpoint.db'}"
        _prepare(url, ring)
        yield url
        return
    with postgres.server() as server:
        name = f"empty_{uuid4().hex}"
        url = postgres.create_database(server, name)
        _prepare(url, ring)
        yield url


def _prepare(url: str, ring: sealing.KeyRing) -> None:
    owner = engines.make_engine(_driver(url), owner=True)
    database.upgrade(owner)
    database.tie(owner, ring)
    engines.protect(owner)
    owner.dispose()


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def url(empty: str, home: Path) -> Iterator[str]:
    """A directory of this test's own."""
    if ENGINE == "sqlite":
        shutil.copy(empty.removeprefix("sqlite:///"), home / "contactpoint.db")
        yield f"sqlite:///{home / 'contactpoint.db'}"
        return
    with postgres.server() as server:
        name = f"test_{uuid4().hex}"
        made = postgres.create_database(server, name, template=empty.rpartition("/")[2])
        yield _driver(made)
        postgres.drop_database(server, name)


@pytest.fixture
def config(url: str, home: Path, ring: sealing.KeyRing) -> Config:
    key_file = home.parent / "contactpoint.key"
    keyfile.write(key_file, ring)
    return Config(home=home, database_url=url, key_file=key_file, demonstration=True)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """23 November 2026, 10:42 in London, until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def engine(url: str, ring: sealing.KeyRing) -> Iterator[Engine]:
    """The application's own engine, but a test that reads holds up nobody's writing."""
    made = engines.make_engine(url)
    yield engines.reading_first(made)
    made.dispose()


@pytest.fixture
def session(engine: Engine, clock: time_machine.Traveller) -> Iterator[Session]:
    """A test makes rows of any kind and looks at all of them; what it tests says for itself who reads."""
    with Session(engine, expire_on_commit=False) as opened:
        event.listen(opened, "after_begin", _reads_everything)
        yield opened


def _reads_everything(_session: Session, _transaction: object, connection: Connection) -> None:
    reading.by(connection, reading.SYSTEM, range(1, 1000), sensitive=True)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    made = create_app(config)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def world(session: Session) -> build.World:
    """One authority with Sam's school, Nia's service and a practice, committed."""
    made = build.World.make(session)
    session.commit()
    return made


@pytest.fixture
def browser(app: Flask, clock: time_machine.Traveller) -> Browser:
    """A stranger's browser; `browser.sign_in(account)` makes it somebody's."""
    return Browser(app)


@pytest.fixture
def sam(browser: Browser, session: Session, world: build.World) -> build.Person:
    """Sam, a teacher with pastoral duties, signed in at `browser`."""
    browser.sign_in(session, world.sam)
    return world.sam
