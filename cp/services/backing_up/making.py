"""A backup made, proven and put in place; and old ones made unreadable."""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cp import lodging
from cp.services.backing_up import copying, envelope, keys
from cp.services.backing_up.envelope import Header
from cp.services.backing_up.keys import BackupKey
from cp.services.backing_up.problems import BackupProblem
from cp.services.retention.believing import Believed


@dataclass(frozen=True, slots=True)
class Made:
    file: Path
    size: int


@dataclass(frozen=True, slots=True)
class Source:
    """A database, the version of its tables, and the proofs of the keys that it is sealed with."""

    url: str
    revision: str
    engine: str
    proofs: dict[int, str]


def back_up(source: Source, folder: Path, key_folder: Path, now: datetime) -> Made:
    """Raises BackupProblem, and then there is neither a new backup nor a new key.

    Killed at any moment it leaves a backup that is whole, or none: what has no name yet goes with the next one.
    """
    if key_folder.is_relative_to(folder) or folder.is_relative_to(key_folder):
        raise BackupProblem("A backup must not lie beside its key: choose another folder.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with keys.alone(key_folder):
        _clear(key_folder)
        key = keys.make(key_folder, folder, now)
        try:
            told = _seal(source, key)
            _prove(keys.of(key_folder, key.id), told)
        except BaseException:
            keys.destroy(key_folder, key)
            raise
        key = keys.finish(key_folder, key)
        _name(key)
        return Made(key.file, key.file.stat().st_size)


def _seal(source: Source, key: BackupKey) -> str:
    header = Header(key.id, key.made_at, source.revision, source.engine, source.proofs)
    descriptor = os.open(key.part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        told = envelope.write(out, header, key.secret, copying.parts(source.url))
        out.flush()
        os.fsync(out.fileno())
    return told


def _prove(key: BackupKey, told: str) -> None:
    """Opened again from the disk, with the key as it lies there, it says what was read from the database."""
    found = hashlib.sha256()
    with key.part.open("rb") as file:
        for chunk in envelope.read(file, key.secret):
            found.update(chunk)
    if found.hexdigest() != told:
        raise BackupProblem("What was written is not what was read. Is the disk sound?")


def _name(key: BackupKey) -> None:
    key.part.replace(key.file)
    lodging.sync(key.file.parent)


def _clear(key_folder: Path) -> None:
    """What a backup left that was killed: one that was proven gets its name, any other goes with its key."""
    for key in keys.every(key_folder):
        if not key.finished:
            keys.destroy(key_folder, key)
        elif key.part.exists():
            _name(key)


def forget(key_folder: Path, lodge: Path, now: Believed) -> int:
    """Destroy every key that is 35 days old, its backup with it; how many. While a backup is made, later."""
    lodging.forget(lodge, now)
    if not keys.due(key_folder, now):
        return 0
    with keys.alone(key_folder):
        due = keys.due(key_folder, now)
        for key in due:
            keys.destroy(key_folder, key)
        return len(due)
