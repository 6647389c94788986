"""The end of a record: who stays past 18, what is held back, and what was destroyed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid, pointing
from cp.terms import ArchivePurpose


class StayConsent(Base):
    """A young person's own consent to stay past 18, until an age that they chose, or until they take it back."""

    __tablename__ = "stay_consent"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    given_on: Mapped[date]
    to_age: Mapped[int]
    """The record is archived on this birthday."""
    withdrawn_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ground_sealed: Mapped[bytes]

    ground: Any = Sealed()
    """A StayGround: it says something about a person."""


class LegalHold(Base):
    """An inquiry or a court needs what is kept: nothing of it is destroyed before its end. Two people place it."""

    __tablename__ = "legal_hold"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    first_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Nobody, as the second, where a restore of an older backup set it again."""
    second_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    """When the second person agreed; it holds from then."""
    ends_on: Mapped[date]
    end_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who asked that it end today, for another to agree."""
    reason_sealed: Mapped[bytes]

    reason: Any = Sealed()
    """What it is for, with the reference of the case: {"reason": None, "reference": ""} after a restore."""


class ArchiveReading(Base):
    """One of the team found a record in the archive, and reads it for a day: alone, or with the one whom they asked.

    What they see of it is decided at each look. Gone some days after nothing of it can be open.
    """

    __tablename__ = "archive_reading"
    __table_args__ = (pointing("second_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    second_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    """When it was found; from when another was asked, when that was."""
    purpose: Mapped[ArchivePurpose | None]
    """None: records are being put right, for which the archive opens in its first year alone."""
    agreed: Mapped[bool | None]
    answered_at: Mapped[datetime | None]


class Certificate(Base):
    """That records were destroyed together: how many, how many rows of each table, and a hash. No name, for ever."""

    __tablename__ = "certificate"
    __table_args__ = (
        Index("ix_certificate_unlodged", "id",
              sqlite_where=text("lodged_at IS NULL"), postgresql_where=text("lodged_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    at: Mapped[datetime]
    children: Mapped[int]
    counts: Mapped[str] = mapped_column(String(2000))
    """JSON: how many rows of each table."""
    digest: Mapped[bytes]
    """SHA-256 of when, which records by their ids, and the counts: see services/retention/certificates.py."""
    lodged_at: Mapped[datetime | None]
    """When the list of its records stood outside the database."""


class Destroyed(Base):
    """A record that is no more, by the id that it had: a backup in which it still is is cleared of it by this."""

    __tablename__ = "destroyed"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    child_uid: Mapped[UUID]
