"""A directory kept for the next run of the benchmarks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bench.__main__ import _database, _directory
from cp import sealing
from cp.models.child import Child, ChildLocation


@pytest.fixture(autouse=True)
def ring_of_the_run(ring: sealing.KeyRing) -> Iterator[None]:
    """Used again afterwards: a kept directory brings its own, which opens nothing of the other tests."""
    yield
    sealing.use(ring)


def test_a_kept_directory_is_there_the_next_time_with_its_key(tmp_path: Path) -> None:
    kept = tmp_path / "kept"

    first, second = [numbers_and_address(kept) for _ in range(2)]

    assert first == second
    assert len(first[0]) == 60
    assert numbers_and_address(tmp_path / "another") != first


def numbers_and_address(kept: Path) -> tuple[list[str], object]:
    with _database("sqlite", kept) as url:
        engine: Engine = _directory(url, 60, kept)
        with Session(engine) as session:
            numbers = list(session.scalars(select(Child.number).order_by(Child.id)))
            sealed = ChildLocation.address_sealed.is_not(None)
            address = session.scalars(select(ChildLocation).where(sealed).order_by(ChildLocation.id)).first()
            found = numbers, (address.uid, address.address) if address else None
        engine.dispose()
    return found
