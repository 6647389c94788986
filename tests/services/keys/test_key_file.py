"""The key file while it changes: known before it is used, never a wrong one, never half of one."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import database, keyfile, sealing
from cp.config import Config
from cp.models import KeyCheck
from cp.models.child import Child
from cp.sealing import Key, KeyProblem, KeyRing
from cp.services import changing_keys
from cp.services.changing_keys import NotNow
from tests.services.keys.steps import change, rotated, starts


def one_that_the_database_does_not_know(path: Path, current: int = 2) -> None:
    ring = keyfile.read(path)
    keyfile.replace(path, KeyRing([*ring.keys.values(), Key.new(2)], current, ring.lasting))


def gone(path: Path) -> None:
    path.unlink()


def spoilt(path: Path) -> None:
    path.write_text('{"keys": [')


def another(path: Path) -> None:
    keyfile.replace(path, KeyRing([Key.new(1), Key.new(2)]))


def test_a_second_key_opens_and_finds_but_does_not_seal(owner: Engine, path: Path, session: Session) -> None:
    number, again = changing_keys.add(owner, path), changing_keys.add(owner, path)

    ring = keyfile.read(path)
    assert (number, again, list(ring.keys), ring.current.id) == (2, 2, [1, 2], 1)
    assert (path.stat().st_mode & 0o777, [file.name for file in path.parent.glob("*.new")]) == (0o600, [])
    assert session.scalars(select(KeyCheck.key_id).order_by(KeyCheck.key_id)).all() == [0, 1, 2]


def test_a_running_worker_learns_of_a_key_before_anything_is_sealed_with_it(owner: Engine, path: Path) -> None:
    changing_keys.add(owner, path)
    before = list(sealing.ring().keys)

    sealing.refresh()
    opens = list(sealing.ring().keys), sealing.ring().current.id
    changing_keys.switch(owner, path)
    sealing.refresh()

    assert (before, opens, sealing.ring().current.id) == ([1], ([1, 2], 1), 2)


def test_a_value_of_a_key_not_heard_of_is_opened_all_the_same(owner: Engine, path: Path) -> None:
    old = sealing.ring()
    changing_keys.add(owner, path)
    changing_keys.switch(owner, path)
    row = UUID(int=7)
    sealed = [keyfile.read(path).seal(text, "carer", "details", row) for text in ("one", "two")]

    assert [old.unseal(value, "carer", "details", row) for value in sealed] == ["one", "two"]
    with pytest.raises(KeyProblem):
        KeyRing(list(old.keys.values())).unseal(sealed[0], "carer", "details", row)


def test_a_third_key_waits_until_the_first_is_retired(owner: Engine, path: Path) -> None:
    change(owner, path)

    with pytest.raises(NotNow) as refused:
        changing_keys.add(owner, path)

    assert str(refused.value) == "Key 1 is not retired yet. Run: keys rotate, then: keys retire 1."


def test_two_who_change_the_key_at_once_make_one(owner: Engine, path: Path, config: Config, child: Child) -> None:
    with ThreadPoolExecutor(4) as threads:
        added = list(threads.map(lambda _: changing_keys.add(owner, path), range(4)))
        switched = {ring.current.id for ring in threads.map(lambda _: changing_keys.switch(owner, path), range(4))}

    assert (added, switched) == ([2] * 4, {2})
    assert list(keyfile.read(path).keys) == [1, 2]
    assert starts(owner, config) == "current"


def test_a_step_that_was_killed_half_way_stops_no_start_and_goes_on(
    owner: Engine, path: Path, config: Config, session: Session, child: Child
) -> None:
    one_that_the_database_does_not_know(path, current=1)
    found = [starts(owner, config)]
    changing_keys.add(owner, path)
    change(owner, path, added=True)
    rotated(owner)
    session.execute(delete(KeyCheck).where(KeyCheck.key_id == 1))
    session.commit()
    found.append(starts(owner, config))
    changing_keys.retire(owner, path, 1)

    assert found == ["current", "current"]
    assert list(keyfile.read(path).keys) == [2]


def test_an_old_key_lost_half_way_stops_the_start_with_a_sentence(
    owner: Engine, path: Path, config: Config, child: Child
) -> None:
    ring = change(owner, path)
    keyfile.replace(path, KeyRing([ring.keys[2]], 2, ring.lasting))

    with pytest.raises(database.DatabaseProblem) as refused:
        starts(owner, config)

    assert str(refused.value) == (
        f"The key file {path} is not the one this directory was sealed with. "
        "Put the right one back, or name it in CP_KEY_FILE."
    )


def test_a_lasting_secret_lost_stops_the_start(owner: Engine, path: Path, config: Config) -> None:
    ring = keyfile.read(path)
    keyfile.replace(path, KeyRing(list(ring.keys.values()), 1, b"x" * 32))

    with pytest.raises(database.DatabaseProblem):
        starts(owner, config)


@pytest.mark.parametrize("harm", [gone, spoilt, another, one_that_the_database_does_not_know])
def test_a_wrong_file_never_takes_the_place_of_the_keys_in_memory(
    owner: Engine, path: Path, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    before, right = sealing.ring(), path.read_text()
    harm(path)

    for _ in range(3):
        sealing.refresh()
    wrong = sealing.ring()
    path.write_text(right)
    sealing.refresh()

    assert wrong is before
    assert list(sealing.ring().keys) == [1]
    assert caplog.messages == ["the key file is gone, or not right: the keys in memory stay in use"]


def test_a_file_that_was_half_written_by_a_killed_run_is_no_hindrance(owner: Engine, path: Path) -> None:
    path.with_name(f"{path.name}.new").write_text("half")

    changing_keys.add(owner, path)

    assert list(keyfile.read(path).keys) == [1, 2]
    assert [file.name for file in path.parent.glob("*.new")] == []


@pytest.mark.parametrize(("age", "seconds"), [(0, 60), (20, 40), (60, 0), (90, 0), (-500, 60)])
def test_a_key_comes_into_use_when_no_request_of_before_is_left(
    path: Path, clock: time_machine.Traveller, age: int, seconds: int
) -> None:
    changed = clocks.now().timestamp() - age
    os.utime(path, (changed, changed))

    assert changing_keys.rests(path) == seconds
