"""What suppliers send: files and their rows, sealed; which rows wait for a person; which children are never one."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid, pointing
from cp.terms import FileForm, Frequency, PairAnswer, PairState, RowState, SupplyState


class Supplier(Base):
    """What is remembered of an organisation that sends files."""

    __tablename__ = "supplier"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    due_on: Mapped[date | None]
    join_at: Mapped[float | None]
    """Bits that a row must weigh to join a record by itself, where this supplier's differ from everybody's."""
    maybe_at: Mapped[float | None]
    frequency: Mapped[Frequency | None]
    """Where it is not the one of its kind."""
    supplied_on: Mapped[date | None]
    """London's day of the newest file that stands; `due_on` follows from it."""
    columns_sealed: Mapped[bytes | None]

    columns: Any = Sealed()
    """{heading: column or None}, as somebody last confirmed them: a heading may hold anything."""


class SupplyFile(Base):
    """One file of one organisation. The file itself is never at rest: only what `SupplyRow` keeps of it.

    Its state says what is to do: the worker takes those that are being sent or undone, one batch after the other.
    """

    __tablename__ = "supply_file"
    __table_args__ = (
        Index("ix_supply_file_working", "organisation_id", "id",
              sqlite_where=text("state IN ('sending', 'undoing')"),
              postgresql_where=text("state IN ('sending', 'undoing')")),
        Index("ix_supply_file_organisation_id_received_at", "organisation_id", "received_at"),
        Index("ix_supply_file_told", "account_id", "id",
              sqlite_where=text("form = 'told'"), postgresql_where=text("form = 'told'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Nobody's where it was read at the server."""
    form: Mapped[FileForm]
    whole: Mapped[bool]
    """It lists every child that the organisation has: whoever is not in it has left."""
    state: Mapped[SupplyState]
    fingerprint: Mapped[int] = mapped_column(Key)
    """A keyed hash of its bytes: the same file again is known by it."""
    received_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    """When somebody said that the ready rows be sent."""
    ended_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    total: Mapped[int]
    ready: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    with_birth: Mapped[int | None]
    """Rows with a date of birth, as the others below: kept when the rows themselves are forgotten."""
    with_home: Mapped[int | None]
    with_carer: Mapped[int | None]
    with_number: Mapped[int | None]
    faultless: Mapped[int | None]
    """Rows in which nothing had to be looked at."""
    corrected: Mapped[int] = mapped_column(default=0)
    """Rows that were not sent, and were right in a later file."""
    facts_sealed: Mapped[bytes]

    facts: Any = Sealed()
    """{"name": what the file was called, "headings": [...], "meant": [[column or None, never], ...],
    "kept": [places of columns whose cells are kept], "notes": [...], "problems": [...] of the whole file,
    "found": {fault: how many, of the file and of its rows},
    "nobody_left": where a row without any key kept the others from leaving, "left": [[key, day], ...] whom another
    system names as having left and of whom that is still to be said}."""


class SupplyRow(Base):
    """What is kept of one row of a file: the cells of allowed columns, sealed, for 90 days."""

    __tablename__ = "supply_row"
    __table_args__ = (
        UniqueConstraint("file_id", "number"),
        pointing("record_id"),
        Index("ix_supply_row_ready", "file_id", "number",
              sqlite_where=text("state = 'ready'"), postgresql_where=text("state = 'ready'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    file_id: Mapped[int] = mapped_column(ForeignKey("supply_file.id"))
    number: Mapped[int]
    """As the supplier's own program counts it."""
    state: Mapped[RowState]
    record_id: Mapped[int | None] = mapped_column(ForeignKey("source_record.id"))
    """What it came to, once it is sent: whose source said it."""
    again_key: Mapped[int | None] = mapped_column(Key)
    """A keyed hash of the supplier's own key: whether a row came again corrected is known by it. None once it has."""
    says_key: Mapped[int | None] = mapped_column(Key)
    """As `SourceVersion.says_key`, of a row that is ready as it is."""
    before_on: Mapped[date | None]
    """Where it only said the same again: when its source had said that before, for undoing to put back."""
    facts_sealed: Mapped[bytes]

    facts: Any = Sealed()
    """{"cells": {place of the column: text}, "problems": [...]}, and `before` of a row that was sent before migration
    0029: what `before_on` is now.

    Of a child whom somebody tells of, `told` besides: {"age", "school", "why"}."""


class Pair(Base):
    """A row that may be of a record that is there: a person of the management team says whether it is."""

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("row_id", "child_id"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", "decided_once"),
        Index("ix_match_waiting", "authority_id", "id",
              sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    """Of the record: its management team decides."""
    row_id: Mapped[int] = mapped_column(ForeignKey("supply_row.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    state: Mapped[PairState] = mapped_column(default=PairState.WAITING)
    made_at: Mapped[datetime]
    later_at: Mapped[datetime | None]
    """When somebody was not sure yet: the others come first."""
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who has given an answer that a second person must agree to."""
    asked: Mapped[PairAnswer | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    why_sealed: Mapped[bytes]

    why: Any = Sealed()
    """The reasons in words with their weights, as they stood when it was judged."""


class ToldApart(Base):
    """Two that a person has told apart: never joined by a machine, never suggested again.

    A record and another record; or a record and a supplier's own row, by that supplier's key.
    """

    __tablename__ = "told_apart"
    __table_args__ = (
        CheckConstraint("(other_id IS NULL) <> (row_key IS NULL)", "record_or_row"),
        CheckConstraint("(row_key IS NULL) = (organisation_id IS NULL)", "row_of_somebody"),
        UniqueConstraint("child_id", "other_id"),
        UniqueConstraint("organisation_id", "row_key", "child_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    """The older of two records."""
    other_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    row_key: Mapped[str | None] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
