"""What managers do to accounts: rights, approvals by a second person, printed links, requests, alerts, allowances."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, new_uid, pointing
from cp.terms import AlertKind, Finding, LinkKind, Right, Role


class RightGrant(Base):
    """This account holds this right besides its roles, from one day, until another."""

    __tablename__ = "right_grant"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    right: Mapped[Right]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Approval(Base):
    """What one manager asked for and a second one answers: a role, a right, or a link for somebody who holds one.

    One of `role`, `right` and `link` is set.
    """

    __tablename__ = "approval"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role | None]
    right: Mapped[Right | None]
    link: Mapped[LinkKind | None]
    ends_on: Mapped[date | None]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    agreed: Mapped[bool | None]


class Link(Base):
    """A link that works once, until a moment, for one account: known here by the hash of its token."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    kind: Mapped[LinkKind]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Nobody where it was made at the server itself."""
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class JoinRequest(Base):
    """Somebody asks for an account; a manager of their organisation answers."""

    __tablename__ = "join_request"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(200))
    """Folded to lower case."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    post: Mapped[str] = mapped_column(String(40))
    asked_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    invited: Mapped[bool | None]


class Alert(Base):
    """Something a reviewer must look at, and what they found. Ids of children are their subject ids."""

    __tablename__ = "alert"
    __table_args__ = (pointing("subject_id"), Index("ix_alert_at", "at"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    kind: Mapped[AlertKind]
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    """Whose doing it is."""
    at: Mapped[datetime]
    due_on: Mapped[date]
    """The last good day for the review."""
    subject_id: Mapped[UUID | None]
    count: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    finding: Mapped[Finding | None]


class Allowance(Base):
    """A manager's answer to somebody who reached the day's limit: so many records more, in 24 hours from then."""

    __tablename__ = "allowance"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    records: Mapped[int]
