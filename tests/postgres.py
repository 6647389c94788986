"""A PostgreSQL server for the tests alone: made in a temporary folder, on a free port, gone at the end.

`python -m tests.postgres COMMAND…` runs a command beside one server, so that parallel tests share it.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from tools import machine
from tools.steps import Command

SHARED = "CP_TEST_POSTGRESQL"
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # these databases need to outlive a killed program, not a power cut
    "full_page_writes": "off",
    "max_connections": "100",
    "log_min_messages": "panic",
}


@contextmanager
def server(kept: Path | None = None) -> Iterator[str]:
    """The URL of a superuser of a running server: one already started for this run, or a new one.

    Or that of a folder that is `kept`, with what it held when it was stopped.
    """
    if kept:
        with _running(kept, stop=signal.SIGINT) as url:
            yield url
        return
    if shared := os.environ.get(SHARED):
        yield shared
        return
    folder = Path(tempfile.mkdtemp(prefix="contactpoint-postgresql-"))
    try:
        with _running(folder) as url:
            os.environ[SHARED] = url
            yield url
    finally:
        os.environ.pop(SHARED, None)
        shutil.rmtree(folder, ignore_errors=True)


def create_database(server_url: str, name: str, template: str = "template1") -> str:
    """Make a database, as a copy of another if one is named, and answer its URL for the superuser."""
    _execute(server_url, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    return url_of(server_url, name)


def url_of(server_url: str, name: str) -> str:
    return server_url.rpartition("/")[0] + f"/{name}"


def has_database(server_url: str, name: str) -> bool:
    with psycopg.connect(server_url, autocommit=True) as connection:
        return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def drop_database(server_url: str, name: str) -> None:
    _execute(server_url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _execute(server_url: str, statement: LiteralString, *names: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _running(folder: Path, stop: signal.Signals = signal.SIGQUIT) -> Iterator[str]:
    """Stopped at once, for nothing in it is wanted any more; or by another signal."""
    programs = Path(machine.postgresql() or "")
    who = _somebody_else(folder)
    port = _free_port()
    initdb: Command = [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    if not (folder / "data").exists():
        subprocess.run([*initdb, "--no-locale", "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
    options = [f"--{name}={value}" for name, value in {**OPTIONS, "unix_socket_directories": str(folder)}.items()]
    with subprocess.Popen(
        [programs / "postgres", "-D", folder / "data", "-p", str(port), *options], cwd=folder, **who
    ) as process:
        try:
            _wait(programs, port, process)
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(stop)


def _wait(programs: Path, port: int, process: "subprocess.Popen[bytes]") -> None:
    ready: Command = [programs / "pg_isready", "-q", "-U", "postgres", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(300):
        if process.poll() is not None or subprocess.run(ready).returncode == 0:
            break
        time.sleep(0.1)
    if process.poll() is not None:
        raise RuntimeError("PostgreSQL did not start")


def _somebody_else(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then the folder and the server are another user's."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        return subprocess.run(command, env={**os.environ, SHARED: url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
