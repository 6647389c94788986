"""Children whom Sam works with, and a sensitive service that may work with them too."""

import pytest
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.services.sensitive.reading import ServiceShown
from tests import build
from tests.build import Person, World
from tests.build_contact import clinic, entry, on_list, recorded


@pytest.fixture
def child(session: Session, world: World) -> Child:
    """Sam works with Amira."""
    made = on_list(session, world)
    session.commit()
    return made


@pytest.fixture
def shielded(session: Session, world: World) -> Child:
    """Sam and Nia work with Leo, whose record is shielded."""
    made = build.child(session, world, given_names="Leo", family_name="Marchetti", shielded=True)
    for person in (world.sam, world.nia):
        assert person.practitioner is not None
        build.involvement(session, made, person.practitioner)
    session.commit()
    return made


@pytest.fixture
def kit(session: Session, world: World) -> Person:
    made = clinic(session, world)
    session.commit()
    return made


@pytest.fixture
def shown(session: Session, kit: Person, monkeypatch: pytest.MonkeyPatch) -> ServiceShown:
    """The clinic has recorded every child there is."""
    made = entry(kit, session)
    recorded(monkeypatch, made)
    return made
