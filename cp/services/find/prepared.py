"""Statements whose text is made once for each engine and goes straight to the driver: what lies between takes longer
than the statement runs. Whoever listens to statements hears of these too, and their errors are SQLAlchemy's.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError

from cp.services.find.lists import as_parameter

Statement = Select[*tuple[Any, ...]]


class Text(NamedTuple):
    """A statement for one engine: `order` of the parameters where they have no names, `fixed` are those in it."""

    sql: str
    order: Sequence[str] | None
    fixed: dict[str, Any]
    columns: list[tuple[int, Callable[[Any], Any]]]
    """Where a column's value is not what the driver gives, its place and how to make it."""


class Prepared:
    """A statement that is read with values for its parameters: numbers, and lists of them."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self._texts: dict[str, Text] = {}

    def read(self, connection: Connection, **values: Any) -> Sequence[Sequence[Any]]:
        """All rows, as the models have them."""
        dialect = connection.dialect
        text = self._texts.get(dialect.name) or self._compiled(dialect)
        given = text.fixed | {
            name: value if isinstance(value, int) else as_parameter(value, dialect.name)
            for name, value in values.items()
        }
        parameters = given if text.order is None else tuple([given[name] for name in text.order])
        rows = _run(connection, text.sql, parameters)
        return [_converted(row, text.columns) for row in rows] if text.columns else rows

    def _compiled(self, dialect: Dialect) -> Text:
        compiled = self.statement.compile(dialect=dialect)
        types = [column.type.dialect_impl(dialect) for column in self.statement.selected_columns]
        makers = [(at, of_type.result_processor(dialect, None)) for at, of_type in enumerate(types)]
        self._texts[dialect.name] = Text(
            str(compiled), compiled.positiontup, {**compiled.params}, [(at, make) for at, make in makers if make]
        )
        return self._texts[dialect.name]


def _run(connection: Connection, sql: str, parameters: Any) -> Sequence[Sequence[Any]]:
    cursor = connection.connection.cursor()
    try:
        for heard in connection.dispatch.before_cursor_execute:
            heard(connection, cursor, sql, parameters, None, False)
        cursor.execute(sql, parameters)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as problem:
        kind = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(sql, None, problem, kind, hide_parameters=True, dialect=connection.dialect) from None
    finally:
        cursor.close()


def _converted(row: Sequence[Any], columns: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for at, make in columns:
        values[at] = make(values[at])
    return values
