"""A copy of the database as it was at one moment, taken while people work, of which nothing in clear meets a disk.

On SQLite one transaction reads and holds that moment, so that the copy never has to begin again, however much is
written meanwhile; nobody waits for it. SQLite's backup copies the pages in steps into a file in memory that has no
name, and they are sealed from there. On PostgreSQL pg_dump does the same, and what it says is sealed as it comes.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from cp.services.backing_up.problems import BackupProblem
from cp.services.backing_up.programs import first_line, pipe, program, start, told

MEMORY = Path("/dev/shm")  # noqa: S108 - nothing stays there: the file loses its name before it is filled
STEP = 512
"""Pages copied before other threads and programs have a turn."""
A_PART = 2**20


def parts(url: str) -> Iterator[bytes]:
    """The whole database, a part after the other. Raises BackupProblem."""
    return _sqlite(url) if make_url(url).get_backend_name() == "sqlite" else _postgresql(url)


def _sqlite(url: str) -> Iterator[bytes]:
    path = Path(make_url(url).database or "")
    with closing(sqlite3.connect(path, isolation_level=None)) as source:
        source.execute("PRAGMA busy_timeout=5000")
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # holds this moment until the end
        size = source.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
        with _nameless(size) as (copy, read):
            source.backup(copy, pages=STEP, sleep=0)
            yield from read()


@contextmanager
def _nameless(size: int) -> Iterator[tuple[sqlite3.Connection, Callable[[], Iterator[bytes]]]]:
    """A database that is nowhere but in memory, and how its bytes are read. Gone with this process, even if killed."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < size + size // 8:
        with closing(sqlite3.connect(":memory:")) as copy:
            yield copy, lambda: _cut(copy.serialize())
        return
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    path = folder / "copy"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode=OFF").fetchone()
            shutil.rmtree(folder)
            yield copy, lambda: iter(lambda: os.read(descriptor, A_PART), b"")
    finally:
        os.close(descriptor)
        shutil.rmtree(folder, ignore_errors=True)


def _cut(whole: bytes) -> Iterator[bytes]:
    view = memoryview(whole)
    return (bytes(view[at : at + A_PART]) for at in range(0, len(view), A_PART))


def _postgresql(url: str) -> Iterator[bytes]:
    database, env = told(url)
    words = [program("pg_dump"), "--format=custom", "--no-password", "--dbname", database]
    with tempfile.TemporaryFile() as complaint:
        with start(words, complaint, env) as dumping:
            pipe(dumping.stdin).close()
            try:
                while part := pipe(dumping.stdout).read(A_PART):
                    yield part
            except BaseException:
                dumping.kill()
                raise
        complaint.seek(0)
        if dumping.returncode:
            raise BackupProblem(f"pg_dump could not read the database: {first_line(complaint.read())}")
