"""The lodge: a folder outside the data and its backups, in which every note stands in the order it was made.

One line of JSON a note, ten thousand notes a file, only ever appended to and on the disk before it counts. A line that
a killed process left half written is no note; the next line begins after it.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditNote
from cp.services.audit_seals import breaks
from cp.services.audit_seals.sealing import Log, Wrong

A_FILE = 10_000
TAIL = 64 * 1024
"""Bytes in which the newest note of a file is looked for first."""


@dataclass(frozen=True)
class Lodged:
    id: int
    kind: str
    size: int
    note: str


def files(folder: Path, origin: str) -> list[Path]:
    """Those of one log, the oldest first."""
    return sorted(folder.glob(f"{_short(origin)}-*.jsonl"))


def others(folder: Path, origin: str) -> set[str]:
    """What logs of another directory are lodged there, as far as their files' names tell."""
    own = _short(breaks.numbered(origin)[0])
    found = {path.name.partition("-")[0] for path in folder.glob("*-*.jsonl")}
    return {name for name in found if name.partition(".")[0] != own}


def newest(folder: Path, origin: str) -> str:
    """The last log of the same directory that is lodged there, or this one."""
    base, number = breaks.numbered(origin)
    names = {path.name.partition("-")[0] for path in folder.glob(f"{_short(base)}.*-*.jsonl")}
    numbers = [int(name.partition(".")[2]) for name in names if name.partition(".")[2].isdecimal()]
    return breaks.named(base, max([number, *numbers]))


def notes_of(folder: Path, origin: str) -> Iterator[Lodged]:
    """All of one log, in the order they were made."""
    for path in files(folder, origin):
        yield from read(path)


def read(path: Path) -> Iterator[Lodged]:
    with path.open("rb") as file:
        for line in file:
            if (one := _parsed(line)) is not None:
                yield one


def last(folder: Path, origin: str) -> Lodged | None:
    """The newest note of one log; of a file that holds none yet, that of the file before."""
    for path in reversed(files(folder, origin)):
        found = _newest(path, TAIL) or _newest(path, path.stat().st_size)
        if found is not None:
            return found
    return None


def _newest(path: Path, size: int) -> Lodged | None:
    """Of the last so many bytes of a file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - size))
        parsed = [one for line in file if (one := _parsed(line)) is not None]
    return max(parsed, key=lambda one: one.id, default=None)


AGAIN = "If a backup was restored, and nothing newer can be, run: flask --app app audit begin-again"


def lodge(session: Session, folder: Path, log: Log) -> int:
    """Append what is not lodged yet; how many. Raises OSError, and Wrong where the lodge holds what we do not."""
    if (more := ahead(session, folder, log)) is not None:
        raise Wrong(f"{more}: the database is an older one, or was changed. {AGAIN}")
    origin, before = log.origin, last(folder, log.origin)
    after = before.id if before else log.begins - 1
    query = select(AuditNote).where(AuditNote.id > after).order_by(AuditNote.id).limit(A_FILE)
    waiting = session.scalars(query).all()
    for number in sorted({(note.id - 1) // A_FILE for note in waiting}):
        path = folder / f"{_short(origin)}-{number:06}.jsonl"
        _append(path, [note for note in waiting if (note.id - 1) // A_FILE == number])
    return len(waiting)


def ahead(session: Session, folder: Path, log: Log) -> str | None:
    """What the lodge holds that the database does not; None where the log may go on."""
    later = newest(folder, log.origin)
    if later != log.origin:
        return f"The lodge holds a later log, {later}, that the database does not"
    before = last(folder, log.origin)
    known = session.get(AuditNote, before.id) if before else None
    if before is None or (known is not None and known.text == before.note):
        return None
    return f"The lodge holds a checkpoint of {before.size} entries that the database does not"


def _append(path: Path, waiting: Sequence[AuditNote]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = not path.exists()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        lines = [
            json.dumps({"id": note.id, "kind": note.kind, "size": note.size, "note": note.text}) for note in waiting
        ]
        file.write((_begun(file.fileno()) + "\n".join(lines) + "\n").encode())
        file.flush()
        os.fsync(file.fileno())
    if new:
        _sync(path.parent)


def _begun(descriptor: int) -> str:
    """What ends a line that was left half written."""
    size = os.fstat(descriptor).st_size
    return "\n" if size and os.pread(descriptor, 1, size - 1) != b"\n" else ""


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parsed(line: bytes) -> Lodged | None:
    try:
        kept = json.loads(line)
        return Lodged(int(kept["id"]), str(kept["kind"]), int(kept["size"]), str(kept["note"]))
    except (ValueError, KeyError, TypeError):
        return None


def _short(origin: str) -> str:
    """What its files are called: its own part of the name, and which of a directory's logs it is."""
    base, number = breaks.numbered(origin)
    return base.rpartition("/")[2] + (f".{number}" if number > 1 else "")
