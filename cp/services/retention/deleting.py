"""Deleting rows, counted by table: statements that go straight to the database."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import CursorResult, Delete, Update, delete
from sqlalchemy.orm import InstrumentedAttribute, Session


def where(session: Session, column: InstrumentedAttribute[Any], values: Collection[Any]) -> dict[str, int]:
    """Delete the rows in which this column is one of these values. Returns how many, by the table's name."""
    if not values:
        return {}
    return {column.class_.__tablename__: run(session, delete(column.class_).where(column.in_(values)))}


def run(session: Session, statement: Delete | Update) -> int:
    """How many rows it took, or changed. Objects of the session are not brought up to date."""
    done = session.execute(statement.execution_options(synchronize_session=False))
    return done.rowcount if isinstance(done, CursorResult) else 0
