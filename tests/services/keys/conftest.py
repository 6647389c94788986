"""A directory whose key is changed, and the key file as a worker of the site watches it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cp import engines, sealing
from cp.config import Config
from cp.models.child import Child
from cp.sealing import KeyRing
from tests import build_sealed
from tests.build import World

Run = Callable[..., Result]


@pytest.fixture
def first(ring: KeyRing) -> Iterator[KeyRing]:
    """The ring as it is before; the process has it again afterwards."""
    yield ring
    sealing.use(ring)


@pytest.fixture
def owner(url: str) -> Iterator[Engine]:
    made = engines.make_engine(url, owner=True)
    yield made
    made.dispose()


@pytest.fixture
def path(app: Flask, config: Config, first: KeyRing) -> Path:
    """The key file, watched by this process as by a worker of the site."""
    return config.key_file


@pytest.fixture
def child(session: Session, world: World) -> Child:
    return build_sealed.directory(session, world)[0]


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *words: app.test_cli_runner().invoke(args=["keys", *words])
