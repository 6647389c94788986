"""Whom to contact at an organisation that is being brought in, and every contact that was made."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, new_uid
from cp.terms import ContactBy, ContactOutcome, NextStep


class SchoolContact(Base):
    """Somebody at an organisation, as the implementation manager reaches them. One who is removed stays, for the log
    names them."""

    __tablename__ = "school_contact"
    __table_args__ = (
        Index("ix_school_contact_main", "organisation_id", unique=True,
              sqlite_where=text("main AND removed_at IS NULL"), postgresql_where=text("main AND removed_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    version: Mapped[int] = mapped_column()
    """Counts up with each change, so that of two people who change it at once the second is told."""
    name: Mapped[str] = mapped_column(String(200))
    post: Mapped[str] = mapped_column(String(120))
    """In the school's own word: "Bursar"."""
    phone: Mapped[str | None] = mapped_column(String(20))
    """E.164."""
    email: Mapped[str | None] = mapped_column(String(200))
    main: Mapped[bool]
    """Letters are for this one; one of each organisation at most."""
    removed_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once


class ContactMade(Base):
    """One entry of the log. It is never changed: a wrong one is taken back, and stays."""

    __tablename__ = "contact_made"
    __table_args__ = (
        CheckConstraint("(next_step IS NULL) = (next_on IS NULL)", "next_has_its_day"),
        CheckConstraint("done_on IS NULL OR next_step IS NOT NULL", "only_a_step_is_done"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """Who wrote it down."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("school_contact.id"))
    """None: with nobody who is named."""
    recorded_at: Mapped[datetime]
    made_on: Mapped[date]
    by: Mapped[ContactBy]
    outcome: Mapped[ContactOutcome]
    next_step: Mapped[NextStep | None]
    next_on: Mapped[date | None]
    """By when."""
    done_on: Mapped[date | None]
    """When somebody said that the next step is done."""
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
