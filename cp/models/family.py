"""Who asked about a record, and what was given out of the system."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid
from cp.terms import Asking, DisclosureGround


class FamilyRequest(Base):
    """A child or a parent asked who looked at the record, or what it says. Kept for half a year.

    Who asked, how that was made sure of and what was answered are sealed. The letter itself is not kept: it is written
    afresh from the audit and the record as they are.
    """

    __tablename__ = "family_request"
    __table_args__ = (Index("ix_family_request_authority_id_asked_at", "authority_id", "asked_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    reference: Mapped[int] = mapped_column(unique=True)
    """Six random digits, said as WL-482913: it tells nobody how many there are."""
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    about: Mapped[Asking]
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    """The last day of the list; of a copy, the day it was asked for."""
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who released a copy, or kept it back; nobody of a list of looks."""
    answered_at: Mapped[datetime | None]
    asked_sealed: Mapped[bytes]
    answer_sealed: Mapped[bytes | None]

    asked: Any = Sealed()
    """{"name", "address", "requester", "identity", "responsibility", "safe", "sensitive"}: see services/families."""
    answer: Any = Sealed()
    """{"entries": [int]} of the list that was handed over; {"answer": CopyAnswer value} of a copy,
    with {"says": hash of what it said} of one that was released, and None for one that this person may not have."""


class Disclosure(Base):
    """Somebody asked that parts of a record be given out of the system (Reg. 12). Only ever added.

    The recipient is sealed, and is sealed again when the key changes; nothing else of a row is ever written again.
    No foreign key to the child: the register outlives the record.
    """

    __tablename__ = "disclosure"
    __table_args__ = (Index("ix_disclosure_authority_id_asked_at", "authority_id", "asked_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    reference: Mapped[int] = mapped_column(unique=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    subject_id: Mapped[UUID]
    ground: Mapped[DisclosureGround]
    parts: Mapped[str] = mapped_column(String(200))
    """Codes with a plus between them, as the audit has them."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approver_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    recipient_sealed: Mapped[bytes]

    recipient: Any = Sealed()


class DisclosureAnswer(Base):
    """What the approver said of it. Only ever added, once."""

    __tablename__ = "disclosure_answer"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), unique=True)
    approved: Mapped[bool]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime]
