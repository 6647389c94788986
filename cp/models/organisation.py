"""Authorities, the organisations that work with children, and the people in them."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, new_uid
from cp.terms import BodyKind, OrganisationKind, Region, SchoolType, SensitiveSubject


class Authority(Base):
    """A local authority: the one body answerable for each of its records (Reg. 3)."""

    __tablename__ = "authority"
    __table_args__ = (
        CheckConstraint("shields_from IS NULL OR (data_from IS NOT NULL AND data_from <= shields_from)", "data_first"),
        CheckConstraint("access_from IS NULL OR (shields_from IS NOT NULL AND shields_from < access_from)",
                        "shields_first"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    name: Mapped[str] = mapped_column(String(120))
    education_code: Mapped[str] = mapped_column(String(3))
    statistics_code: Mapped[str | None] = mapped_column(String(9))
    team_phone: Mapped[str] = mapped_column(String(20))
    """The ContactPoint management team, E.164."""
    help_phone: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    region: Mapped[Region | None]
    phase: Mapped[int | None]
    """Which of the phases of the roll-out it is in, from 1."""
    data_from: Mapped[date | None]
    """The first day on which suppliers may send; None while none is set, as the two that follow."""
    shields_from: Mapped[date | None]
    """The first day on which the management team works with records, to shield whom it must."""
    access_from: Mapped[date | None]
    """The first day for practitioners."""
    opened_on: Mapped[date | None]
    """When it opened to practitioners: from `access_from` on, once somebody could shield. Stays."""


class Organisation(Base):
    """A school, practice or service. Whether it is sensitive is said here, never by who records."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_named", "authority_id", "name"),
        Index("ix_organisation_closed", "authority_id", "valid_to",
              sqlite_where=text("valid_to IS NOT NULL"), postgresql_where=text("valid_to IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    kind: Mapped[OrganisationKind]
    body_kind: Mapped[BodyKind]
    name: Mapped[str] = mapped_column(String(200))
    urn: Mapped[str | None] = mapped_column(String(6), index=True)
    dfe_number: Mapped[str | None] = mapped_column(String(7))
    practice_code: Mapped[str | None] = mapped_column(String(10))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(200))
    for_everyone_of_age: Mapped[bool | None]
    sensitive_subject: Mapped[SensitiveSubject | None]
    accreditation_ends_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    school_type: Mapped[SchoolType | None]
    boards: Mapped[bool | None]
    """Whether it has boarders."""
    pupils: Mapped[int | None]
    """How many it has by the newest school census, or as it says itself."""
    head_name: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(300))
    """Lines for an envelope, one below the other, without the postcode."""
    postcode: Mapped[str | None] = mapped_column(String(8), index=True)
    national_phase: Mapped[int | None]
    """The phase in which it comes in as a national partner (Reg. 9(1)(b)), on its own day; None where it is none."""
    access_from: Mapped[date | None]
    """Of a national partner: the first day for its practitioners, in place of its authority's."""
    opened_on: Mapped[date | None]


class Practitioner(Base):
    """A person who works with children, as others reach them; may or may not have an account."""

    __tablename__ = "practitioner"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(120))
    """What they do, in their own trade's word: "School nurse"."""
    team: Mapped[str | None] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(200))
    left_on: Mapped[date | None]
    """The first day on which they are no longer in this post here; whom they worked with is to be handed over."""


class SensitiveTeam(Base):
    """A team that its organisation's manager declared sensitive, where the organisation as a whole is not."""

    __tablename__ = "sensitive_team"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(120))
    """As `practitioner.team` has it."""
    subject: Mapped[SensitiveSubject]
