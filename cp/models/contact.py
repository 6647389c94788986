"""Requests to be put in touch, which the management team brokers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid
from cp.terms import ContactAbout, ContactReason, Reach


class ContactRequest(Base):
    """Somebody asks the management team to be put in touch. What became of it is sealed, whatever it was."""

    __tablename__ = "contact_request"
    __table_args__ = (Index("ix_contact_request_authority_id_asked_at", "authority_id", "asked_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    reference: Mapped[int] = mapped_column(unique=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    """That answers for the record: its management team is asked."""
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    about: Mapped[ContactAbout]
    reason: Mapped[ContactReason]
    reach: Mapped[Reach]
    asked_at: Mapped[datetime]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who of the management team took it."""
    passed_key: Mapped[int] = mapped_column(Key, index=True)
    """Whom it was passed to, as a keyed hash; a random number while to nobody, so that the two look alike."""
    entry_key: Mapped[int] = mapped_column(Key, index=True)
    """The sensitive entry by which it reached a service, in the same way: found again when consent is withdrawn."""
    facts_sealed: Mapped[bytes]

    facts: Any = Sealed()
    """See services/contact/facts.py."""
