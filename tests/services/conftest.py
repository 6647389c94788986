"""What the tests of services stand on, besides what every test does."""

import pytest
from sqlalchemy.orm import Session

from tests.build import World
from tests.services.directory import Made


@pytest.fixture
def made(session: Session, world: World) -> Made:
    """Makes children who may be found."""
    return Made(session, world)
