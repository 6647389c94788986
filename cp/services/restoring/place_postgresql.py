"""A backup put in place on PostgreSQL: what is there goes and what was comes in one transaction, or nothing does."""

import tempfile
import threading
import time
from collections.abc import Iterable
from datetime import datetime
from typing import IO

from sqlalchemy import Connection

from cp import database, engines
from cp.services.backing_up.problems import BackupProblem
from cp.services.backing_up.programs import first_line, pipe, program, start, told

RUNNING = "The site, the worker or somebody else is using this database. Stop them first."
_OTHERS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
_TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
_CLEAR = """
BEGIN;
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP TABLE public.%I CASCADE', one.tablename);
    END LOOP;
    FOR one IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', one.name);
    END LOOP;
END $$;
"""
A_PART = 2**16
LOOKS = 15


def refuse(url: str, *, replace: bool) -> None:
    """Raises BackupProblem where data is there already, or somebody works with it."""
    engine = engines.make_engine(url, owner=True)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not replace and connection.exec_driver_sql(_TABLES).scalar():
                raise BackupProblem(
                    "The database holds a directory already. To put the backup in its place, add --replace."
                )
            if not _left(connection):
                raise BackupProblem(RUNNING)
    finally:
        engine.dispose()


def _left(connection: Connection) -> bool:
    """Whether nobody else is there: the server takes a moment to see that a program has gone.

    Each look is a transaction of its own, or the first answer would be given again.
    """
    for _ in range(LOOKS):
        if not connection.exec_driver_sql(_OTHERS).scalar():
            return True
        time.sleep(0.1)
    return False


def put(url: str, parts: Iterable[bytes], made_at: datetime) -> None:
    """Raises BackupProblem.

    `BEGIN` and `COMMIT` are words of what psql is given, so that an end that comes too early takes everything back.
    What the application's role may do comes with it: after a program that is killed right then another one reads.
    """
    _make_role(url)
    database_, env = told(url)
    words = [program("psql"), "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
             "--file=-", database_]  # fmt: skip
    with tempfile.TemporaryFile() as complaint:
        with start(words, complaint, env) as psql:
            try:
                _say(pipe(psql.stdin), parts, made_at)
            except BaseException as problem:
                psql.kill()
                if not isinstance(problem, OSError):
                    raise
        complaint.seek(0)
        if psql.returncode:
            raise BackupProblem(f"PostgreSQL did not take the backup: {first_line(complaint.read())}")


def _say(psql: IO[bytes], parts: Iterable[bytes], made_at: datetime) -> None:
    psql.write(_CLEAR.encode())
    _restored(parts, psql)
    psql.write(b"SET search_path = public;\n")
    for statement in (*database.mark_unfinished(made_at), *engines.GRANTS):
        psql.write(f"{statement};\n".encode())
    psql.write(b"COMMIT;\n")
    psql.close()


def _restored(parts: Iterable[bytes], psql: IO[bytes]) -> None:
    """What pg_restore makes of the backup, as statements. It is fed beside, since it speaks while it listens."""
    words = [program("pg_restore"), "--no-owner", "--no-acl", "--file=-"]
    with tempfile.TemporaryFile() as complaint:
        with start(words, complaint) as restoring:
            feeding = threading.Thread(target=_feed, args=(parts, pipe(restoring.stdin)), daemon=True)
            feeding.start()
            try:
                while part := pipe(restoring.stdout).read(A_PART):
                    psql.write(part)
            except BaseException:
                restoring.kill()
                raise
            feeding.join()
        complaint.seek(0)
        if restoring.returncode:
            raise BackupProblem(f"pg_restore cannot read this backup: {first_line(complaint.read())}")


def _feed(parts: Iterable[bytes], into: IO[bytes]) -> None:
    """An end that comes too early is complained of by who reads."""
    try:
        with into:
            for part in parts:
                into.write(part)
    except OSError:
        pass


def _make_role(url: str) -> None:
    """The policies of the rows name the application's role, so it has to be there first."""
    engine = engines.make_engine(url, owner=True)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(engines.MAKE_ROLE)
    finally:
        engine.dispose()
