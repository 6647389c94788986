"""`flask audit verify`."""

import click
from flask.cli import AppGroup

from cp.cli.common import transaction
from cp.services import audit

group = AppGroup("audit", help="Check the audit.")
GROUPS = (group,)


@group.command("verify")
def verify() -> None:
    """Check every entry from the first to the last; fails unless all are whole."""
    with transaction() as session:
        checked = audit.verify(session)
        tail = session.get_bind().dialect.name
    for problem in checked.problems:
        click.echo(problem)
    click.echo(f"{checked.entries} entries checked, {len(checked.problems)} problems.")
    click.echo("Not checked yet, for want of seals kept outside: that no entry was taken off the end" + (
        "." if tail == "sqlite" else ", or out of the middle."))  # fmt: skip
    if checked.problems:
        raise SystemExit(1)
