"""How long after its commit an entry is under a seal that lies outside; and a sealer killed anywhere goes on."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cp.config import Config
from cp.services.audit_seals import lodging
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.sealing import Sessions
from tests.scale import SEED, scaled
from tests.seals.conftest import Verify, key_of, write
from tests.seals.log import entries, lodged_sizes
from tests.seals.test_tree import defined
from tools.steps import ROOT

SECONDS, PAUSE = scaled(19, 120), 0.05
KILLS, ENTRIES = scaled(3, 60), scaled(3000, 20_000)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """On the real clock."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.mark.alone
def test_an_entry_is_sealed_and_lodged_within_ten_seconds(
    session: Session, sealer: Sealer, sessions: Sessions, config: Config, verify: Verify,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    sealer.everything()
    origin, stop, seen = key_of(sessions).name, threading.Event(), dict[int, float]()
    sealing = threading.Thread(target=sealer.run, args=(stop,))
    sealing.start()
    committed: list[float] = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        write(session, 1)
        committed.append(time.monotonic())
        found = lodging.last(config.lodge, origin)
        if found is not None:
            seen.setdefault(found.size, time.monotonic())
        time.sleep(PAUSE)
    stop.set()
    sealing.join()

    lodged = [min((at for size, at in seen.items() if size > place), default=until) for place in range(len(committed))]
    window = max(at - since for at, since in zip(lodged, committed, strict=True))
    record_property("entries", len(committed))
    record_property("seconds until lodged, at most", f"{window:.1f}")
    assert window <= 10
    assert len(seen) > 2
    assert sealer.everything()
    assert verify().problems == []


def test_a_sealer_that_is_killed_anywhere_comes_to_the_same_end(
    session: Session, sealer: Sealer, config: Config, verify: Verify, record_property: Callable[[str, object], None]
) -> None:
    chance, halves = random.Random(SEED), set[int]()
    write(session, ENTRIES // 2)
    for _ in range(KILLS):
        write(session, ENTRIES // 2 // KILLS)
        halves.add(_killed(config, chance))

    assert sealer.everything()
    report = verify()
    record_property("kills", KILLS)
    record_property("found half way", len(halves))
    assert (report.problems, report.unsealed, report.sealed) == ([], 0, len(entries(session)))
    assert report.newest
    assert report.newest.root == defined([leaf for _, leaf in entries(session)])
    sizes = [size for kind, size in lodged_sizes(config) if kind == "checkpoint"]
    assert sizes == sorted(set(sizes))


def _killed(config: Config, chance: random.Random) -> int:
    """How much was lodged when the sealer was killed, a moment after it had lodged something more."""
    env = {**os.environ, "CP_HOME": str(config.home), "CP_KEY_FILE": str(config.key_file),
           "CP_LODGE": str(config.lodge), "DATABASE_URL": config.database_url}  # fmt: skip
    before = len(lodged_sizes(config))
    command = [sys.executable, "-m", "flask", "--app", "app", "audit", "seal"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
    until = time.monotonic() + 60
    while len(lodged_sizes(config)) == before and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.05))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return lodged_sizes(config)[-1][1]
