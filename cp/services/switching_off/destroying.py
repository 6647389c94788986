"""The whole directory destroyed: keys and data, wherever a copy lies; the audit stays, and a certificate says so.

It is begun once and goes on where it stopped. First the keys of backups, then the tables, then the key itself: at no
moment in between does a start fail, so that it can be run again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cp import keyfile, lodging
from cp.config import Config
from cp.models import AuditEvent, new_uid
from cp.sealing import KeyProblem
from cp.services import audit
from cp.services.backing_up import keys
from cp.services.switching_off import switch
from cp.services.switching_off.switch import NotNow
from cp.terms import Act

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that there is to destroy."""

    owner: Engine
    own: Config


def destroy(held: Held, people: Sequence[str], now: datetime) -> Path:
    """Answers where the certificate is. Raises NotNow where the directory is not switched off.

    `people` are the names of the two; not asked again where it was begun.
    """
    lodge = held.own.lodge
    if lodging.facts(lodge, lodging.SWITCHED_OFF) is None:
        raise NotNow("Switch the directory off first: flask --app app switch-off")
    begun = lodging.facts(lodge, lodging.DESTRUCTION) or _begin(held, people, now)
    if lodging.facts(lodge, lodging.CERTIFICATE) is None:
        with keys.alone(held.own.backup_keys):
            for key in keys.every(held.own.backup_keys):
                keys.destroy(held.own.backup_keys, key)
        _drop(held.owner)
        keys.overwrite(held.own.key_file)
        for path in lodge.glob("protected-*"):
            path.unlink(missing_ok=True)
        lodging.set_down(lodge, lodging.CERTIFICATE, _certificate(held, begun, now))
    return lodge / lodging.CERTIFICATE


def _begin(held: Held, people: Sequence[str], now: datetime) -> Facts:
    """What there was is counted while it is there."""
    with Session(held.owner) as session, session.begin():
        begun = {
            "begun_at": now.isoformat(),
            "people": list(people),
            "rows": switch.count(session),
            "keys": _key_numbers(held.own.key_file),
            "backups": [key.id for key in keys.every(held.own.backup_keys)],
        }
        audit.record(session, None, Act.SET_UP, audit.About(reason="destruction_begun"), request_id=new_uid())
        session.flush()
        lodging.set_down(held.own.lodge, lodging.DESTRUCTION, begun)
    return begun


def _key_numbers(path: Path) -> list[int]:
    try:
        return list(keyfile.read(path).keys)
    except KeyProblem:
        return []


def _drop(owner: Engine) -> None:
    """Every table but the audit, and what was written in them out of the files.

    SQLite overwrites what is dropped and writes the file anew; PostgreSQL takes the files of the tables away.
    """
    with Session(owner) as session:
        gone = [f'"{table.name}"' for table in reversed(switch.tables(session))]
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver = connection.connection
        if owner.dialect.name == "postgresql":
            if gone:
                connection.exec_driver_sql(f"DROP TABLE {', '.join(gone)} CASCADE")
            return
        driver.execute("PRAGMA foreign_keys=OFF")
        for table in gone:
            driver.execute(f"DROP TABLE {table}")
        driver.execute("VACUUM")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _certificate(held: Held, begun: Facts, now: datetime) -> Facts:
    """Counts and hashes, no child and nobody else than the two who answer for it."""
    with Session(held.owner) as session:
        leaves = session.scalars(select(AuditEvent.leaf).order_by(AuditEvent.id)).all()
    due = switch.due_by(held.own.lodge)
    said: Facts = {
        **begun,
        "destroyed_at": now.isoformat(),
        "within_eight_weeks": due is not None and now <= due,
        "audit": {"entries": len(leaves), "sha256_of_leaves": hashlib.sha256(b"".join(leaves)).hexdigest()},
    }
    return said | {"sha256": hashlib.sha256(repr(sorted(said.items())).encode()).hexdigest()}
