"""Other systems that send rows by themselves: what each holds to show whose it is, and what it asked lately."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid


class MachineCredential(Base):
    """By it one system sends for one organisation, and reads nothing. Known here by a keyed hash of its secret."""

    __tablename__ = "machine_credential"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    """What the system is called, never a person."""
    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Nobody where it was made at the server itself."""
    issued_at: Mapped[datetime]
    ends_on: Mapped[date]
    """The first day on which it opens nothing any more."""
    revoked_at: Mapped[datetime | None]
    last_used_on: Mapped[date | None]


class MachineRequest(Base):
    """One request that came with a credential: for a day, it is counted by this and known again by it."""

    __tablename__ = "machine_request"
    __table_args__ = (Index("ix_machine_request_credential_id_at", "credential_id", "at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    credential_id: Mapped[int] = mapped_column(ForeignKey("machine_credential.id"))
    at: Mapped[datetime]
    key_hash: Mapped[bytes | None]
    """Of the Idempotency-Key that the system gave it, where it gave one."""
    fingerprint: Mapped[int] = mapped_column(Key)
    """A keyed hash of what was sent."""
    file_id: Mapped[int | None] = mapped_column(ForeignKey("supply_file.id"))
    answer_sealed: Mapped[bytes | None]

    answer: Any = Sealed()
    """The receipt; nothing where the request was refused, or was one that came before."""
