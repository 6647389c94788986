"""What every test stands on: an empty migrated directory, a stopped clock, people, and a browser that checks pages."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from hypothesis import settings
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import database, engines, keyfile, sealing
from cp.application import create_app, serve
from cp.config import Config
from cp.services import reading
from tests import build, postgres
from tests.scale import FULL, scaled
from tests.web import Browser

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
settings.register_profile("ours", derandomize=not FULL, max_examples=scaled(100, 2000), deadline=None)
settings.load_profile("ours")
"""Every day the same examples, so that a red test is red for everybody; at full scale, new ones each time."""
ENGINE = os.environ.get("CP_TEST_ENGINE", "sqlite")


@pytest.fixture(scope="session")
def ring() -> sealing.KeyRing:
    made = sealing.KeyRing([sealing.Key.new()])
    sealing.use(made)
    return made


@pytest.fixture(scope="session")
def empty(ring: sealing.KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a migrated directory without a child, to be copied for each test."""
    with place(tmp_path_factory) as url:
        owner = engines.make_engine(driver(url), owner=True)
        database.upgrade(owner)
        database.tie(owner, ring)
        engines.protect(owner)
        owner.dispose()
        yield url


@pytest.fixture(scope="session")
def peopled(empty: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, build.World]]:
    """The same with one world of people in it, made once for all the tests that begin with it."""
    with place(tmp_path_factory, empty) as url:
        engine = engines.make_engine(driver(url))
        with time_machine.travel(NOW, tick=False), Session(engine, expire_on_commit=False) as session:
            event.listen(session, "after_begin", _reads_everything)
            made = build.World.make(session)
            session.commit()
        engine.dispose()
        yield url, made


@contextmanager
def place(folders: pytest.TempPathFactory, of: str = "") -> Iterator[str]:
    """The URL of a directory to be made, or of a copy."""
    if ENGINE == "sqlite":
        file = folders.mktemp("directory") / "contactpoint.db"
        if of:
            shutil.copy(of.removeprefix("sqlite:///"), file)
        yield f"sqlite:///{file}"
        return
    with postgres.server() as server:
        template = {"template": of.rpartition("/")[2]} if of else {}
        made = postgres.create_database(server, name := f"test_{uuid4().hex}", **template)
        yield made
        postgres.drop_database(server, name)


def driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def template(request: pytest.FixtureRequest, empty: str) -> str:
    """The directory that a test gets a copy of: with people in it where it asks for its world."""
    return str(request.getfixturevalue("peopled")[0]) if "world" in request.fixturenames else empty


@pytest.fixture
def url(template: str, tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[str]:
    """A directory of this test's own."""
    if ENGINE == "sqlite":
        shutil.copy(template.removeprefix("sqlite:///"), home / "contactpoint.db")
        yield f"sqlite:///{home / 'contactpoint.db'}"
        return
    with place(tmp_path_factory, template) as made:
        yield driver(made)


@pytest.fixture
def config(url: str, home: Path, ring: sealing.KeyRing) -> Config:
    key_file = home.parent / "contactpoint.key"
    keyfile.write(key_file, ring)
    return Config(
        home=home, database_url=url, key_file=key_file, demonstration=True,
        lodge=home.parent / "contactpoint.lodged", backup_keys=home.parent / "backup-keys",
    )  # fmt: skip


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    """23 November 2026, 10:42 in London, until a test moves it; the database's server has the same clock."""
    monkeypatch.setattr(engines, "server_time", lambda _: clocks.now())
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


@pytest.fixture(scope="session")
def wired(empty: str, ring: sealing.KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all the tests of a run, to which each brings its own directory."""
    folder = tmp_path_factory.mktemp("wired")
    key_file = folder / "contactpoint.key"
    keyfile.write(key_file, ring)
    made = create_app(
        Config(home=folder / "home", database_url=driver(empty), key_file=key_file, lodge=folder / "lodged")
    )
    made.extensions["engine"].dispose()
    return made


@pytest.fixture
def app(wired: Flask, config: Config) -> Iterator[Flask]:
    serve(wired, config)
    yield wired
    wired.extensions["engine"].dispose()


@pytest.fixture
def own_app(config: Config) -> Iterator[Flask]:
    """For a test that changes the application itself."""
    made = create_app(config)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def world(session: Session, peopled: tuple[str, build.World]) -> build.World:
    """One authority with Sam's school, Nia's service and a practice, committed."""
    return peopled[1].held_by(session)


@pytest.fixture
def browser(app: Flask, clock: time_machine.Traveller) -> Browser:
    """A stranger's browser; `browser.sign_in(account)` makes it somebody's."""
    return Browser(app)


@pytest.fixture
def sam(browser: Browser, session: Session, world: build.World) -> build.Person:
    """Sam, a teacher with pastoral duties, signed in at `browser`."""
    browser.become(session, world.sam)
    return world.sam
