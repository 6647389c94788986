"""The programs that come with PostgreSQL, and how they are told which database."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from sqlalchemy import URL, make_url

from cp.services.backing_up.problems import BackupProblem

FOLDERS = Path("/usr/lib/postgresql")
"""Debian keeps them off the PATH."""


def program(name: str) -> str:
    """Where it is, the newest first. Raises BackupProblem."""
    installed = [path for path in FOLDERS.glob(f"*/bin/{name}") if path.parts[-3].isdecimal()]
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    found = str(newest) if newest else shutil.which(name)
    if not found:
        raise BackupProblem(f"{name} is missing. Install it, on Debian as root: apt-get install postgresql-client")
    return found


def told(url: str) -> tuple[str, dict[str, str]]:
    """The database as an argument, and the environment, which alone says the password."""
    parts = make_url(url)
    plain = URL.create("postgresql", parts.username, None, parts.host, parts.port, parts.database, parts.query)
    env = dict(os.environ) | {"PGCONNECT_TIMEOUT": "10"}
    return plain.render_as_string(), env | ({"PGPASSWORD": str(parts.password)} if parts.password else {})


def first_line(complaint: bytes) -> str:
    """What a program complained of first, without what may be a row."""
    lines = [line for line in complaint.decode("utf-8", "replace").splitlines() if "DETAIL" not in line]
    return lines[0][:200] if lines else "it gave no reason"


def start(
    words: Sequence[str], complaint: IO[bytes], env: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """One of these programs, fed and heard through pipes. Its words are ours, and no shell reads them."""
    pipe = subprocess.PIPE
    return subprocess.Popen(words, env=env, stdin=pipe, stdout=pipe, stderr=complaint)  # noqa: S603


def pipe(end: IO[bytes] | None) -> IO[bytes]:
    """What was asked for as a pipe is one."""
    if end is None:
        raise BackupProblem("A program could not be started.")
    return end
