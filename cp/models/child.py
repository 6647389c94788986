"""A child's record: who the child is, other names, where the child is, other bodies' numbers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid, pointing
from cp.terms import AddressState, Gender, LeaveKind, NameKind, NumberKind, RecordState, ShieldGround

_LEFT = "archived_on IS NOT NULL AND shielded_at IS NOT NULL"


class Child(Base):
    """One child, one record (Reg. 4). The facts here are derived from the child's source records."""

    __tablename__ = "child"
    __table_args__ = (
        CheckConstraint("died_on IS NULL OR died_on >= born_on", "dies_after_birth"),
        pointing("merged_into_id"),
        Index("ix_child_archive_on", "archive_on",
              sqlite_where=text("archived_on IS NULL"), postgresql_where=text("archived_on IS NULL")),
        pointing("destroy_on"),
        Index("ix_child_left_shielded", "born_on", sqlite_where=text(_LEFT), postgresql_where=text(_LEFT)),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    subject_id: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    """What the audit calls this child: random, and never in an address."""
    number: Mapped[str] = mapped_column(String(12), unique=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), index=True)
    state: Mapped[RecordState] = mapped_column(default=RecordState.LIVE)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"))
    version: Mapped[int] = mapped_column(default=1)

    given_names: Mapped[str] = mapped_column(String(200))
    family_name: Mapped[str] = mapped_column(String(200))
    """Empty for a person with a single name, which stands in `given_names`."""
    born_on: Mapped[date] = mapped_column(index=True)
    gender: Mapped[Gender]
    died_on: Mapped[date | None]
    name_source_id: Mapped[int | None] = mapped_column(Key)
    born_source_id: Mapped[int | None] = mapped_column(Key)
    """Of `source_version`, without a constraint: a source's row points back to the child."""

    shielded_at: Mapped[datetime | None]
    shield_ground: Mapped[ShieldGround | None]

    archive_on: Mapped[date | None]
    """When it is archived, as services/retention/due.py works it out; None where that has not been done yet."""
    archived_on: Mapped[date | None]
    """Since when nobody reads it any more but in the archive."""
    destroy_on: Mapped[date | None]
    """When an archived record is destroyed, as due.py has it; one that was joined into another goes with that."""

    @property
    def shielded(self) -> bool:
        return self.shielded_at is not None


class ChildName(Base):
    """A name besides the current one. Hidden by the shield."""

    __tablename__ = "child_name"
    __table_args__ = (pointing("source_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    kind: Mapped[NameKind]
    given_names: Mapped[str] = mapped_column(String(200), default="")
    family_name: Mapped[str] = mapped_column(String(200), default="")
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source_version.id"))


class ChildLocation(Base):
    """Where a child is, or that nobody knows. Sealed, in a table of its own, hidden by the shield."""

    __tablename__ = "child_location"
    __table_args__ = (pointing("source_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    state: Mapped[AddressState]
    address_sealed: Mapped[bytes | None]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    leave_kind: Mapped[LeaveKind | None]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source_version.id"))

    address: Any = Sealed()
    """{"lines": [str, ...], "town": str, "postcode": str}; None where no address is known."""


class OutsideNumber(Base):
    """Another body's number for a child (Sch. 1 para 18): sealed, read only by that kind of body."""

    __tablename__ = "outside_number"
    __table_args__ = (Index("ix_outside_number_kind_value_key", "kind", "value_key"), pointing("source_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    kind: Mapped[NumberKind]
    value_sealed: Mapped[bytes]
    value_key: Mapped[int] = mapped_column(Key)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source_version.id"))

    value: Any = Sealed()
