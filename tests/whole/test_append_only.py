"""The audit is only ever added to, whoever asks; and what was done to it behind our back is found."""

import sqlite3
from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from cp.models import AuditEvent
from cp.services import audit
from cp.services.audit import canonical_bytes, leaf_of
from cp.services.audit_seals import leaves
from cp.terms import Act, Decision
from tests.conftest import ENGINE
from tests.whole.tables import owning, without_its_triggers

COLUMNS = ", ".join(column.name for column in AuditEvent.__table__.columns)
AGAIN = f"INTO audit_event SELECT {COLUMNS} FROM audit_event WHERE id = 2"
CHANGES = {
    "update": "UPDATE audit_event SET reason = 'none'",
    "update nothing": "UPDATE audit_event SET reason = reason WHERE id = 2",
    "delete": "DELETE FROM audit_event WHERE id = 2",
    "insert over": f"INSERT {AGAIN}",
}
ON_SQLITE = {
    "replace": f"REPLACE {AGAIN}",
    "upsert": f"INSERT {AGAIN} ON CONFLICT (id) DO UPDATE SET reason = 'none'",
}
ON_POSTGRESQL = {
    "truncate": "TRUNCATE audit_event",
    "upsert": ON_SQLITE["upsert"],
}
ROUND_IT = {
    "sqlite": [
        "DROP TABLE audit_event",
        "DROP TRIGGER audit_event_is_never_changed",
        "ALTER TABLE audit_event RENAME TO other",
        "CREATE TRIGGER loud AFTER INSERT ON audit_event BEGIN DELETE FROM audit_event; END",
        "CREATE TEMP TRIGGER quiet BEFORE INSERT ON audit_event BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TEMP TABLE audit_event (id)",
        "CREATE TEMP VIEW audit_event AS SELECT 1",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = ''",
        "ATTACH DATABASE ':memory:' AS other",
        "VACUUM INTO '/dev/null'",
    ],
    "postgresql": [
        "DROP TABLE audit_event",
        "DROP TRIGGER audit_event_is_never_changed ON audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "ALTER TABLE audit_event RENAME TO other",
        "CREATE TABLE other (id integer)",
        "CREATE FUNCTION other() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE TRIGGER quiet BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_only_added()",
        "CREATE RULE quiet AS ON INSERT TO audit_event DO INSTEAD NOTHING",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '0000'",
        "UPDATE pg_trigger SET tgenabled = 'D'",
        "COPY audit_event TO PROGRAM 'cat'",
    ],
}


@pytest.fixture
def entries(session: Session) -> int:
    """Some entries, and how many."""
    for reason in ("wait", "wrong", "wrong", "wait"):
        about = audit.About(object_id=uuid4(), reason=reason)
        audit.record(session, None, Act.SIGN_IN, about, decision=Decision.REFUSED, request_id=uuid4())
    session.commit()
    return 4


def count(session: Session) -> int:
    session.rollback()
    found = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
    session.rollback()  # whoever changes a table must not have to wait for us
    return found


def verified(app: Flask) -> tuple[int, list[str]]:
    """The exit code of `flask audit verify` and the sentences before its last two."""
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    return result.exit_code, result.output.splitlines()[:-2]


@pytest.mark.parametrize("change", CHANGES | (ON_SQLITE if ENGINE == "sqlite" else ON_POSTGRESQL))
@pytest.mark.asvs("16.4.2")
def test_nobody_changes_an_entry(
    app: Flask, engine: Engine, session: Session, url: str, entries: int, change: str
) -> None:
    statement = (CHANGES | ON_SQLITE | ON_POSTGRESQL)[change]

    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    with pytest.raises(DBAPIError), owning(url) as owner:
        owner.exec_driver_sql(statement)

    assert count(session) == entries
    assert verified(app) == (0, [])


@pytest.mark.parametrize("statement", ROUND_IT[ENGINE])
@pytest.mark.asvs("13.2.2")
def test_the_application_finds_no_way_round(engine: Engine, statement: str) -> None:
    connection = engine.raw_connection()

    with pytest.raises((sqlite3.Error, psycopg.Error)):
        connection.cursor().execute(statement)

    connection.close()


def test_a_whole_audit_verifies_and_says_what_it_cannot_know(app: Flask, entries: int) -> None:
    result = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"{entries} entries checked, 0 problems.",
        f"Not sealed yet: {entries} entries, the oldest 0 seconds old. "
        "That none of them was taken away nobody can tell.",
    ]


def edit(owner: Connection) -> None:
    owner.execute(update(AuditEvent).where(AuditEvent.id == 2).values(reason="other"))


def edit_the_salt(owner: Connection) -> None:
    owner.execute(update(AuditEvent).where(AuditEvent.id == 2).values(salt=b"s" * 16))


def edit_the_hash(owner: Connection) -> None:
    owner.execute(update(AuditEvent).where(AuditEvent.id == 2).values(leaf=b"0" * 32))


def edit_an_id(owner: Connection) -> None:
    owner.execute(update(AuditEvent).where(AuditEvent.id == 2).values(object_id=None))


@pytest.mark.parametrize("tamper", [edit, edit_the_salt, edit_the_hash, edit_an_id])
def test_an_edited_entry_is_found(app: Flask, url: str, entries: int, tamper: Callable[[Connection], None]) -> None:
    with owning(url) as owner:
        without_its_triggers(owner)
        tamper(owner)

    assert verified(app) == (1, ["Entry 2 does not have the hash of what it says."])


@pytest.mark.parametrize("gone", [[1], [2], [1, 2]], ids=str)
def test_an_entry_taken_out_of_the_middle_is_found_where_the_numbers_have_no_gaps(
    app: Flask, url: str, entries: int, gone: list[int]
) -> None:
    with owning(url) as owner:
        without_its_triggers(owner)
        owner.execute(delete(AuditEvent).where(AuditEvent.id.in_(gone)))

    found = [f"Entries {gone[0]} to {gone[-1]} are missing."] if ENGINE == "sqlite" else []
    assert verified(app) == (1 if found else 0, found)


def test_every_entry_has_a_salt_of_its_own_and_says_the_same_bytes_for_ever(session: Session, entries: int) -> None:
    kept = session.scalars(select(AuditEvent)).all()

    assert len({entry.salt for entry in kept}) == len({entry.leaf for entry in kept}) == entries
    for entry in kept:
        facts = {name: getattr(entry, name) for name in AuditEvent.__table__.columns.keys()}  # noqa: SIM118
        assert entry.leaf == leaf_of(entry.salt, canonical_bytes(facts))


def test_a_long_audit_is_checked_to_its_end(
    app: Flask, session: Session, url: str, entries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaves, "BATCH", 2)
    with owning(url) as owner:
        without_its_triggers(owner)
        owner.execute(update(AuditEvent).where(AuditEvent.id == entries).values(reason="other"))

    assert verified(app) == (1, [f"Entry {entries} does not have the hash of what it says."])
