"""`flask backup` and `flask restore`: a sealed copy taken while people work, and put in place again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from cp import clock, database, engines, keyfile, lodging
from cp.cli.common import TODAY, believed, config, reading, refused, told
from cp.config import Config
from cp.sealing import KeyProblem
from cp.services import restoring
from cp.services.audit_seals import sealing
from cp.services.audit_seals.lodging import ahead
from cp.services.backing_up import BackupProblem, back_up, forget
from cp.services.backing_up.envelope import Header
from cp.services.backing_up.making import Source
from cp.services.restoring import Missing, Target
from cp.services.restoring.finishing import sentences
from cp.services.retention.believing import Unbelieved

A_MEGABYTE = 1_000_000
BEHIND = (
    "The log of the audit ends before what was lodged, since entries are missing. It is not sealed on before you run: "
    "flask --app app audit begin-again"
)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except (BackupProblem, KeyProblem, database.DatabaseProblem) as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"{problem.strerror}: {problem.filename or 'the disk'}") from None
    except DBAPIError as problem:
        raise click.ClickException(f"The database does not answer: {type(problem.orig).__name__}") from None


@click.command("backup")
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), help="The folder; beside the key file if not given."
)
@with_appcontext
def backup(to: Path | None) -> None:
    """Copy the database, sealed, while people work; and destroy the keys of backups that are 35 days old."""
    own = config()
    folder = (to or own.backups).resolve()
    gone = lodging.facts(own.lodge, lodging.DESTRUCTION) is not None
    if gone or current_app.extensions["database"] == "empty" or current_app.extensions["unfinished"]:
        raise click.ClickException("There is no directory here that could be backed up.")
    if own.key_file.is_relative_to(folder) or own.lodge.is_relative_to(folder):
        raise click.ClickException("The key file and CP_LODGE must not lie in the folder of backups: choose another.")
    with _telling():
        made = back_up(_source(own), folder, own.backup_keys, clock.now())
    click.echo(f"{made.file}: {made.size / A_MEGABYTE:,.1f} MB, opened once to be sure. Keep a copy elsewhere.")
    click.echo(f"Its key is in {own.backup_keys}, and is destroyed in 35 days.")
    with _telling():
        _forget(own)


def _forget(own: Config) -> None:
    try:
        gone = forget(own.backup_keys, own.lodge, believed())
    except Unbelieved as doubt:
        click.echo(f"Older backups are kept. {refused(doubt, 'retention run')}", err=True)
    else:
        if gone:
            click.echo(f"{gone} older backups and their keys were destroyed.")


def _source(own: Config) -> Source:
    engine = engines.make_engine(own.database_url, owner=True)
    try:
        revision, proofs = database.revision_and_proofs(engine)
    finally:
        engine.dispose()
    return Source(own.database_url, revision, engine.dialect.name, proofs)


@click.command("restore")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", help="Another database, for a rehearsal: postgresql://… or sqlite:///…")
@click.option("--replace", is_flag=True, help="Put it in the place of the directory that is there.")
@click.option("--finish", is_flag=True, help="Go on where an earlier restore stopped.")
@click.option("--even-so", type=int, metavar="NUMBER", help="So many shielded records are missing, and that is known.")
@TODAY
@with_appcontext
def restore(
    file: Path | None, into: str | None, replace: bool, finish: bool, even_so: int | None, today: datetime | None
) -> None:
    """Put the backup FILE in place; then destroy, shield, archive and revoke again what was since it was made."""
    if (file is None) is not finish:
        raise click.ClickException("Name the backup to restore, or add --finish to go on with one.")
    url = _url(into)
    with _telling():
        if file:
            _place(file, url, replace=replace)
        _finish(url, even_so, told(today), f"restore --finish{f' --into {into}' if into else ''}")


def _url(into: str | None) -> str:
    """The site's own database where none is named."""
    if into is None:
        return config().database_url
    if into.startswith("sqlite:///"):
        return into
    if into.startswith(("postgresql://", "postgresql+psycopg://")):
        return "postgresql+psycopg://" + into.partition("://")[2]
    raise click.ClickException("--into must begin with postgresql:// or sqlite:///.")


def _place(file: Path, url: str, *, replace: bool) -> None:
    """This program's own connections would be somebody who works with it."""
    own = config()
    current_app.extensions["engine"].dispose()
    lodge = own.lodge if url == own.database_url else None
    header = restoring.place(file, own.backup_keys, Target(url, lodge, partial(_fits, own), replace))
    current_app.extensions["unfinished"] = current_app.extensions["unfinished"] or lodge is not None
    click.echo(f"The backup of {header.made_at:%d %B %Y, %H:%M} UTC is in place.")


def _fits(own: Config, header: Header) -> None:
    database.require_fit(header.revision, header.proofs, own, keyfile.read(own.key_file))


def _finish(url: str, even_so: int | None, today: date | None, command: str) -> None:
    own, now = config(), clock.now()
    keyfile.use(own.key_file, lambda _: True)
    engine = engines.make_engine(url, owner=True)
    try:
        if database.state(engine) == "older":
            raise click.ClickException(_older(url == own.database_url))
        done = restoring.finish(engine, own.lodge, now, even_so, today)
    except Missing as why:
        raise click.ClickException(
            f"{why.count} records were shielded since the backup and are not in it. A school that sends such a child "
            "again makes an open record: tell the management team first, who make and shield them. Then run: "
            f"flask --app app {command} --even-so {why.count}"
        ) from None
    except Unbelieved as doubt:
        also = f" --even-so {even_so}" if even_so else ""
        raise click.ClickException(refused(doubt, f"{command}{also}")) from None
    finally:
        engine.dispose()
    if url == own.database_url:
        lodging.take_away(own.lodge, lodging.RESTORING)
        current_app.extensions["unfinished"] = False
    for sentence in sentences(done) if done else ["Nothing was waiting to be finished."]:
        click.echo(sentence)
    if done and url == own.database_url and _log_is_behind(own):
        click.echo(BEHIND)
    if done:
        click.echo("The restore is finished. Run audit verify and find check, then start the site.")


def _log_is_behind(own: Config) -> bool:
    with reading() as session:
        known = sealing.log(session)
        return known is not None and ahead(session, own.lodge, known) is not None


def _older(own: bool) -> str:
    where = "" if own else ", with DATABASE_URL naming that database,"
    return (
        f"The backup is older than this code. Run{where} flask --app app database upgrade, then "
        "flask --app app restore --finish. Nothing is served before."
    )


GROUPS = (backup, restore)
