"""A school answers by itself: the link that it was given, and what it said."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, new_uid
from cp.terms import SchoolQuestion


class SchoolLink(Base):
    """By this, whoever has it answers for one organisation until a moment: known here by the hash of its token."""

    __tablename__ = "school_link"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Nobody where it was made at the server itself."""
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    """When the last of the questions was answered, by this link or one before it; answers may be changed afterwards."""


class SchoolAnswer(Base):
    """The newest answer of an organisation to one question."""

    __tablename__ = "school_answer"
    __table_args__ = (UniqueConstraint("organisation_id", "question"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    question: Mapped[SchoolQuestion]
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    """As `cp/services/implementation/answers.py` reads it."""
    saved_at: Mapped[datetime]
