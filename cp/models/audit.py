"""The audit: what was done, by whom, to which record. Rows are only ever added."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key
from cp.terms import Act, Decision


class AuditEvent(Base):
    """Ids, never names. `canonical` is what is hashed; the columns repeat it for reading.

    No foreign keys: an entry must outlive what it speaks of.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_subject_id", "subject_id"),
        Index("ix_audit_event_account_id_at", "account_id", "at"),
        Index("ix_audit_event_at", "at"),
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
    canonical: Mapped[bytes]
    salt: Mapped[bytes]
    leaf: Mapped[bytes]
    transaction_id: Mapped[int | None] = mapped_column(BigInteger)
    """PostgreSQL's own; a sealer needs it to take entries in an order that no late commit can slip under."""
