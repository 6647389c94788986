"""The audit: what was done, by whom, to which record. Rows are only ever added."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, pointing
from cp.terms import Act, Decision, NoteKind


class AuditEvent(Base):
    """Ids, never names. `leaf` is the hash of what the columns say, as `services/audit.py` puts it down, and the salt.

    No foreign keys: an entry must outlive what it speaks of.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_subject_id", "subject_id"),
        Index("ix_audit_event_account_id_at", "account_id", "at"),
        Index("ix_audit_event_at", "at"),
        pointing("transaction_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    act: Mapped[Act]
    decision: Mapped[Decision]
    account_id: Mapped[UUID | None]
    role: Mapped[str | None] = mapped_column(String(40))
    organisation_id: Mapped[UUID | None]
    authority_id: Mapped[UUID | None]
    principal_id: Mapped[UUID | None]
    """For whom an assistant did it."""
    subject_id: Mapped[UUID | None]
    object_id: Mapped[UUID | None]
    """The public id of the search, involvement or session that the entry is about."""
    parts: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(String(60))
    results: Mapped[int | None]
    request_id: Mapped[UUID]
    salt: Mapped[bytes]
    leaf: Mapped[bytes]
    transaction_id: Mapped[int | None] = mapped_column(BigInteger)
    """PostgreSQL's own; the sealer takes entries by it in an order that no late commit can slip under."""


class AuditLeaf(Base):
    """The place of an entry in the tree that is sealed (RFC 6962): it stays when the entry is lawfully gone."""

    __tablename__ = "audit_leaf"

    position: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    """From 0 on, without a gap."""
    entry_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    leaf: Mapped[bytes]


class AuditNote(Base):
    """What was signed: keys, checkpoints, checkpoints with the signatures of witnesses. Lodged outside as it is."""

    __tablename__ = "audit_note"
    __table_args__ = (Index("ix_audit_note_kind_size", "kind", "size"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    """From 1 on, without a gap."""
    at: Mapped[datetime]
    kind: Mapped[NoteKind]
    size: Mapped[int] = mapped_column(BigInteger)
    """How many leaves the tree had."""
    text: Mapped[str] = mapped_column(Text)
    """The signed note (C2SP signed-note)."""
    roots: Mapped[bytes | None]
    """Of a checkpoint, what the next one is computed from: the roots of the tree's whole subtrees, largest first."""
    upto: Mapped[int | None] = mapped_column(BigInteger)
    """Every entry before this is sealed: by transaction on PostgreSQL, by id on SQLite."""
    server: Mapped[str | None] = mapped_column(String(40))
    """Whose transactions `upto` counts: another PostgreSQL server counts its own."""
