"""A directory kept for the next run of the benchmarks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from bench.__main__ import SEED, _database, _directory
from cp import clock, sealing
from cp.models.child import Child, ChildLocation
from cp.services import demo
from cp.services.demo import loading


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


def test_a_load_that_was_broken_off_goes_on_another_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, begun = tmp_path / "kept", clock.today()
    with monkeypatch.context() as patched:
        patched.setattr(loading, "_finish", broken_off)
        with pytest.raises(KeyboardInterrupt):
            numbers_and_address(kept)

    monkeypatch.setattr(clock, "today", lambda: begun + timedelta(days=1))

    assert len(numbers_and_address(kept)[0]) == 60
    with _database("sqlite", kept) as url:
        engine = create_engine(url)
        with Session(engine) as session:
            assert demo.found(session) == ("complete", demo.Asked(60, SEED, begun))
        engine.dispose()


def broken_off(*_: object) -> None:
    raise KeyboardInterrupt


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
