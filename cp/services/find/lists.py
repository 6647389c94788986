"""A list of numbers given to a statement by name: one parameter, however long the list is; and a list that is read.

A list may be asked of a column, or be joined like a table: `pairs` of numbers below 2^32, each pair as one number.

So a statement has one text, which the engine plans once. PostgreSQL gets an array, SQLite the same as JSON.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, Select, TableValuedAlias, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine


class Numbers(TypeDecorator[Collection[int]]):
    """A list of numbers as one parameter."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(BigInteger()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        return as_parameter(value or (), dialect.name)


def as_parameter(numbers: Collection[int], engine: str) -> Any:
    """The list as one parameter of a statement that is sent as text."""
    return list(numbers) if engine == "postgresql" else f"[{','.join(map(str, numbers))}]"


class OneOf(FunctionElement[bool]):
    inherit_cache = True
    name = "one_of"
    type: TypeEngine[Any] = NullType()  # a Boolean would be compared with 1 on SQLite


def one_of(column: ColumnElement[Any] | InstrumentedAttribute[Any], name: str) -> OneOf:
    """The column is in the list that is given under this name."""
    return OneOf(column, bindparam(name, type_=Numbers()))


@compiles(OneOf)
def _in_list(element: OneOf, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(clause, **given) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 -- a column and a placeholder


@compiles(OneOf, "postgresql")
def _in_array(element: OneOf, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(clause, **given) for clause in element.clauses)
    return f"{column} = ANY({numbers})"


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


LOW = (1 << 32) - 1


def pairs(given: Iterable[tuple[int, int]]) -> list[int]:
    """Each pair as one number, for `high` and `low` to take apart in a statement."""
    return [high << 32 | low for high, low in given]


def high(pair: ColumnElement[Any]) -> ColumnElement[int]:
    return pair.bitwise_rshift(32)


def low(pair: ColumnElement[Any]) -> ColumnElement[int]:
    return pair.bitwise_and(LOW)
