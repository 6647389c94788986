"""A backup put in place on SQLite: written beside the database, checked, marked, renamed."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from cp import database, lodging
from cp.services.backing_up.problems import BackupProblem

BESIDE = ".restoring"
COMPANIONS = ("-wal", "-shm", "-journal")
RUNNING = "The site or the worker is using this database. Stop both first."


def refuse(url: str, *, replace: bool) -> None:
    """Raises BackupProblem where data is there already, or somebody works with it."""
    path = _path(url)
    if path.exists() and not replace:
        raise BackupProblem(f"{path} holds a directory already. To put the backup in its place, add --replace.")
    with _alone(path):
        pass


def put(url: str, parts: Iterable[bytes], made_at: datetime) -> None:
    """Raises BackupProblem. Nothing of it lies in another folder than the data, at any moment."""
    path = _path(url)
    new = path.with_name(path.name + BESIDE)
    try:
        _write(new, parts)
        _mark(new, made_at)
        with _alone(path):
            _without_companions(path)
            _for_the_same_people(path, new)
            new.replace(path)
            lodging.sync(path.parent)
    finally:
        new.unlink(missing_ok=True)
        _without_companions(new)


def _path(url: str) -> Path:
    return Path(make_url(url).database or "")


def _write(new: Path, parts: Iterable[bytes]) -> None:
    new.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    _without_companions(new)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


def _for_the_same_people(path: Path, new: Path) -> None:
    """Whoever runs the site reads and writes it, whoever restored it."""
    if not path.exists():
        return
    before = path.stat()
    if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
        os.chown(new, before.st_uid, before.st_gid)
    new.chmod(before.st_mode & 0o777)


def _mark(new: Path, made_at: datetime) -> None:
    """Whole by itself, and marked; with no log beside it that a rename would leave behind."""
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=FULL")
        if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise BackupProblem("The database in this backup is damaged. Nothing was changed. Use another one.")
        connection.execute("BEGIN IMMEDIATE")
        for statement in database.mark_unfinished(made_at):
            connection.execute(statement)
        connection.execute("COMMIT")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else has the database open, and its log is written into it. One that is broken is nobody's.

    A program that works with it holds it from its first statement until it ends, also while it does nothing.
    """
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as problem:
            if "locked" in str(problem):
                raise BackupProblem(RUNNING) from None
        yield


def _without_companions(path: Path) -> None:
    """A log of what was there before would be read into what comes now."""
    for ending in COMPANIONS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
