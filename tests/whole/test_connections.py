"""How the application's own connections are opened: nothing acknowledged can be lost, nothing waits for ever."""

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from tests.conftest import ENGINE

SAID = {
    "sqlite": {
        "PRAGMA journal_mode": "wal",
        "PRAGMA synchronous": 2,  # FULL: anything less loses what was acknowledged when the power goes
        "PRAGMA foreign_keys": 1,
        "PRAGMA busy_timeout": 5000,
        "PRAGMA trusted_schema": 0,
        "PRAGMA recursive_triggers": 1,
    },
    "postgresql": {
        "SELECT current_user": "cp_app",
        "SHOW statement_timeout": "10s",
        "SHOW lock_timeout": "5s",
        "SHOW idle_in_transaction_session_timeout": "15s",
        "SHOW transaction_isolation": "read committed",
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user": False,
    },
}[ENGINE]


def said(connection: Connection) -> dict[str, object]:
    return {question: connection.exec_driver_sql(question).scalar() for question in SAID}


@pytest.fixture
def own(app: Flask) -> Engine:
    """The engine that requests use."""
    engine: Engine = app.extensions["engine"]
    return engine


def test_every_connection_is_opened_alike(own: Engine) -> None:
    with own.connect() as first, own.execution_options(begin="DEFERRED").connect() as second:
        assert said(first) == SAID
        assert said(second) == SAID


def test_a_connection_given_back_keeps_nothing_of_its_user(own: Engine) -> None:
    with own.connect() as connection:
        connection.exec_driver_sql("SELECT 1")

    with own.connect() as connection:
        assert said(connection) == SAID


def test_a_request_that_writes_holds_the_database_from_its_beginning(app: Flask) -> None:
    """On SQLite a transaction that read first could not begin to write: it would fail at once, unheard."""
    begun: list[str | None] = []
    for name in ("sessionmaker", "reader"):
        with app.extensions[name]() as session:
            begun.append(_how(session))

    assert begun == (["IMMEDIATE", "DEFERRED"] if ENGINE == "sqlite" else [None, None])


def _how(session: Session) -> str | None:
    if ENGINE == "postgresql":
        return None
    statements: list[str] = []
    raw = session.connection().connection.driver_connection
    assert raw is not None
    session.rollback()
    raw.set_trace_callback(statements.append)
    session.connection()
    session.rollback()
    raw.set_trace_callback(None)
    return next(statement.removeprefix("BEGIN ") for statement in statements if statement.startswith("BEGIN"))
