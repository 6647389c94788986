"""The keys of backups: a file each, in a folder that is in no backup, destroyed with the backup after 35 days.

While its key is there a backup opens, wherever a copy of it lies; afterwards none does.
"""

import base64
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from cp import lodging
from cp.services.backing_up.problems import BackupProblem

KEPT = timedelta(days=35)
ENDING = ".key"
BEING_MADE = ".part"


@dataclass(frozen=True, slots=True)
class BackupKey:
    """`file` is where the backup was put; `finished` when it was proven to open."""

    id: str
    secret: bytes
    made_at: datetime
    file: Path
    finished: bool = False

    @property
    def part(self) -> Path:
        """The backup while it is made."""
        return self.file.with_name(self.file.name + BEING_MADE)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One backup at a time. Raises BackupProblem while another one is made, or where others could read the keys."""
    import fcntl

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        raise BackupProblem(f"Others can read the folder of keys. Run: chmod 700 {folder}")
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupProblem("Another backup is being made. Wait until it is done.") from None
        yield


def make(folder: Path, file_of: Path, now: datetime) -> BackupKey:
    """A new key, on the disk before anything is sealed with it."""
    number = secrets.token_hex(8)
    file = file_of / f"contactpoint-{now:%Y-%m-%d-%H%M%S}-{number[:6]}.backup"
    made = BackupKey(number, secrets.token_bytes(32), now, file)
    _put(folder, made)
    return made


def finish(folder: Path, key: BackupKey) -> BackupKey:
    done = replace(key, finished=True)
    _put(folder, done)
    return done


def _put(folder: Path, key: BackupKey) -> None:
    facts = {
        "id": key.id, "key": base64.b64encode(key.secret).decode(), "made_at": key.made_at.isoformat(),
        "file": str(key.file), "finished": key.finished,
    }  # fmt: skip
    lodging.set_down(folder, key.id + ENDING, facts)


def of(folder: Path, number: str) -> BackupKey:
    """Raises BackupProblem where the key was destroyed, or was never here."""
    found = _read(folder / f"{number}{ENDING}") if number.isalnum() else None
    if found is None:
        raise BackupProblem(
            f"The key of this backup is not in {folder}. Keys are destroyed {KEPT.days} days after the backup was "
            "made; one that was made elsewhere needs the key from there, or CP_BACKUP_KEYS."
        )
    return found


def every(folder: Path) -> list[BackupKey]:
    found = (_read(path) for path in sorted(folder.glob(f"*{ENDING}")))
    return [key for key in found if key]


def _read(path: Path) -> BackupKey | None:
    """None where there is none, and for one that is not right, which opens nothing."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        secret = base64.b64decode(kept["key"], validate=True)
        made_at = datetime.fromisoformat(kept["made_at"])
        return BackupKey(str(kept["id"]), secret, made_at, Path(kept["file"]), bool(kept["finished"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def destroy(folder: Path, key: BackupKey) -> None:
    """The key first, overwritten where it lies, then the backup; after the first the second is noise."""
    overwrite(folder / f"{key.id}{ENDING}")
    for file in (key.part, key.file):
        file.unlink(missing_ok=True)


def overwrite(path: Path) -> None:
    """Take away a file that holds a key, its bytes first; nothing where it is gone already."""
    with suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_WRONLY)
        try:
            os.write(descriptor, secrets.token_bytes(path.stat().st_size))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        path.unlink()
        lodging.sync(path.parent)


def due(folder: Path, now: datetime) -> list[BackupKey]:
    return [key for key in every(folder) if key.made_at + KEPT <= now]
