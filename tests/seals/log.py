"""What the tests ask the log: its places, its entries, what lies in the lodge."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.config import Config
from cp.models import AuditEvent, AuditLeaf
from cp.services.audit_seals import lodging


def leaves(session: Session) -> list[tuple[int, int, bytes]]:
    session.rollback()
    columns = AuditLeaf.position, AuditLeaf.entry_id, AuditLeaf.leaf
    found = [(row.position, row.entry_id, row.leaf) for row in session.execute(select(*columns).order_by(columns[0]))]
    session.rollback()
    return found


def entries(session: Session) -> list[tuple[int, bytes]]:
    session.rollback()
    query = select(AuditEvent.id, AuditEvent.leaf).order_by(AuditEvent.id)
    found = [(row.id, row.leaf) for row in session.execute(query)]
    session.rollback()
    return found


def lodged_sizes(config: Config) -> list[tuple[str, int]]:
    found = [one for path in sorted(config.lodge.glob("*.jsonl")) for one in lodging.read(path)]
    return [(one.kind, one.size) for one in sorted(found, key=lambda one: one.id)]
