"""The steps of changing a key, for tests of what comes after."""

from pathlib import Path

from sqlalchemy import Engine

from cp import database, keyfile, sealing
from cp.config import Config
from cp.sealing import KeyRing
from cp.services import changing_keys


def change(owner: Engine, path: Path, *, added: bool = False) -> KeyRing:
    """As far as the new key seals; what is there is still the old one's."""
    if not added:
        changing_keys.add(owner, path)
    changing_keys.switch(owner, path)
    sealing.refresh()
    return sealing.ring()


def rotated(owner: Engine) -> dict[str, int]:
    """How many rows of each table were made again."""
    return {done.table: done.made for done in changing_keys.rotate(owner)}


def starts(owner: Engine, config: Config) -> str:
    """What the start finds of the database. Raises DatabaseProblem with the sentence why it ends there."""
    return database.check(owner, config, keyfile.read(config.key_file))
