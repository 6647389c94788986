"""A backup opened, proven and put in place: all of it at one moment, or nothing.

From that moment on the database says of itself that the restore is not finished, and nothing is served from it before
`finish` has taken that away.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from cp import lodging
from cp.services.backing_up import envelope, keys
from cp.services.backing_up.envelope import Header
from cp.services.backing_up.keys import BackupKey
from cp.services.backing_up.problems import BackupProblem
from cp.services.restoring import place_postgresql, place_sqlite

Fits = Callable[[Header], None]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a backup goes. `fits` raises where this code and its keys cannot work on what was restored."""

    url: str
    lodge: Path | None
    """The folder of the site that serves this database; None where no site does, as in a rehearsal."""
    fits: Fits
    replace: bool = False


def place(backup: Path, key_folder: Path, target: Target) -> Header:
    """Raises BackupProblem, or what `fits` does; nothing is changed then."""
    header, key = _proven(backup, key_folder)
    target.fits(header)
    engine = make_url(target.url).get_backend_name()
    if engine != header.engine:
        raise BackupProblem(f"This is a backup of {header.engine}, and the database is {engine}.")
    here = place_sqlite if engine == "sqlite" else place_postgresql
    here.refuse(target.url, replace=target.replace)
    before = lodging.facts(target.lodge, lodging.RESTORING) if target.lodge else None
    if target.lodge:
        lodging.set_down(target.lodge, lodging.RESTORING, {"made_at": header.made_at.isoformat()})
    try:
        here.put(target.url, _parts(backup, key), header.made_at)
    except BaseException:
        if target.lodge and before is None:
            lodging.take_away(target.lodge, lodging.RESTORING)
        raise
    return header


def _proven(backup: Path, key_folder: Path) -> tuple[Header, BackupKey]:
    """Opened to its end once before anything of it is used."""
    with backup.open("rb") as file:
        header, _ = envelope.read_header(file)
    key = keys.of(key_folder, header.key)
    for _ in _parts(backup, key):
        pass
    return header, key


def _parts(backup: Path, key: BackupKey) -> Iterator[bytes]:
    with backup.open("rb") as file:
        yield from envelope.read(file, key.secret)
