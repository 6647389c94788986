"""What somebody says has changed in a child's life, until the management team has looked at it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid
from cp.terms import ChangeAnswer, ChangeKind


class Change(Base):
    """Nothing of it is on the record before somebody of the management team says that it is true."""

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (decided_at IS NULL)", "decided_once"),
        Index("ix_change_waiting", "due_on",
              sqlite_where=text("decided_at IS NULL"), postgresql_where=text("decided_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    """The record on which it was told; a record that is joined into another takes it along."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[ChangeKind]
    told_at: Mapped[datetime]
    due_on: Mapped[date]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[ChangeAnswer | None]
    facts_sealed: Mapped[bytes]

    facts: Any = Sealed()
    """{"on": ISO date or None where it is not known, "to": MovedTo value or None}"""
