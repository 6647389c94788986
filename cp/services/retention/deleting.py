"""Deleting rows, counted by table: statements that go straight to the database."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Delete, Update, delete
from sqlalchemy.orm import InstrumentedAttribute, Session

from cp.services.find.lists import among


def where(session: Session, column: InstrumentedAttribute[Any], values: Collection[Any]) -> dict[str, int]:
    """Delete the rows in which this column is one of these values. Returns how many, by the table's name."""
    if not values:
        return {}
    return {column.class_.__tablename__: run(session, delete(column.class_).where(among(column, values)))}


def run(session: Session, statement: Delete | Update) -> int:
    """How many rows it took, or changed. Objects of the session are not brought up to date."""
    session.flush()
    return session.connection().execute(statement).rowcount
