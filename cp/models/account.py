"""Accounts, what they may do from when until when, how they prove who they are, and where they are signed in."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid
from cp.terms import Role, SuspendedBecause


class Account(Base):
    """One account a person. The dates decide at each request; nothing is switched off by a nightly job."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    """Folded to lower case."""
    name: Mapped[str] = mapped_column(String(200))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    post: Mapped[str | None] = mapped_column(String(40))
    """The listed post that makes this person eligible (Sch. 3): a code of `cp/rules/eligibility.py`."""
    active: Mapped[bool] = mapped_column(default=True)
    """Neither suspended nor closed."""
    suspended_at: Mapped[datetime | None]
    suspended_because: Mapped[SuspendedBecause | None]
    closed_at: Mapped[datetime | None]
    opened_on: Mapped[date | None]
    """The day the person first signed in; nobody before that."""
    kept_on: Mapped[date | None]
    """When a manager last said that this person still needs it; the day it was opened, before the first time."""
    last_used_on: Mapped[date | None]
    procedures_read_on: Mapped[date | None]
    agreement_version: Mapped[int | None]
    agreement_signed_on: Mapped[date | None]
    check_issued_on: Mapped[date | None]
    trained_on: Mapped[date | None]
    practised_on: Mapped[date | None]
    """The day on which the last of the practice tasks was done."""
    demonstration: Mapped[bool] = mapped_column(default=False)


class RoleGrant(Base):
    """This account may act in this role, from one day, until another."""

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    principal_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Whom an assistant acts for; nobody else has one."""


class Factor(Base):
    """A second factor: one authenticator secret, or one printed single-use code."""

    __tablename__ = "factor"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    secret_sealed: Mapped[bytes | None]
    """Of an authenticator; a printed code has `code_hash` instead."""
    code_hash: Mapped[bytes | None]
    last_step: Mapped[int | None]
    """The newest 30-second step whose code was used: none as old or older counts again."""
    proposed_at: Mapped[datetime | None]
    proposed_to: Mapped[bytes | None]
    """By what the browser was known that was shown this secret: nobody else confirms it."""
    confirmed_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]

    secret: Any = Sealed()


class SignedIn(Base):
    """A session: a row at the server, known by the hash of a random token in the browser's cookie."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role]
    choosing: Mapped[bool] = mapped_column(default=False)
    """The person has several roles and has not yet said which; nobody is signed in before that."""
    address_key: Mapped[int] = mapped_column(Key)
    started_at: Mapped[datetime]
    factor_at: Mapped[datetime | None]
    """When the second factor was given last; nobody is signed in before the first time."""
    last_used_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(String(20))
    said: Mapped[str | None] = mapped_column(String(60))
    """A code for the sentence that the next page says once."""


class Attempt(Base):
    """One guess at a password or a code; what the limits on guessing count."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_account_key_at", "account_key", "at"),
        Index("ix_attempt_address_key_at", "address_key", "at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_key: Mapped[int] = mapped_column(Key)
    """HMAC of the email typed, whether an account has it or not."""
    address_key: Mapped[int] = mapped_column(Key)
    code: Mapped[bool]
    """At a security code, after the right password."""
    succeeded: Mapped[bool]


class RefusedSignIn(Base):
    """How many were refused at signing in, in five minutes and for one reason, whoever they were."""

    __tablename__ = "refused_sign_in"
    __table_args__ = (UniqueConstraint("since", "reason"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    since: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(20))
    refused: Mapped[int]
