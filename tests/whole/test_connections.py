"""How the application's own connections are opened: nothing acknowledged can be lost, nothing waits for ever."""

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.orm import Session

from cp import engines
from cp.models import Setting
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
    with own.connect() as first, engines.reading_first(own).connect() as second:
        assert said(first) == SAID
        assert said(second) == SAID


def test_a_connection_given_back_keeps_nothing_of_its_user(own: Engine) -> None:
    with own.connect() as connection:
        connection.exec_driver_sql("SELECT 1")

    with own.connect() as connection:
        assert said(connection) == SAID


def test_a_form_holds_the_database_from_its_beginning_and_a_page_from_its_first_write(app: Flask) -> None:
    """On SQLite a transaction that read first could not begin to write: it would fail at once, unheard."""
    at_once = ["BEGIN IMMEDIATE", "SELECT", "UPDATE", "UPDATE", "ROLLBACK"]
    late = ["BEGIN DEFERRED", "SELECT", "COMMIT", "BEGIN IMMEDIATE", "UPDATE", "UPDATE", "ROLLBACK"]

    for name, how in (("sessionmaker", at_once), ("reader", late), ("reader", late), ("sessionmaker", at_once)):
        with app.extensions[name]() as session:
            assert said_of(session) == (how if ENGINE == "sqlite" else [])


def said_of(session: Session) -> list[str]:
    """What a connection is told by work that reads, writes twice and thinks better of it; the first word of each."""
    statements: list[str] = []
    if ENGINE == "postgresql":  # there a transaction that has read may write
        return statements
    raw = session.connection().connection.driver_connection
    assert raw is not None
    session.rollback()
    raw.set_trace_callback(statements.append)
    session.execute(select(Setting.name))
    for _ in range(2):
        session.execute(update(Setting).values(value="never"))
    session.rollback()
    raw.set_trace_callback(None)
    first = [statement if statement.startswith("BEGIN") else statement.split()[0] for statement in statements]
    return [word for word in first if word != "PRAGMA"]  # how long it waits
