"""Rows that are written by the thousand fail as any others do."""

import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cp.engines_bulk import bulk_insert, bulk_tuples
from cp.models import Base, Setting
from tests.conftest import NOW

SETTING, AREA = Base.metadata.tables["setting"], Base.metadata.tables["search_area"]


def test_a_row_that_may_not_be_is_the_same_error_as_of_any_statement(session: Session) -> None:
    row = {"id": 1, "name": "one", "version": 1, "value": "x", "set_at": NOW}

    with pytest.raises(IntegrityError):
        bulk_insert(session.connection(), SETTING, [row, row])
    session.rollback()
    with pytest.raises(IntegrityError):
        bulk_tuples(session.connection(), AREA, [(1, 1, 1), (1, 1, 1)])
    session.rollback()

    assert session.scalars(select(Setting)).all() == []


def test_after_it_was_taken_back_the_connection_works_on(session: Session) -> None:
    table: Table = SETTING
    row = {"id": 1, "name": "one", "version": 1, "value": "x", "set_at": NOW}
    with pytest.raises(IntegrityError):
        bulk_insert(session.connection(), table, [row, row])
    session.rollback()

    bulk_insert(session.connection(), table, [row])

    assert session.scalars(select(Setting.value)).all() == ["x"]
