"""`flask children shield`: the management team's emergency shield, from the server."""

import click
from flask.cli import AppGroup

from cp.cli.common import transaction
from cp.rules import number as numbers
from cp.services import shielding
from cp.terms import ShieldGround

group = AppGroup("children", help="Records of children.")
GROUPS = (group,)


@group.command("shield")
@click.argument("number")
@click.option("--because", required=True, type=click.Choice([ground.value for ground in ShieldGround]))
def shield(number: str, because: str) -> None:
    """Shield the record NUMBER. Taking a shield off needs two people, and is on the web only."""
    kept = numbers.normalise(number)
    if kept is None:
        raise click.ClickException("That is not a ContactPoint number: it is CP and 10 numbers.")
    with transaction() as session:
        done = shielding.shield(session, kept, ShieldGround(because))
    if done is None:
        raise click.ClickException("No record has that number.")
    click.echo(f"{numbers.shown(kept)} is shielded." if done else f"{numbers.shown(kept)} was shielded already.")
