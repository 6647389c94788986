"""Whom a school names for ContactPoint, how many of its staff hold which post, and how they are trained."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, new_uid
from cp.terms import Training


class NamedPerson(Base):
    """Somebody whom an organisation names; has no account by that."""

    __tablename__ = "named_person"
    __table_args__ = (UniqueConstraint("organisation_id", "email"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(200))
    """Folded to lower case."""
    post: Mapped[str | None] = mapped_column(String(40))
    """A code of `cp/rules/eligibility.py`; None for a post that is not listed."""
    need: Mapped[Training]
    trained_on: Mapped[date | None]
    """The newest session that they came to."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    """Once an account manager has invited them."""


class Workforce(Base):
    """How many of an organisation's staff hold a listed post, as it says itself."""

    __tablename__ = "workforce"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    post: Mapped[str] = mapped_column(String(40), primary_key=True)
    staff: Mapped[int]


class TrainingSession(Base):
    """A day on which people of an authority's schools are trained."""

    __tablename__ = "training_session"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), index=True)
    kind: Mapped[Training]
    held_on: Mapped[date]
    starts_at: Mapped[str] = mapped_column(String(5))
    """In London, 24 hours: `09:30`."""
    minutes: Mapped[int]
    online: Mapped[bool]
    place: Mapped[str] = mapped_column(String(200))
    """Where, or how one joins online."""
    places: Mapped[int]
    formats: Mapped[str] = mapped_column(String(100))
    """Codes of `Accessible`, joined by a plus."""
    cancelled_at: Mapped[datetime | None]
    attendance_at: Mapped[datetime | None]
    """When it was last said who came."""
    version: Mapped[int]
    """Counts up with each change, so that of two people who change it at once the second is told."""


class TrainingPlace(Base):
    """Somebody booked for a session; whether they have a place or wait follows from the order."""

    __tablename__ = "training_place"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("named_person.id"), index=True)
    came: Mapped[bool | None]


class PracticeTask(Base):
    """A practice task that somebody has done."""

    __tablename__ = "practice_task"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    task: Mapped[str] = mapped_column(String(40), primary_key=True)
    done_at: Mapped[datetime]


class Cluster(Base):
    """Schools that are looked at together."""

    __tablename__ = "cluster"
    __table_args__ = (UniqueConstraint("authority_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    name: Mapped[str] = mapped_column(String(120))


class ClusterSchool(Base):
    """One school of a cluster."""

    __tablename__ = "cluster_school"

    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
