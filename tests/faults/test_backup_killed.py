"""kill -9 in the middle of a backup or of a restore: nothing is half in place, and the next one works."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from cp import database, lodging
from cp.config import Config
from cp.models import Setting
from cp.services.backing_up import envelope, keys
from cp.services.backing_up.problems import BackupProblem
from tests.build import World
from tests.conftest import NOW
from tests.scale import SEED, scaled
from tests.whole.tables import owning
from tools.steps import ROOT

KILLS = scaled(4, 100)
ROWS = scaled(3000, 30_000)
"""So many that a backup and a restore take a while."""


class Operator:
    """Commands as programs of their own, which can be killed with all that they started."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.env = {
            **os.environ, "CP_HOME": str(config.home), "CP_KEY_FILE": str(config.key_file),
            "DATABASE_URL": config.database_url, "CP_LODGE": str(config.lodge),
            "CP_BACKUP_KEYS": str(config.backup_keys),
        }  # fmt: skip

    def begin(self, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "flask", "--app", "app", *words]
        return subprocess.Popen(command, cwd=ROOT, env=self.env, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip

    def seconds(self, *words: str) -> float:
        begun = time.monotonic()
        self.done(*words)
        return time.monotonic() - begun

    def done(self, *words: str) -> str:
        process = self.begin(*words)
        printed, _ = process.communicate(timeout=120)
        assert process.returncode == 0, printed
        return printed

    def killed(self, after: float, *words: str) -> bool:
        """False where it was done before."""
        process = self.begin(*words)
        time.sleep(after)
        was_done = process.poll() is not None
        if not was_done:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return not was_done

    def backups(self) -> list[Path]:
        return sorted(self.config.backups.glob("*.backup"))


def filled(engine: Engine, app: Flask) -> None:
    with Session(engine) as session:
        session.add_all(Setting(name=f"row {at}", value="x" * 300, set_at=NOW) for at in range(ROWS))
        session.commit()
    engine.dispose()
    app.extensions["engine"].dispose()


def opens(operator: Operator, file: Path) -> bool:
    with file.open("rb") as content:
        header, _ = envelope.read_header(content)
    key = keys.of(operator.config.backup_keys, header.key)
    with file.open("rb") as content:
        try:
            return sum(map(len, envelope.read(content, key.secret))) > 0
        except BackupProblem:
            return False


def test_a_backup_that_is_killed_is_whole_or_not_there(
    app: Flask, config: Config, engine: Engine, world: World, record_property: Callable[[str, object], None]
) -> None:
    operator, moments = Operator(config), random.Random(SEED)
    filled(engine, app)
    lasts, kills = operator.seconds("backup"), 0

    for _ in range(KILLS):
        kills += operator.killed(moments.uniform(0.3, 1) * lasts, "backup")
        assert [file.name for file in operator.backups() if not opens(operator, file)] == []
    operator.done("backup")

    record_property("kills", kills)
    assert kills > 0
    assert [file.name for file in operator.backups() if not opens(operator, file)] == []
    assert list(config.backups.glob("*.part")) == []
    assert len(operator.backups()) == len(keys.every(config.backup_keys))


def test_a_restore_that_is_killed_has_put_in_place_all_or_nothing(
    app: Flask, config: Config, engine: Engine, world: World, record_property: Callable[[str, object], None]
) -> None:
    operator, moments = Operator(config), random.Random(SEED)
    filled(engine, app)
    operator.done("backup")
    (file,) = operator.backups()
    lasts, kills, found = operator.seconds("restore", "--replace", str(file)), 0, set()

    for _ in range(KILLS):
        _another_directory(engine)
        kills += operator.killed(moments.uniform(0.3, 1) * lasts, "restore", "--replace", str(file))
        found.add(_state(config))
        operator.done("restore", "--replace", str(file))
        assert _state(config) == ("restored", "served")

    record_property("kills", kills)
    assert kills > 0
    assert found <= {("before", "served"), ("before", "held"), ("restored", "held"), ("restored", "served")}
    assert [path.name for path in config.home.glob("*.restoring*")] == []


def _another_directory(engine: Engine) -> None:
    """What is there when the restore begins: one row more than in the backup."""
    with Session(engine) as session:
        session.add(Setting(name="before", value="x", set_at=NOW))
        session.commit()
    engine.dispose()


def _state(config: Config) -> tuple[str, str]:
    """Which directory it is, whole, and whether anybody would be served from it. The owner looks: whom the site works
    as is given nothing before the restore is finished."""
    with owning(config.database_url) as owner, Session(owner) as session:
        rows = session.scalar(select(func.count()).select_from(Setting).where(Setting.name.like("row %")))
        before = session.scalar(select(func.count()).select_from(Setting).where(Setting.name == "before"))
        unfinished = database.unfinished(session.connection()) is not None
    with owning(config.database_url) as owner:
        if owner.dialect.name == "sqlite":
            assert owner.exec_driver_sql("PRAGMA quick_check").scalars().all() == ["ok"]
    assert rows == ROWS
    held = unfinished or lodging.facts(config.lodge, lodging.RESTORING) is not None
    return "before" if before else "restored", "held" if held else "served"
