"""The base of every table: constraint names, column types, public ids, sealed rows."""

import enum
import secrets
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Self, overload
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Enum,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase

from cp import sealing

Key = BigInteger().with_variant(Integer, "sqlite")
"""An internal key: an integer that never leaves the server."""


def new_uid() -> UUID:
    """A public id: 128 random bits, shown as a UUID."""
    return UUID(bytes=secrets.token_bytes(16))


def pointing(column: str) -> Index:
    """By what a row of this column points at, where it points at any: for whoever takes that away."""
    known = text(f"{column} IS NOT NULL")
    return Index(None, column, sqlite_where=known, postgresql_where=known)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)  # SQLite forgets the zone


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: String,
        bytes: LargeBinary,
        date: Date,
        datetime: UtcDateTime,
        enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=lambda kind: [e.value for e in kind]),
    }


class Sealed:
    """A value that is kept only sealed, in the column `<name>_sealed` of a row that has a uid.

    Reading unseals, assigning seals: Python sees the value, the database never does.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: Any, owner: type) -> Any: ...
    def __get__(self, row: Any, owner: type) -> Any:
        if row is None:
            return self
        sealed = getattr(row, f"{self.name}_sealed")
        if sealed is None:
            return None
        return sealing.ring().unseal(sealed, row.__tablename__, self.name, row.uid)

    def __set__(self, row: Any, value: Any) -> None:
        if row.uid is None:
            row.uid = new_uid()
        sealed = None if value is None else sealing.ring().seal(value, row.__tablename__, self.name, row.uid)
        setattr(row, f"{self.name}_sealed", sealed)
