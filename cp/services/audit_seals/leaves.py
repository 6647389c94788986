"""What can be checked of each entry by itself: its columns against its leaf."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session

from cp.models import AuditEvent, AuditNote
from cp.services import audit

BATCH = 1000
CONTENTS = (AuditEvent.salt, *(type_coerce(getattr(AuditEvent, name), String).label(name) for name in audit.FACTS))
"""What its leaf is the hash of, as it stands in the database: for `said`."""


def said(row: Mapping[Any, Any]) -> bytes:
    """The canonical bytes of a row of CONTENTS. None at all where a column holds what nobody wrote there: the same id
    or moment in another writing is found by no query that asks for it.
    """
    try:
        return audit.canonical_bytes({name: _written(name, row[name]) for name in audit.FACTS})
    except (TypeError, ValueError):
        return b""


def _written(name: str, value: Any) -> object:
    """SQLite has texts for ids and moments, PostgreSQL its own kinds."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if name == "at":
        at = datetime.fromisoformat(value)
        return _same(at.replace(tzinfo=UTC), at.isoformat(" ", "microseconds"), value)
    if name.endswith("_id") and isinstance(value, str):
        uid = UUID(value)
        return _same(uid, uid.hex, value)
    return value


def _same(read: object, written: str, value: str) -> object:
    if written != value:
        raise ValueError
    return read


@dataclass(frozen=True)
class Checked:
    """`problems` are sentences with entry numbers; empty when all that can be checked holds."""

    entries: int
    problems: list[str]


def verify(session: Session) -> Checked:
    """Every entry from the first to the last: its columns against its leaf, and no gap.

    What is missing among those that were sealed is found by the seals (`audit_seals/checking.py`).
    """
    count, problems, before = 0, [], session.scalar(_SEALED) or 0
    gaps_tell = session.get_bind().dialect.name == "sqlite"  # a PostgreSQL sequence leaves gaps at every rollback
    for entry in _entries(session):
        count += 1
        if gaps_tell and entry.id > before + 1:
            problems.append(f"Entries {before + 1} to {entry.id - 1} are missing.")
        before = max(before, entry.id)
        if not _whole(entry):
            problems.append(f"Entry {entry.id} does not have the hash of what it says.")
    return Checked(count, problems)


_SEALED = select(func.max(AuditNote.upto))


def _whole(entry: Any) -> bool:
    says = said(entry._mapping)
    return bool(says) and isinstance(entry.salt, bytes) and entry.leaf == audit.leaf_of(entry.salt, says)


def _entries(session: Session) -> Iterator[Any]:
    last = 0
    while True:
        query = select(AuditEvent.id, AuditEvent.leaf, *CONTENTS).where(AuditEvent.id > last).order_by(AuditEvent.id)
        batch = session.execute(query.limit(BATCH)).all()
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1].id
