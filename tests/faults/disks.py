"""A disk that can be filled to the last byte and emptied again: of its own where we may mount one, else by a limit."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.whole.tables import owning


class Disk(Protocol):
    def fill(self) -> None:
        """Leave no room for another byte of the database."""

    def free(self) -> None:
        """Give it back."""


class Small:
    """A file system of a few megabytes: the system itself says that it is full."""

    def __init__(self, folder: Path) -> None:
        self.ballast = folder / "ballast"

    def fill(self) -> None:
        with self.ballast.open("wb", buffering=0) as file:
            for size in (65536, 4096, 512, 1):
                try:
                    while file.write(b"x" * size):
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        self.ballast.unlink()


class Limited:
    """No file of this process may grow beyond what the database's log has now."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.before = folder, resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        log = self.folder / "contactpoint.db-wal"
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, self.before[1]))

    def free(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self.before)


@contextmanager
def on_a_disk_of_its_own(folder: Path) -> Iterator[Disk]:
    """`folder` on such a disk, empty; only the limit where nothing may be mounted."""
    if os.geteuid() != 0 or subprocess.run([*_MOUNT, folder], capture_output=True).returncode != 0:
        with under_a_limit(folder) as limit:
            yield limit
        return
    try:
        yield Small(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


_MOUNT = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs"]


@contextmanager
def under_a_limit(folder: Path) -> Iterator[Disk]:
    disk = Limited(folder)
    try:
        yield disk
    finally:
        disk.free()


class Refusing:
    """PostgreSQL's answer when its own disk is full, brought about by its owner."""

    def __init__(self, url: str) -> None:
        self.url = url

    def fill(self) -> None:
        with owning(self.url) as owner:
            owner.exec_driver_sql(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
            )
            for table in ("audit_event", "session"):
                owner.exec_driver_sql(
                    f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION full_disk()"
                )

    def free(self) -> None:
        with owning(self.url) as owner:
            owner.exec_driver_sql("DROP FUNCTION full_disk CASCADE")
