"""What outlasts the database and every backup of it, in the folder of CP_LODGE: random ids, days and codes alone.

Here stands what a restore of an older backup must not take back (a shield set since, an account suspended since), and
that the directory is switched off or being restored. A restore never touches this folder.
"""

import json
import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

KEPT = timedelta(days=37)
"""No backup is older: its key is gone after 35 days."""
RUNNING = timedelta(minutes=10)
"""A line is written before its transaction commits: longer than this none runs."""
SWITCHED_OFF, RESTORING, DESTRUCTION, CERTIFICATE = (
    "switched-off.json", "restoring.json", "destruction.json", "certificate.json",
)  # fmt: skip


class Kind(StrEnum):
    """What was protected; the id is the child's subject id, an account's, or whatever else the kind says."""

    SHIELD = "shield"
    SEAL = "seal"
    ACCOUNT = "account"
    """Suspended or closed, or a role or right of it ended."""
    SECRET = "secret"  # noqa: S105 - a word for a kind
    """An account whose password or authenticator is another one now."""
    ORGANISATION = "organisation"
    """Its accreditation was withdrawn."""
    CREDENTIAL = "credential"
    CONSENT = "consent"
    """Withdrawn; the id by which the audit calls the entry."""
    STAY = "stay"
    """A consent to stay past 18, withdrawn."""
    STAYS = "stays"
    """A child's record for which such a consent was recorded."""
    SERVICE = "service"
    """An organisation that is sensitive now, or a team of it; for what, and which team (`sensitive/register.py`)."""
    HOLD = "hold"
    """A child's record that is not to be destroyed; before which day."""
    PARTED = "parted"
    """Two records that were joined and are two again, by the joining."""
    APART = "apart"
    """A child who is not another; the other one's subject id, nothing where it is a supplier's row."""


class Line(NamedTuple):
    at: datetime
    kind: Kind
    uid: UUID
    more: str = ""
    """What the kind says besides: no space is in it."""


_folder: Path | None = None


def use(folder: Path) -> None:
    """The folder of this process, from now on."""
    global _folder
    _folder = folder


def note(kind: Kind, uid: UUID, at: datetime, more: str = "") -> None:
    """Write a line, on the disk before this answers, and before what it speaks of is committed.

    Where the folder is full or away the log says so and the work goes on: a shield that could not be set would be
    worse than one that the next restore has to be told of.
    """
    if _folder is None:
        return
    try:
        _append(_folder, at, f"{at.astimezone(UTC).isoformat()} {kind} {uid} {more}".rstrip() + "\n")
    except OSError as problem:
        logging.getLogger(__name__).error("not lodged: %s, %s", kind, type(problem).__name__)


def _append(folder: Path, at: datetime, line: str) -> None:
    """A file a day, so that old ones go whole; short enough for one write."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"protected-{at.astimezone(UTC):%Y-%m-%d}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lines(folder: Path, since: datetime) -> Iterator[Line]:
    """What was protected since then, or while that moment's transactions ran. A line cut short was never committed."""
    for path in sorted(folder.glob("protected-*")):
        for text in path.read_text("ascii", "replace").splitlines():
            line = _line(text)
            if line and line.at >= since - RUNNING:
                yield line


def _line(text: str) -> Line | None:
    try:
        at, kind, uid, *more = text.split(" ", 3)
        return Line(datetime.fromisoformat(at), Kind(kind), UUID(uid), *more)
    except ValueError:
        return None


def forget(folder: Path, now: datetime) -> None:
    """What is older than any backup could be is needed by no restore, and says that somebody was here."""
    first = f"protected-{(now - KEPT).astimezone(UTC):%Y-%m-%d}"
    for path in folder.glob("protected-*"):
        if path.name < first:
            path.unlink(missing_ok=True)


def set_down(folder: Path, name: str, facts: dict[str, Any]) -> None:
    """One of the named files, whole or not at all, and on the disk."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = folder / f".{name}.{os.getpid()}.new"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, json.dumps(facts, indent=1, ensure_ascii=False).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    new.replace(folder / name)
    sync(folder)


def facts(folder: Path, name: str) -> dict[str, Any] | None:
    """What such a file says; None where there is none. One that cannot be read counts as there, and says nothing."""
    try:
        found: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return found


def take_away(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    if folder.exists():
        sync(folder)


def closed() -> str | None:
    """Why the site answers nobody: SWITCHED_OFF or RESTORING; None where it answers. Looked at before each request."""
    if _folder is None:
        return None
    return next((name for name in (SWITCHED_OFF, RESTORING) if os.path.lexists(_folder / name)), None)


def sync(folder: Path) -> None:
    """The folder's own list of files, on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
