"""Deleting rows, counted by table: statements that go straight to the database."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, Delete, Select, Table, Update, delete, func, literal_column, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from cp.services.find.lists import among, one_of


class Of(NamedTuple):
    """The rows in which a column is one of the ids of a list, which has a name. `stays`: they stay, without that id."""

    column: InstrumentedAttribute[Any]
    ids: str
    stays: bool = False

    @property
    def table(self) -> Table:
        table: Table = self.column.class_.__table__
        return table


def together(session: Session, of: tuple[Of, ...], lists: Mapping[str, Collection[int]]) -> Counter[str]:
    """Delete all of these rows. Returns how many, by the table's name.

    On PostgreSQL it is one statement, which sends each list once, and after which the foreign keys are looked at; so no
    table may come both with rows that go and with rows that stay. On SQLite one after the other, in this order.
    """
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        row = connection.execute(_as_one(of), {one.ids: lists[one.ids] for one in of}).one()
        return Counter(dict(row._mapping))
    counts: Counter[str] = Counter()
    for one in of:
        if ids := lists[one.ids]:
            count = connection.execute(_statement(one.table, (one,)), {one.ids: ids}).rowcount
            counts[one.table.name] += 0 if one.stays else count
    return counts


@cache
def _as_one(of: tuple[Of, ...]) -> Select[Any]:
    by_table: dict[Table, list[Of]] = {}
    for one in of:
        by_table.setdefault(one.table, []).append(one)
    parts = {table: _part(table, tuple(some)) for table, some in by_table.items()}
    counted = [select(func.count()).select_from(part).scalar_subquery().label(table.name)
               for table, part in parts.items() if not by_table[table][0].stays]  # fmt: skip
    return select(*counted).add_cte(*parts.values())


def _part(table: Table, of: tuple[Of, ...]) -> CTE:
    return _statement(table, of).returning(literal_column("1").label("one")).cte(f"of_{table.name}")


@cache
def _statement(table: Table, of: tuple[Of, ...]) -> Delete | Update:
    rows = or_(*(one_of(table.c[one.column.key], one.ids) for one in of))
    if of[0].stays:
        return update(table).where(rows).values({one.column.key: None for one in of})
    return delete(table).where(rows)


def where(session: Session, column: InstrumentedAttribute[Any], values: Collection[Any]) -> dict[str, int]:
    """Delete the rows in which this column is one of these values. Returns how many, by the table's name."""
    if not values:
        return {}
    return {column.class_.__tablename__: run(session, delete(column.class_).where(among(column, values)))}


def run(session: Session, statement: Delete | Update) -> int:
    """How many rows it took, or changed. Objects of the session are not brought up to date."""
    session.flush()
    return session.connection().execute(statement).rowcount
