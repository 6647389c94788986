"""The database's version: bring it up to date, compare it with the models, refuse what does not fit."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, inspect, select
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from cp import sealing
from cp.config import Config
from cp.models import Base, KeyCheck

MIGRATIONS = Path(__file__).parent / "migrations"
PROOF = "contactpoint"
LASTING = 0


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
        known = _known(connection)
    if known and ring is None:
        raise DatabaseProblem(f"The key file {config.key_file} is missing. Put it back, or name it in CP_KEY_FILE.")
    if known and ring and not _proven(known, ring):
        raise DatabaseProblem(
            f"The key file {config.key_file} is not the one this directory was sealed with. "
            "Put the right one back, or name it in CP_KEY_FILE."
        )


def _known(connection: Connection) -> dict[int, bytes]:
    """The proof of each key that this database may be sealed with."""
    rows = connection.execute(select(KeyCheck.key_id, KeyCheck.proof))
    return {row.key_id: row.proof for row in rows}


def _proven(known: dict[int, bytes], ring: sealing.KeyRing) -> bool:
    """Whether this ring holds every key that the database knows, and its lasting secret."""
    proofs = _proofs(ring)
    return all(proofs.get(key_id) == proof for key_id, proof in known.items())


def _proofs(ring: sealing.KeyRing) -> dict[int, bytes]:
    """For each key a value that shows who holds it, without showing the key; under LASTING for the lasting secret."""
    proofs = {key.id: key.digest("key check", PROOF + key.seal.hex()) for key in ring.keys.values()}
    return proofs | {LASTING: ring.lasting_digest("key check", PROOF)}


def knows(engine: Engine, ring: sealing.KeyRing) -> bool:
    """Whether a ring that was found while running may be taken up: the right one, and what it seals with is noted.

    False as well where the database does not answer: it is asked again at the next request.
    """
    try:
        with engine.connect() as connection:
            known = _known(connection)
    except SQLAlchemyError:
        return False
    return ring.current.id in known and _proven(known, ring)


def tie(owner: Engine, ring: sealing.KeyRing) -> None:
    """Note in the database which keys it is sealed with."""
    with owner.begin() as connection:
        note(connection, ring)


def note(connection: Connection, ring: sealing.KeyRing) -> None:
    """`tie`, within a transaction."""
    known = set(connection.scalars(select(KeyCheck.key_id)))
    rows = [{"key_id": key_id, "proof": proof} for key_id, proof in _proofs(ring).items() if key_id not in known]
    if rows:
        connection.execute(insert(KeyCheck), rows)
