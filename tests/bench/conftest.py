"""A small demonstration directory, for the benchmarks that search it."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import Engine

from cp import engines, sealing
from cp.services import demo

CHILDREN = 600


@pytest.fixture
def directory(url: str, engine: Engine, ring: sealing.KeyRing, clock: time_machine.Traveller) -> Engine:
    """The application's engine on it."""
    owner = engines.make_engine(url, owner=True)
    demo.load(owner, ring, demo.Asked(CHILDREN, 1, date(2026, 11, 23)), lambda _: None)
    owner.dispose()
    return engine
