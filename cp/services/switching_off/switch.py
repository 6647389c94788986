"""Switched off, nobody is answered; until the destruction has begun it can be switched on again.

The real ContactPoint was switched off at noon on 6 August 2010, and everything in it was to be destroyed within eight
weeks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, MetaData, Table, func, select
from sqlalchemy.orm import Session

from cp import lodging
from cp.models import AuditEvent, new_uid
from cp.services import audit
from cp.services.backing_up import keys
from cp.services.restoring import ended
from cp.terms import Act

WITHIN = timedelta(weeks=8)
AUDIT, VERSION = "audit_", "alembic_version"
"""What stays: with nothing left that its random ids lead to, the audit names nobody."""


class NotNow(Exception):
    """The sentence why this cannot be done."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a destruction would take: rows of each table, backups with a key; and what stays."""

    rows: dict[str, int]
    backups: int
    entries: int


def switch_off(session: Session, lodge: Path, now: datetime) -> datetime:
    """From the next request on nobody is answered, and every session is ended. Answers by when all must be destroyed.

    A second time changes nothing, and answers the same.
    """
    held = lodging.facts(lodge, lodging.SWITCHED_OFF)
    if held is None:
        lodging.set_down(lodge, lodging.SWITCHED_OFF, {"at": now.isoformat(), "by": (now + WITHIN).isoformat()})
        ended.end_sessions(session, now)
        _note(session, "switched_off")
    return due_by(lodge) or now + WITHIN


def due_by(lodge: Path) -> datetime | None:
    """None where the directory is on, or what was set down cannot be read."""
    held = lodging.facts(lodge, lodging.SWITCHED_OFF) or {}
    return datetime.fromisoformat(held["by"]) if "by" in held else None


def switch_on(session: Session, lodge: Path) -> bool:
    """False where it was on. Raises NotNow once the destruction has begun."""
    if lodging.facts(lodge, lodging.SWITCHED_OFF) is None:
        return False
    if lodging.facts(lodge, lodging.DESTRUCTION) is not None:
        raise NotNow("The destruction of this directory has begun. There is no way back.")
    _note(session, "switched_on")
    session.commit()
    lodging.take_away(lodge, lodging.SWITCHED_OFF)
    return True


def rehearse(owner: Engine, key_folder: Path) -> Rehearsal:
    """Nothing is changed."""
    with Session(owner) as session:
        entries = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
        return Rehearsal(count(session), len(keys.every(key_folder)), entries)


def count(session: Session) -> dict[str, int]:
    """Rows of each table that is to go, whatever made it."""
    found = {}
    for table in tables(session):
        if rows := session.scalar(select(func.count()).select_from(table)):
            found[table.name] = rows
    return found


def tables(session: Session) -> list[Table]:
    """As they are in the database, those that others point at first."""
    known = MetaData()
    known.reflect(session.connection())
    return [table for table in known.sorted_tables if table.name != VERSION and not table.name.startswith(AUDIT)]


def _note(session: Session, what: str) -> None:
    audit.record(session, None, Act.SET_UP, audit.About(reason=what), request_id=new_uid())
