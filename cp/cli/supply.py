"""`flask supply file`: the same way in as the web, from the server."""

import csv
import sys
from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.cli.common import transaction
from cp.feeds.reading import read
from cp.feeds.sheet import Unreadable
from cp.models import SupplyFile
from cp.services.supply import at_the_server, senders, working
from cp.services.supply.receiving import Arrived
from cp.services.supply.senders import NobodysWord, Sender

group = AppGroup("supply", help="Files of suppliers.")
GROUPS = (group,)


@group.command("file")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, metavar="CODE", help="URN, DfE number or practice code.")
@click.option("--some", is_flag=True, help="It lists only some of the children: nobody else has left.")
@click.option("--apply", is_flag=True, help="Send the rows that are ready.")
@with_appcontext
def file(path: Path, organisation: str, some: bool, apply: bool) -> None:
    """Check the file at PATH; print what is wrong as CSV (row,column,kind,sentence), then one line of figures."""
    data = path.read_bytes()
    try:
        sheet = read(data, path.name)
        with transaction() as session:
            sender = _sender(session, organisation)
            uid, report = at_the_server.check(session, sender, sheet, Arrived(path.name, data, not some), send=apply)
            if not apply:
                session.rollback()
    except Unreadable as problem:
        raise click.ClickException(f"{problem}.") from None
    lines = csv.writer(sys.stdout)
    lines.writerow(["row", "column", "kind", "sentence"])
    lines.writerows(report.problems)
    done = _work(uid) if apply else 0
    click.echo(f"{report.total} rows: {report.ready} ready, {report.total - report.ready} to correct; {done} sent.")


def _sender(session: Session, code: str) -> Sender:
    try:
        sender = senders.of_code(session, code)
    except NobodysWord:
        raise click.ClickException("That organisation sends no lists of children.") from None
    if sender is None:
        raise click.ClickException("No organisation, or more than one, has that code.")
    return sender


def _work(uid: UUID) -> int:
    """Take what is due until this file is sent. Killed, the worker goes on with it."""
    while True:
        with transaction() as session:
            file = session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one()
            if file.state not in working.WORKING:
                return file.done
        with transaction() as session:
            working.step(session)
