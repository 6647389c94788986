"""Facts of records that somebody says are wrong: who says so, whose word it is, what was found."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid
from cp.terms import Disputable, DisputeFinding, ToldBy


class Dispute(Base):
    """One fact of one record, disputed since somebody first said so, until it is decided or everybody took it back."""

    __tablename__ = "dispute"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    fact: Mapped[Disputable]
    opened_at: Mapped[datetime]
    due_on: Mapped[date]
    """The last good day for an answer, as it was when it was disputed."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who of the management team took it."""
    finding: Mapped[DisputeFinding | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    """When the last who disputed it took that back."""
    facts_sealed: Mapped[bytes]

    facts: Any = Sealed()
    """{"value": what was disputed, as rules/findings.py compares it, "says": the same as a person reads it}."""


class Voice(Base):
    """One person who says that it is wrong."""

    __tablename__ = "dispute_voice"
    __table_args__ = (UniqueConstraint("dispute_id", "account_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    said_at: Mapped[datetime]
    told_by: Mapped[ToldBy]
    withdrawn_at: Mapped[datetime | None]
    words_sealed: Mapped[bytes]

    words: Any = Sealed()
    """One line: what is right, or nothing. For the management team and for whoever wrote it."""


class DisputedWord(Base):
    """A source that said what is disputed: its supplier is told."""

    __tablename__ = "disputed_word"

    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("source_record.id"), primary_key=True, index=True)
