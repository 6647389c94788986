"""Which entries are sealed next: committed ones, in an order that no late commit can slip under."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Select, literal_column, or_, select, text
from sqlalchemy.orm import Session

from cp.models import AuditEvent, AuditLeaf, AuditNote
from cp.terms import NoteKind

BATCH = 1000
XMIN = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", BigInteger)
_XMAX = literal_column("pg_snapshot_xmax(pg_current_snapshot())::text::bigint", BigInteger)
UNPLACED = select(AuditLeaf.position).where(AuditLeaf.entry_id == AuditEvent.id).scalar_subquery().is_(None)
"""Asked of one entry after another, so that PostgreSQL reads the newest: for `NOT EXISTS` it reads the whole log."""
_SERVER = text("SELECT system_identifier::text FROM pg_control_system()")


@dataclass(frozen=True)
class Batch:
    """Entries that may be sealed now, in the order of their places; `upto` and `server` are for the next batch."""

    entries: Sequence[tuple[int, bytes]]
    upto: int
    server: str
    full: bool


def newest(session: Session) -> AuditNote | None:
    """The newest checkpoint."""
    query = select(AuditNote).where(AuditNote.kind == NoteKind.CHECKPOINT)
    return session.scalars(query.order_by(AuditNote.size.desc(), AuditNote.id.desc()).limit(1)).first()


def take(session: Session, last: AuditNote | None) -> Batch:
    """At most BATCH entries after those that are sealed."""
    if session.get_bind().dialect.name == "sqlite":
        return _by_id(session, last)
    return _by_transaction(session, last)


def _by_id(session: Session, last: AuditNote | None) -> Batch:
    """SQLite gives out ids in the order of the commits: one transaction writes at a time."""
    upto = last.upto if last and last.upto is not None else 0
    query = select(AuditEvent.id, AuditEvent.leaf).where(AuditEvent.id > upto).order_by(AuditEvent.id).limit(BATCH)
    rows = [(entry, leaf) for entry, leaf in session.execute(query)]
    return Batch(rows, rows[-1][0] if rows else upto, "", len(rows) == BATCH)


def begins(session: Session, last: AuditNote | None) -> tuple[str, int]:
    """This server, and up to which of its transactions everything is sealed."""
    server = str(session.scalars(_SERVER).one())
    return server, last.upto if last and last.upto is not None and last.server == server else 0


def _by_transaction(session: Session, last: AuditNote | None) -> Batch:
    """PostgreSQL gives out ids before the commits: so the entries of transactions below which none is still running.

    A directory that came from another server brings transactions of before, which count from another beginning.
    """
    server, begin = begins(session, last)
    rows = session.execute(_unsealed().where(AuditEvent.transaction_id >= begin).limit(BATCH)).all()
    if not rows:
        return Batch([], begin, server, False)
    full = len(rows) == BATCH
    upto = min(rows[-1].xmin, rows[-1].transaction_id) if full else rows[-1].xmin
    return Batch([(row.id, row.leaf) for row in rows], upto, server, full)


def _unsealed() -> Select[int, bytes, int | None, int]:
    """A transaction that nobody has begun yet here, and that is seen all the same, is another server's."""
    ended = or_(AuditEvent.transaction_id < XMIN, AuditEvent.transaction_id >= _XMAX)
    columns = AuditEvent.id, AuditEvent.leaf, AuditEvent.transaction_id, XMIN.label("xmin")
    return select(*columns).where(ended, UNPLACED).order_by(AuditEvent.transaction_id, AuditEvent.id)
