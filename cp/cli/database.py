"""`flask database upgrade`, `flask database check`."""

import tempfile
from pathlib import Path

import click
from flask.cli import AppGroup

from cp import database as versions
from cp import engines
from cp.cli.common import prepare

group = AppGroup("database", help="Bring the database up to date, or compare it with the code.")
GROUPS = (group,)


@group.command("upgrade")
def upgrade() -> None:
    """Run every migration not yet run; makes the key and the database where there are none."""
    prepare().dispose()
    click.echo("The database is up to date.")


@group.command("check")
def check() -> None:
    """The migrations make what the models say, forwards and back, on a new database."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engines.make_engine(f"sqlite:///{Path(folder) / 'check.db'}", owner=True)
        versions.upgrade(engine)
        differences = versions.differences(engine)
        versions.downgrade(engine)
        versions.upgrade(engine)
        engine.dispose()
    if differences:
        raise click.ClickException("\n".join(map(str, differences)))
    click.echo("The migrations and the models agree.")
