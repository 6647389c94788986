"""What the system keeps for itself: drafts, once-only keys, settings, jobs, the key check."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid


class Draft(Base):
    """A form that was sent after its session had ended: sealed, for that account only, 30 minutes."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[bytes | None]
    """The ended session's: the browser that sent it can clear it before anybody signs in."""
    path: Mapped[str] = mapped_column(String(200))
    fields_sealed: Mapped[bytes]
    kept_until: Mapped[datetime]

    fields: Any = Sealed()


class Once(Base):
    """A form that was answered: sending the same key again gets the same answer and does nothing."""

    __tablename__ = "idempotency"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    key: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(index=True)


class Setting(Base):
    """One version of a setting of an authority, or of the whole directory."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("authority_id", "name", "version"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("authority.id"))
    name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(default=1)
    value: Mapped[str] = mapped_column(String(400))
    set_at: Mapped[datetime]


class Job(Base):
    """Long work: taken by the worker, safe to run again."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    kind: Mapped[str] = mapped_column(String(40))
    run_at: Mapped[datetime] = mapped_column(index=True)
    taken_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    problem: Mapped[str | None] = mapped_column(String(200))
    facts_sealed: Mapped[bytes | None]
    """What the work needs to know, where that is more than its kind."""

    facts: Any = Sealed()


class KeyCheck(Base):
    """A value only the right key makes: a wrong key stops the start instead of garbling a record."""

    __tablename__ = "key_check"

    key_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proof: Mapped[bytes]
