"""The database's version: bring it up to date, compare it with the models, refuse what does not fit."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, inspect, select
from sqlalchemy.exc import DatabaseError

from cp import sealing
from cp.config import Config
from cp.models import Base, KeyCheck

MIGRATIONS = Path(__file__).parent / "migrations"
PROOF = "contactpoint"


class DatabaseProblem(Exception):
    """The sentence to print before stopping."""


def alembic(connection: Connection) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(owner: Engine) -> None:
    """Every migration not yet run, each in a transaction of its own."""
    with owner.connect() as connection:
        command.upgrade(alembic(connection), "head")
        connection.commit()


def downgrade(owner: Engine) -> None:
    """Back to nothing; only for checking that every migration can be undone."""
    with owner.connect() as connection:
        command.downgrade(alembic(connection), "base")
        connection.commit()


def differences(owner: Engine) -> list[object]:
    """What the models say that the migrations did not make; empty when they agree."""
    with owner.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def state(engine: Engine) -> str:
    """`empty`, `older`, `newer` or `current`, against this code's migrations."""
    script = ScriptDirectory(str(MIGRATIONS))
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        return "empty"
    if found == script.get_current_head():
        return "current"
    return "older" if found in {revision.revision for revision in script.walk_revisions()} else "newer"


def check(engine: Engine, config: Config, ring: sealing.KeyRing | None) -> str:
    """`state`, or DatabaseProblem with the sentence why nothing may run on this database."""
    if engine.dialect.name == "sqlite" and not _file(engine).exists():
        return "empty"
    try:
        found = state(engine)
        if found == "newer":
            raise DatabaseProblem(
                "The database is newer than this code. Start the newer version, or restore the backup made before it."
            )
        if found != "empty":
            _check_key(engine, config, ring)
    except DatabaseError as problem:
        raise DatabaseProblem(f"The database does not answer: {_reason(problem)}") from problem
    return found


def _file(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def _reason(problem: DatabaseError) -> str:
    lines = str(problem.orig).strip().splitlines()
    return lines[0] if lines else "no reason given."


def _check_key(engine: Engine, config: Config, ring: sealing.KeyRing | None) -> None:
    with engine.connect() as connection:
        if not inspect(connection).has_table(KeyCheck.__tablename__):
            return
        proofs = connection.execute(select(KeyCheck.key_id, KeyCheck.proof)).all()
    if proofs and ring is None:
        raise DatabaseProblem(f"The key file {config.key_file} is missing. Put it back, or name it in CP_KEY_FILE.")
    for key_id, proof in proofs:
        key = ring.keys.get(key_id) if ring else None
        if key is None or proof != prove(key):
            raise DatabaseProblem(
                f"The key file {config.key_file} is not the one this directory was sealed with. "
                "Put the right one back, or name it in CP_KEY_FILE."
            )


def prove(key: sealing.Key) -> bytes:
    """A value that shows who holds this key, without showing the key."""
    return sealing.KeyRing([key]).digest("key check", PROOF + key.seal.hex())


def tie(owner: Engine, ring: sealing.KeyRing) -> None:
    """Note in a new database which key it is sealed with."""
    with owner.begin() as connection:
        known = set(connection.scalars(select(KeyCheck.key_id)))
        rows = [{"key_id": key.id, "proof": prove(key)} for key in ring.keys.values() if key.id not in known]
        if rows:
            connection.execute(insert(KeyCheck), rows)
