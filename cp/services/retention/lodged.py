"""Which records were destroyed, kept outside the database: a restored backup is cleared of them by this list.

A file for each certificate, with a line for each record: its uid, the instant, the certificate. No name is in it.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Certificate, Destroyed

FOLDER = "destroyed"
"""In `Config.lodge`."""


def lodge(session: Session, folder: Path) -> int:
    """Write what has been destroyed and is not in the folder yet, and note it. Returns how many certificates.

    To be called after the commit of the destruction, and again at any later time: a crash in between loses nothing.
    What was written and not noted is written again, the same.
    """
    waiting = session.scalars(select(Certificate).where(Certificate.lodged_at.is_(None)).order_by(Certificate.id)).all()
    gone = select(Destroyed.child_uid).order_by(Destroyed.id)
    for one in waiting:
        _write(folder, one.uid, one.at, session.scalars(gone.where(Destroyed.certificate_id == one.id)).all())
    for one in waiting:
        one.lodged_at = clock.now()
    session.flush()
    return len(waiting)


def _write(folder: Path, certificate: UUID, at: datetime, children: Sequence[UUID]) -> None:
    """Whole or not at all, and on the disk before this returns."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [f"{uid} {at.isoformat(timespec='microseconds')} {certificate}\n" for uid in children]
    being_written, to = folder / f".{certificate}", folder / f"{certificate}.txt"
    with being_written.open("w", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    being_written.replace(to)
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def destroyed(folder: Path) -> list[UUID]:
    """The uid of every record that was ever destroyed, each once, the first first. `folder`: as `lodge` was given.

    Raises ValueError where a line of it is not one that `lodge` wrote.
    """
    lines = [line.split() for file in sorted(folder.glob("*.txt")) for line in file.read_text("ascii").splitlines()]
    if any(len(parts) != len(("uid", "at", "certificate")) for parts in lines):
        raise ValueError(f"{folder} holds a line that does not say what was destroyed")
    by_instant = sorted((datetime.fromisoformat(at), UUID(uid)) for uid, at, _ in lines)
    return list(dict.fromkeys(uid for _, uid in by_instant))
