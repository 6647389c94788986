"""What differs between SQLite and PostgreSQL: how a connection is opened and how the audit is kept append-only."""

import sqlite3
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from cp import engines_rows

APPEND_ONLY = ("audit_event", "audit_leaf", "audit_note")
ERASABLE = "audit_event"
"""Only added to as well, but that a trigger lets an entry go that was sealed and is older than seven years."""
APP_ROLE = "cp_app"
BUSY_MS = 5000
AGAIN = 0.001
"""Seconds between two tries to hold a database that somebody else holds. SQLite's own waits grow to a tenth of a
second, in which others may have come and gone."""
CACHE, CACHE_FOR_LOADING = 32_000, 512_000
"""Kilobytes of SQLite's own memory of pages, taken as they are read: a load writes all over the file."""
READS_FIRST, HELD = "cp_reads_first", "cp_held"
"""An engine's option, and what is noted of a connection: whether its transaction may write."""
TAKE_ROLE = "SELECT set_config('role', rolname, false) FROM pg_roles WHERE rolname = %s"
MAKE_ROLE = f"""DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
        CREATE ROLE {APP_ROLE} NOLOGIN;
    END IF;
    IF NOT pg_has_role(CURRENT_USER, '{APP_ROLE}', 'MEMBER') THEN
        GRANT {APP_ROLE} TO CURRENT_USER;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"""
"""Only what is missing: an owner without the right to make roles may be given this one beforehand."""
GRANTS = (
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}",
    f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}",
    f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {APP_ROLE}",
    *(f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}" for table in APPEND_ONLY),
    f"GRANT DELETE ON {ERASABLE} TO {APP_ROLE}",
)
"""What the application's role may do."""
TIMEOUTS = "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000"
PLANS = "-c plan_cache_mode=force_generic_plan -c jit=off"
"""A statement is planned once on each connection: a plan for its values takes longer to make than to run."""


def make_engine(url: str, *, owner: bool = False) -> Engine:
    """An engine for the application; `owner` is for migrations and bulk loads, which may change tables."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, owner)
    return _postgresql(url, owner)


def _sqlite(url: str, owner: bool) -> Engine:
    if (path := make_url(url).database) and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_MS / 1000, "cached_statements": 512}
    )

    @event.listens_for(engine, "connect")
    def opened(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver must not begin or commit by itself
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}",
            "trusted_schema=OFF", "recursive_triggers=ON", "secure_delete=ON", "temp_store=MEMORY",
            f"cache_size=-{CACHE_FOR_LOADING if owner else CACHE}",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT 1 FROM json_each('[]')")  # makes that table known, which is not permitted later
        if not owner:
            connection.set_authorizer(_permit)

    @event.listens_for(engine, "begin")
    def begun(connection: Any) -> None:
        connection.info[HELD] = not connection.get_execution_options().get(READS_FIRST)
        if connection.info[HELD]:
            _hold(connection)
        else:
            connection.exec_driver_sql("BEGIN DEFERRED")

    return engine


def _hold(connection: Any) -> None:
    """Begin to write, as soon as nobody else does. Where that is not within `BUSY_MS`, SQLAlchemy's own error."""
    raw, until = connection.connection.driver_connection, time.monotonic() + BUSY_MS / 1000
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while refused := _refusal(raw):
            if refused & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            time.sleep(AGAIN)
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def _refusal(raw: sqlite3.Connection) -> int:
    """SQLite's code for why this connection may not write; 0 where it may from now on."""
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as problem:
        return problem.sqlite_errorcode
    return 0


def forget(owner: Engine) -> None:
    """On SQLite: take what was overwritten out of the log beside the file, as far as nobody is reading just now."""
    if owner.dialect.name == "sqlite":
        with owner.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # outside a transaction


def vacuum(owner: Engine, tables: Iterable[str]) -> None:
    """On PostgreSQL: give up the rows that were deleted, in tables that this user owns; the others it passes over."""
    if owner.dialect.name == "postgresql":
        with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM {', '.join(sorted(tables))}")


def server_time(connection: Connection) -> datetime | None:
    """What the database's own server takes the time to be; None on SQLite, which has no other clock than ours."""
    if connection.dialect.name != "postgresql":
        return None
    at: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return at


def reading_first(engine: Engine) -> Engine:
    """The same engine for work that reads much and writes little at its end.

    On SQLite one connection writes at a time, and a transaction that has read may not begin to write. So the reading
    has a transaction of its own, which waits for nobody and nobody waits for; the first write ends it and begins one
    that holds the database. What was read may have changed in between, as on PostgreSQL it may at any time: work that
    decides by what it read does not come here.
    """
    late = engine.execution_options(**{READS_FIRST: True})
    if engine.dialect.name == "sqlite":
        event.listen(late, "before_cursor_execute", _hold_to_write)
    return late


def _hold_to_write(connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
    writes = context is not None and (context.isinsert or context.isupdate or context.isdelete)
    if writes and not connection.info[HELD]:
        connection.info[HELD] = True
        connection.exec_driver_sql("COMMIT")
        _hold(connection)


FORBIDDEN = {
    sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_ALTER_TABLE,
    sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_CREATE_TRIGGER, sqlite3.SQLITE_CREATE_VIEW,
    sqlite3.SQLITE_CREATE_TEMP_TABLE, sqlite3.SQLITE_CREATE_TEMP_TRIGGER, sqlite3.SQLITE_CREATE_TEMP_VIEW,
    sqlite3.SQLITE_CREATE_VTABLE,
    sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_DROP_INDEX, sqlite3.SQLITE_DROP_TRIGGER, sqlite3.SQLITE_DROP_VIEW,
}  # fmt: skip


PRAGMAS = ("table_info", "table_xinfo", "busy_timeout")
"""Those that take a value and change nothing of the directory."""


def _permit(action: int, table: str | None, value: str | None, database: str | None, trigger: str | None) -> int:
    """Whether the application's own connection may do this (SQLite's authorizer). A pragma's name comes as `table`."""
    if action in FORBIDDEN:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_DELETE and table == ERASABLE:
        return sqlite3.SQLITE_OK
    if action in (sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE) and table in (*APPEND_ONLY, "sqlite_master"):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and value is not None and table not in PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _postgresql(url: str, owner: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=3,
        connect_args={"connect_timeout": 5, "options": "" if owner else f"{TIMEOUTS} {PLANS}"},
    )

    @event.listens_for(engine, "connect")
    def opened(connection: Any, _: Any) -> None:
        if not owner:
            with connection.cursor() as cursor:
                cursor.execute(TAKE_ROLE, (APP_ROLE,))  # not there yet on a server without a directory
            connection.commit()

    return engine


def protect(owner: Engine) -> None:
    """On PostgreSQL: the application's role may read and write rows, but change no table and no audit entry.

    Two tables it reads only as far as it has said who reads, and for whom (`cp/engines_rows.py`).

    The role belongs to all databases of a server, and another one's may be made at the same moment.
    """
    if owner.dialect.name != "postgresql":
        return
    with owner.begin() as connection:
        for statement in (MAKE_ROLE, *GRANTS):
            connection.exec_driver_sql(statement)
        engines_rows.guard(connection)
