"""What protects a record: its shield and who set it, overrides, old identities, records that were joined."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid
from cp.terms import OverrideAnswer, OverrideFinding, OverrideReason, ShieldGround, WhoAsked


def _one_at_a_time(name: str, column: str, running: str) -> Index:
    return Index(name, column, unique=True, sqlite_where=text(running), postgresql_where=text(running))


class Shield(Base):
    """One shield of one record, from when it was set until two people lifted it.

    `child.shielded_at` says whether it holds; this says why, who answers for it and until when it is to be looked at.
    """

    __tablename__ = "shield"
    __table_args__ = (_one_at_a_time("uq_shield_running", "child_id", "lifted_at IS NULL"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    ground: Mapped[ShieldGround]
    who_asked: Mapped[WhoAsked | None]
    """Not known where it was set at the server."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who looks at it again; nobody yet where it was set at the server."""
    set_at: Mapped[datetime]
    review_on: Mapped[date]
    kept_at: Mapped[datetime | None]
    """When it was last found to be needed still."""
    lift_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lift_asked_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None]


class Override(Base):
    """One person looked through one record's shield once, and a reviewer says what they find of it."""

    __tablename__ = "override"
    __table_args__ = (_one_at_a_time("uq_override_unanswered", "account_id", "closed_at IS NULL"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    reference: Mapped[int] = mapped_column(unique=True)
    """Six random digits, said as OV-482913: it tells nobody how many there are."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), index=True)
    """Of the person: its reviewers answer."""
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    reason: Mapped[OverrideReason]
    opened_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The reviewer named for it; any other of another team may close it once it has gone up."""
    asked_at: Mapped[datetime | None]
    answer: Mapped[OverrideAnswer | None]
    answered_at: Mapped[datetime | None]
    finding: Mapped[OverrideFinding | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class OldIdentity(Base):
    """A record sealed because its child has a new identity. Nothing here or anywhere leads to the new record."""

    __tablename__ = "old_identity"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    reference: Mapped[int] = mapped_column(unique=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), unique=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), index=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    sealed_at: Mapped[datetime | None]
    """When the second person agreed; the record is sealed from then."""
    opening_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    opening_asked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    """When the other of the two agreed that it be opened."""


class Merge(Base):
    """Two records found to be one child's: what was moved from the one to the other, so that it can be taken back."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    kept_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    merged_at: Mapped[datetime | None]
    """At once where one person is enough, else when a second one agreed."""
    moved_sealed: Mapped[bytes | None]

    moved: Any = Sealed()
    """{table name: [ids that belonged to the record that went]}; and `before` and `made`: see services/merging."""
