"""A list of numbers given to a statement by name: one parameter, however long the list is; and a list that is read.

A list may be asked of a column, or be joined like a table: `pairs` of numbers below 2^32, each pair as one number.

So a statement has one text, which the engine plans once. PostgreSQL gets an array, SQLite the same as JSON.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Dialect, Select, String, TableValuedAlias, Text, Uuid, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

Row = Sequence[int]


class Numbers(TypeDecorator[Collection[int]]):
    """A list of numbers as one parameter."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(BigInteger()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        return as_parameter(value or (), dialect.name)


class Uuids(TypeDecorator[Collection[UUID]]):
    """The same of ids, each as its column keeps it."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(Uuid()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Collection[UUID] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else json.dumps([uid.hex for uid in value or ()])


class Texts(TypeDecorator[Collection[str]]):
    """The same of texts."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(Text()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


def as_parameter(numbers: Collection[int], engine: str) -> Any:
    """The list as one parameter of a statement that is sent as text."""
    return list(numbers) if engine == "postgresql" else str(list(numbers))


class OneOf(FunctionElement[bool]):
    inherit_cache = True
    name = "one_of"
    type: TypeEngine[Any] = NullType()  # a Boolean would be compared with 1 on SQLite


def one_of(column: ColumnElement[Any] | InstrumentedAttribute[Any], name: str) -> OneOf:
    """The column is in the list that is given under this name."""
    return OneOf(column, bindparam(name, type_=Numbers()))


def among(column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Collection[Any]) -> OneOf:
    """The column is one of these, which are ids of the one kind or the other, or texts: `IN`, but for the text of the
    statement. That stays the same however many they are, so that it is made, and planned, once.
    """
    kind = next((of_kind() for sort, of_kind in _KINDS if isinstance(column.type, sort)), Numbers())
    return OneOf(column, bindparam(None, values, type_=kind))


_KINDS: tuple[tuple[type[TypeEngine[Any]], type[TypeDecorator[Any]]], ...] = ((Uuid, Uuids), (String, Texts))


@compiles(OneOf)
def _in_list(element: OneOf, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(clause, **given) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 -- a column and a placeholder


@compiles(OneOf, "postgresql")
def _in_array(element: OneOf, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(clause, **given) for clause in element.clauses)
    return f"{column} = ANY({numbers})"


class OneOfMany(OneOf):
    inherit_cache = True
    name = "one_of_many"


def one_of_many(column: ColumnElement[Any], name: str) -> OneOfMany:
    """The same of what no index knows, where the list is long. PostgreSQL would go through an array for every row: so
    it hashes it, once, and makes no join of it."""
    return OneOfMany(column, bindparam(name, type_=Numbers()))


@compiles(OneOfMany, "postgresql")
def _in_hash(element: OneOfMany, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(clause, **given) for clause in element.clauses)
    return f"({column} IN (SELECT unnest(CAST({numbers} AS BIGINT[])))) IS TRUE"


class RowAmong(FunctionElement[bool]):
    inherit_cache = True
    name = "row_among"
    type: TypeEngine[Any] = NullType()  # as above


def row_among(columns: Iterable[ColumnElement[Any] | InstrumentedAttribute[Any]], rows: Iterable[Row]) -> RowAmong:
    """The columns, together, are one of these rows of numbers."""
    return RowAmong(bindparam(None, json.dumps(list(rows)), type_=Text()), *columns)


@compiles(RowAmong)
def _row_in_list(element: RowAmong, compiler: SQLCompiler, **given: Any) -> str:
    rows, *columns = (compiler.process(clause, **given) for clause in element.clauses)
    parts = ", ".join(f"json_extract(value, '$[{at}]')" for at in range(len(columns)))
    return f"({', '.join(columns)}) IN (SELECT {parts} FROM json_each({rows}))"  # noqa: S608 -- as above


@compiles(RowAmong, "postgresql")
def _row_in_json(element: RowAmong, compiler: SQLCompiler, **given: Any) -> str:
    rows, *columns = (compiler.process(clause, **given) for clause in element.clauses)
    parts = ", ".join(f"CAST(value ->> {at} AS INTEGER)" for at in range(len(columns)))
    each = f"SELECT {parts} FROM jsonb_array_elements(CAST({rows} AS JSONB))"  # noqa: S608 -- as above
    return f"({', '.join(columns)}) IN ({each})"


class Holds(OneOf):
    inherit_cache = True
    name = "holds"


def holds(column: ColumnElement[Any] | InstrumentedAttribute[Any], ids: Iterable[UUID]) -> Holds:
    """One of these ids stands somewhere in the column's text."""
    return Holds(column, bindparam(None, [f"%{uid}%" for uid in ids], type_=Texts()))


@compiles(Holds)
def _holds(element: Holds, compiler: SQLCompiler, **given: Any) -> str:
    column, texts = (compiler.process(clause, **given) for clause in element.clauses)
    return f"EXISTS (SELECT 1 FROM json_each({texts}) WHERE {column} LIKE value)"  # noqa: S608 -- as above


@compiles(Holds, "postgresql")
def _holds_of_array(element: Holds, compiler: SQLCompiler, **given: Any) -> str:
    column, texts = (compiler.process(clause, **given) for clause in element.clauses)
    return f"{column} LIKE ANY({texts})"


class OneRead(OneOf):
    inherit_cache = True
    name = "one_read"


def one_read(column: ColumnElement[Any] | InstrumentedAttribute[Any], numbers: Select[int]) -> OneRead:
    """The column is among what this reads, which is read first: so the column is probed for each, on either engine."""
    return OneRead(column, numbers.scalar_subquery())


@compiles(OneRead)
def _in_read(element: OneRead, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(clause, **given) for clause in element.clauses)
    return f"{column} IN {numbers}"


@compiles(OneRead, "postgresql")
def _in_read_array(element: OneRead, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(clause, **given) for clause in element.clauses)
    return f"{column} = ANY(ARRAY{numbers})"


class Each(FunctionElement[int]):
    inherit_cache = True
    name = "each"


def each(name: str) -> TableValuedAlias:
    """The list that is given under this name, as a table of one column, `value`."""
    return Each(bindparam(name, type_=Numbers())).table_valued("value", name=name)


@compiles(Each)
def _as_table(element: Each, compiler: SQLCompiler, **given: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **given)})"


@compiles(Each, "postgresql")
def _as_table_of_array(element: Each, compiler: SQLCompiler, **given: Any) -> str:
    numbers = compiler.process(element.clauses, **given)
    return f"(SELECT unnest(CAST({numbers} AS BIGINT[])) AS value)"


LOW, BIAS = (1 << 32) - 1, 1 << 31


def pairs(given: Iterable[tuple[int, int]]) -> list[int]:
    """Each pair as one number, for `high` and `low` to take apart in a statement."""
    return [high << 32 | low for high, low in given]


def high(pair: ColumnElement[Any]) -> ColumnElement[int]:
    return pair.bitwise_rshift(32)


def low(pair: ColumnElement[Any]) -> ColumnElement[int]:
    return pair.bitwise_and(LOW)


def blind_pairs(given: Iterable[tuple[int, int]]) -> list[int]:
    """The same where the second is a blind key: 32 bits with a sign, for `low_blind` to take out."""
    return [high << 32 | key + BIAS for high, key in given]


def low_blind(pair: ColumnElement[Any]) -> ColumnElement[int]:
    return low(pair) - BIAS
