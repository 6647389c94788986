"""What each source said of a child. The record is derived from these and can be rebuilt from them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid, pointing
from cp.terms import Gender, SourceKind


class SourceRecord(Base):
    """One source's row for one child: a supplier's own row key, or a person who told us."""

    __tablename__ = "source_record"
    __table_args__ = (UniqueConstraint("organisation_id", "row_key"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    kind: Mapped[SourceKind]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"))
    row_key: Mapped[str | None] = mapped_column(String(64))


class SourceVersion(Base):
    """What that source said at one time. The newest one that was not withdrawn counts."""

    __tablename__ = "source_version"
    __table_args__ = (pointing("says_key"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    record_id: Mapped[int] = mapped_column(ForeignKey("source_record.id"), index=True)
    said_on: Mapped[date]
    confirmed_on: Mapped[date | None]
    """When the source last said the same again."""
    withdrawn_at: Mapped[datetime | None]
    stands: Mapped[bool | None]
    """Withdrawn, and what the record says for as long as nobody speaks for it."""
    file_id: Mapped[int | None] = mapped_column(ForeignKey("supply_file.id"), index=True)
    """The file that said it, where one did."""
    given_names: Mapped[str | None] = mapped_column(String(200))
    family_name: Mapped[str | None] = mapped_column(String(200))
    born_on: Mapped[date | None]
    gender: Mapped[Gender | None]
    says_key: Mapped[int | None] = mapped_column(Key)
    """A keyed hash of a supplier's own key and of all that is said: the same said again is known by it."""
    facts_sealed: Mapped[bytes | None]

    facts: Any = Sealed()
    """{"names": [...], "addresses": [...], "carers": [...], "numbers": [...], "with_us": [from, until]}: see
    rules/derive.py for each shape."""
