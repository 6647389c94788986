"""`flask find check` and `flask find rebuild`."""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from cp import sealing
from cp.cli.common import reading
from cp.services import find

group = AppGroup("find", help="The index of names, births and places.")
GROUPS = (group,)


@group.command("check")
def check() -> None:
    """Compare the index with the records; fails unless every record has exactly its keys."""
    with reading() as session:
        problems = list(find.check(session))
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(problems)} problems." if problems else "Every record has exactly its keys.")
    if problems:
        raise SystemExit(1)


@group.command("rebuild")
@click.option("--after", default=0, help="Go on after this record, where an earlier run was stopped.")
def rebuild(after: int) -> None:
    """Make the index again from the records, in batches that each stand when they are done. People may search on."""
    with Session(current_app.extensions["engine"]) as session:
        for last in find.rebuild(session, after):
            session.commit()
            sealing.refresh()
            if last:
                click.echo(f"Done up to record {last}.")
    click.echo("Names that nobody bears taken out.")
