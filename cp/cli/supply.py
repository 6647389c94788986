"""`flask supply file`, `flask supply watch`: the same way in as the web, from the server."""

import csv
import sys
import time
from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from cp import clock
from cp.cli.common import reading, sender_of, transaction
from cp.cli.credentials import credential
from cp.cli.work import supply
from cp.feeds.reading import read
from cp.feeds.sheet import Unreadable
from cp.models import SupplyFile
from cp.services import settings
from cp.services.supply import at_the_server, live, working
from cp.services.supply.receiving import Arrived

PAUSE, SETTLED = 10, 5
"""Seconds between two looks, and since a file was last written: before that it may still be coming in."""
WHY = ".why.txt"

group = AppGroup("supply", help="What organisations send.")
group.add_command(credential)
GROUPS = (group,)


@group.command("file")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, metavar="CODE", help="URN, DfE number or practice code.")
@click.option("--some", is_flag=True, help="It lists only some of the children: nobody else has left.")
@click.option("--apply", is_flag=True, help="Send the rows that are ready.")
@with_appcontext
def file(path: Path, organisation: str, some: bool, apply: bool) -> None:
    """Check the file at PATH; print what is wrong as CSV (row,column,kind,sentence), then one line of figures."""
    try:
        uid, report = _check(path, organisation, whole=not some, send=apply)
    except Unreadable as problem:
        raise click.ClickException(f"{problem}.") from None
    lines = csv.writer(sys.stdout)
    lines.writerow(["row", "column", "kind", "sentence"])
    lines.writerows(report.problems)
    done = _work(uid) if apply else 0
    click.echo(f"{report.total} rows: {report.ready} ready, {report.total - report.ready} to correct; {done} sent.")
    if report.missing:
        raise click.ClickException(_tried(report))


@group.command("watch")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--once", is_flag=True, help="End when no file is left.")
@with_appcontext
def watch(folder: Path, once: bool) -> None:
    """Send each file that is put into FOLDER/CODE, where CODE is an organisation's, and delete it.

    Every file lists everybody. What is wrong in it the supplier sees under Files sent; beside one that could not be
    read, or was only a test, there is then a text that says why.
    """
    while True:
        for path in sorted(path for path in folder.glob("*/*") if path.is_file() and not path.name.endswith(WHY)):
            if clock.now().timestamp() - path.stat().st_mtime >= SETTLED:
                _take(path)
        if once:
            return
        time.sleep(PAUSE)


@group.command("join-again")
@with_appcontext
def join_again() -> None:
    """After a restore: rows may join records by themselves again, since the management teams have looked."""
    with transaction() as session:
        changed = settings.let_rows_join(session, on=True)
    click.echo("Rows join records again." if changed else "Rows join records already.")


def _take(path: Path) -> None:
    """One that says nothing of a child's place stays nowhere: the file is gone, whatever came of it."""
    try:
        _, report = _check(path, path.parent.name, whole=True, send=True)
    except (Unreadable, click.ClickException) as problem:
        said = str(problem).rstrip(".")
        path.with_name(path.name + WHY).write_text(f"{said}.\n", "utf-8")
        click.echo(f"{path.parent.name}: a file was not read.", err=True)
    else:
        click.echo(f"{path.parent.name}: {report.total} rows, {report.ready} ready.")
        if report.missing:
            path.with_name(path.name + WHY).write_text(f"{_tried(report)}\n", "utf-8")
    path.unlink()


def _tried(report: at_the_server.Report) -> str:
    return " ".join((live.TRIED, *report.missing))


def _check(path: Path, code: str, *, whole: bool, send: bool) -> tuple[UUID, at_the_server.Report]:
    """Raises Unreadable, ClickException. Nothing is kept unless it is sent."""
    data = path.read_bytes()
    sheet = read(data, path.name)
    with reading() as session:
        ahead = at_the_server.look(session, sender_of(session, code), sheet, Arrived(path.name, data, whole))
    if not send:
        return ahead.prepared.file.uid, ahead.report
    with transaction() as session:
        return at_the_server.send(session, sender_of(session, code), ahead)


def _work(uid: UUID) -> int:
    """Take what is due until this file is sent. Killed, the worker goes on with it."""
    while True:
        with transaction() as session:
            file = session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one()
            if file.state not in working.WORKING:
                return file.done
        supply()
