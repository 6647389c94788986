"""A small demonstration directory, for the benchmarks that search it."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from sqlalchemy import Engine

from cp import engines, sealing
from cp.services import demo
from tests.conftest import NOW, driver, place

CHILDREN = 600


@pytest.fixture(scope="session")
def demonstrated(empty: str, ring: sealing.KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Loaded once, to be copied."""
    with place(tmp_path_factory, empty) as url:
        owner = engines.make_engine(driver(url), owner=True)
        with time_machine.travel(NOW, tick=False):
            demo.load(owner, ring, demo.Asked(CHILDREN, 1, date(2026, 11, 23)), lambda _: None)
        owner.dispose()
        yield url


@pytest.fixture
def template(request: pytest.FixtureRequest, empty: str) -> str:
    """The directory that a test gets a copy of."""
    return str(request.getfixturevalue("demonstrated")) if "directory" in request.fixturenames else empty


@pytest.fixture
def directory(engine: Engine, clock: time_machine.Traveller) -> Engine:
    """The application's engine on it."""
    return engine
