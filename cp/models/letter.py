"""Letters made for organisations on their way to being live: who made which, when, for whom. No text is kept."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, new_uid
from cp.terms import LetterKind, LetterWay, Need


class LetterRun(Base):
    """Letters of one kind that were made together."""

    __tablename__ = "letter_run"
    __table_args__ = (Index("ix_letter_run_authority_id_made_at", "authority_id", "made_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    kind: Mapped[LetterKind]
    way: Mapped[LetterWay]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    letters: Mapped[int]
    """How many."""


class Letter(Base):
    """That one organisation was written to."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("letter_run.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    need: Mapped[Need]
    """What it needed on the day: a reminder says it."""
