"""The database's version: bring it up to date, compare it with the models, refuse what does not fit."""

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, inspect, select, text
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from cp import sealing
from cp.config import Config
from cp.models import Base, KeyCheck

MIGRATIONS = Path(__file__).parent / "migrations"
PROOF = "contactpoint"
LASTING = 0
UNFINISHED = "restore_unfinished"
"""A table that stands only between a restore and its end: until then nothing is served from this database."""
NOT_FINISHED = (
    "A restore is not finished: children destroyed and shields set since the backup would be as before. "
    "Run: flask --app app restore --finish"
)


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


def revision_and_proofs(engine: Engine) -> tuple[str, dict[int, str]]:
    """What a backup says of itself: the version of the tables, and the proofs of the keys by number."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        return found or "", {number: proof.hex() for number, proof in _known(connection).items()}


def require_fit(revision: str, proofs: dict[int, str], config: Config, ring: sealing.KeyRing | None) -> None:
    """Raises DatabaseProblem where this code or these keys cannot work on a backup that says this of itself."""
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if revision not in known:
        raise DatabaseProblem("The backup is newer than this code. Restore it with the newer version.")
    if ring is None or not _proven({number: bytes.fromhex(proof) for number, proof in proofs.items()}, ring):
        raise DatabaseProblem(
            f"The key file {config.key_file} is not the one that this backup was sealed with. Put that one in its "
            "place, or name it in CP_KEY_FILE."
        )


def mark_unfinished(made_at: datetime) -> tuple[str, str]:
    """The statements that say so of a database, for either engine; `made_at` is the backup's own moment."""
    return (
        f"CREATE TABLE {UNFINISHED} (made_at VARCHAR(40) NOT NULL)",
        f"INSERT INTO {UNFINISHED} (made_at) VALUES ('{made_at.isoformat()}')",  # noqa: S608 - a moment of ours
    )


def unfinished(connection: Connection) -> datetime | None:
    """The moment of the backup that was restored, where that is not finished."""
    if not inspect(connection).has_table(UNFINISHED):
        return None
    return datetime.fromisoformat(str(connection.scalar(text(f"SELECT made_at FROM {UNFINISHED}"))))  # noqa: S608


def is_unfinished(engine: Engine) -> bool:
    if engine.dialect.name == "sqlite" and not _file(engine).exists():
        return False
    with engine.connect() as connection:
        return inspect(connection).has_table(UNFINISHED)
