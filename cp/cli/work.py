"""`flask work`: the worker that runs beside the web server."""

import time

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from cp.cli.common import transaction
from cp.services import jobs

PAUSE = 5


@click.command("work")
@click.option("--once", is_flag=True, help="End when no job is left.")
@with_appcontext
def work(once: bool) -> None:
    """Take jobs until stopped."""
    while True:
        kind = _next()
        if kind is None and once:
            return
        if kind is None:
            time.sleep(PAUSE)


GROUPS = (work,)


def _next() -> str | None:
    """One job, in a transaction of its own. A busy database is tried again later."""
    try:
        with transaction() as session:
            jobs.ensure(session)
            return jobs.run_next(session)
    except DBAPIError as problem:
        click.echo(f"The database is busy or away: {type(problem.orig).__name__}", err=True)
        return None
