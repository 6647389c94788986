"""What the commands share: the engine that may change tables, the key, a session that commits or nothing."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime

import click
from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from cp import database, engines, keyfile, lodging, sealing
from cp.config import Config
from cp.services.audit_seals import keys as signing
from cp.services.audit_seals.sealing import Sessions
from cp.services.retention import believing
from cp.services.retention.believing import Believed, Unbelieved
from cp.services.supply import senders
from cp.services.supply.senders import NobodysWord, Sender


def config() -> Config:
    found: Config = current_app.extensions["config"]
    return found


def owner() -> Engine:
    return engines.make_engine(config().database_url, owner=True)


@contextmanager
def owning() -> Iterator[Engine]:
    """`owner`, its connections closed at the end."""
    engine = owner()
    try:
        yield engine
    finally:
        engine.dispose()


def make_key() -> bool:
    """A key file for a directory that has none yet; never for a database that lost its own. False when there is one."""
    path = config().key_file
    if path.exists():
        return False
    if current_app.extensions["database"] != "empty":
        raise click.ClickException(f"The key file {path} is missing. Put it back, or name it in CP_KEY_FILE.")
    ring = sealing.KeyRing([sealing.Key.new()])
    keyfile.write(path, ring)
    sealing.use(ring)
    return True


def make_signing_key() -> bool:
    """The key that signs the audit, where there is none; never for a log that lost its own. False when there is one."""
    path = config().signing_file
    if path.exists():
        return False
    if current_app.extensions["database"] == "current":
        with owning() as engine, Session(engine) as session:  # of a restore that is not finished, too
            if signing.noted(session):
                raise click.ClickException(
                    f"The signing key {path} is missing. Put it back: the log has begun with it."
                )
    return signing.make(path)


def prepare() -> Engine:
    """A directory ready to work: a key, every migration, the application's own rights."""
    make_key()
    make_signing_key()
    engine = owner()
    database.upgrade(engine)
    database.tie(engine, sealing.ring())
    engines.protect(engine)
    return engine


def sessions() -> Sessions:
    """For the sealer, which opens its own. Raises ClickException while a restore is not finished."""
    _require_finished()
    return Sessions(current_app.extensions["sessionmaker"], current_app.extensions["reader"])


@contextmanager
def transaction() -> Iterator[Session]:
    """All or nothing. Raises ClickException while a restore is not finished."""
    _require_finished()
    sealing.refresh()
    with Session(current_app.extensions["engine"]) as session, session.begin():
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """Reads and changes nothing, and holds nobody up. Raises ClickException while a restore is not finished."""
    _require_finished()
    sealing.refresh()
    with current_app.extensions["reader"]() as session:
        yield session


def _require_finished() -> None:
    if current_app.extensions["unfinished"]:
        raise click.ClickException(database.NOT_FINISHED)


def believed() -> Believed:
    """The time, where its day may be believed; also while the database is away or switched off. Raises Unbelieved."""
    lodge = config().lodge
    if lodging.closed() is None:
        with suppress(DBAPIError), reading() as session:
            return believing.now(lodge, session)
    return believing.now(lodge)


TODAY = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="What day it is, where the clock alone is not believed."
)


def told(today: datetime | None) -> date | None:
    return today.date() if today else None


def refused(doubt: Unbelieved, command: str) -> str:
    """Why nothing is done, what to do, and by which command somebody says that the clock is right."""
    if doubt.today is None:
        return str(doubt)
    how = f"flask --app app {command} --today {doubt.today}"
    return f"{doubt} If the clock is wrong, set it right. If it is right, run: {how}"


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def sender_of(session: Session, code: str) -> Sender:
    """Raises ClickException where no organisation, or more than one, has the code, or it sends no lists."""
    try:
        sender = senders.of_code(session, code)
    except NobodysWord:
        raise click.ClickException("That organisation sends no lists of children.") from None
    if sender is None:
        raise click.ClickException("No organisation, or more than one, has that code.")
    return sender
