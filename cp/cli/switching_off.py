"""`flask switch-off` and `flask switch-on`: the whole directory, and its destruction by two people."""

import click
from flask import current_app
from flask.cli import with_appcontext

from cp import clock, lodging
from cp.cli.common import config, owning, transaction
from cp.services import switching_off
from cp.services.backing_up import BackupProblem
from cp.services.switching_off import Held, NotNow, NotThem

PHRASE = "destroy everything for ever"
DAY = "%d %B %Y"


@click.command("switch-off")
@click.option("--rehearse", is_flag=True, help="Only say what switching off and destroying would do.")
@click.option("--destroy", is_flag=True, help="Destroy everything, once it is switched off: two people, and a phrase.")
@with_appcontext
def switch_off(rehearse: bool, destroy: bool) -> None:
    """Answer nobody from now on, and end every session. With --destroy, later: destroy what it held, for good."""
    if rehearse:
        _rehearse()
    elif destroy:
        _destroy()
    else:
        with transaction() as session:
            due = switching_off.switch_off(session, config().lodge, clock.now())
        click.echo("The directory is switched off: nobody is answered, and everybody is signed out.")
        click.echo(f"By {due:{DAY}} destroy it: flask --app app switch-off --destroy")
        click.echo("Until then it can be switched on again: flask --app app switch-on")


@click.command("switch-on")
@with_appcontext
def switch_on() -> None:
    """Answer again, as long as nothing was destroyed. Everybody has to sign in."""
    try:
        with transaction() as session:
            done = switching_off.switch_on(session, config().lodge)
    except NotNow as problem:
        raise click.ClickException(str(problem)) from None
    click.echo("The directory is switched on." if done else "It was on.")


def _rehearse() -> None:
    own = config()
    with owning() as owner:
        found = switching_off.rehearse(owner, own.backup_keys)
    click.echo("Switching off would answer nobody from the next request on, and end every session.")
    click.echo("Destroying would then destroy for good, and nothing brings it back:")
    for table, rows in found.rows.items():
        click.echo(f"  {rows:,} rows of {table}")
    click.echo(f"  the key file {own.key_file}, and the keys of {found.backups} backups")
    click.echo(f"The audit would stay, with {found.entries:,} entries. Nothing was changed now.")
    click.echo("Copies of the key file that lie elsewhere are yours to destroy.")


def _destroy() -> None:
    """Asked of two people, one after the other; not a second time where it was begun."""
    own = config()
    if lodging.facts(own.lodge, lodging.SWITCHED_OFF) is None:
        raise click.ClickException("Switch the directory off first: flask --app app switch-off")
    people = [] if lodging.facts(own.lodge, lodging.DESTRUCTION) else _two()
    current_app.extensions["engine"].dispose()
    try:
        with owning() as owner:
            certificate = switching_off.destroy(Held(owner, own), people, clock.now())
    except (NotNow, BackupProblem) as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"Everything is destroyed but the audit. The certificate: {certificate}")
    click.echo("Destroy the copies of the key file and of the keys of backups that lie elsewhere.")


def _two() -> list[str]:
    names = [_one("The first of the two"), _one("The second of the two")]
    if names[0] == names[1]:
        raise click.ClickException("Two different people must answer for it. Nothing was destroyed.")
    return [name for _, name in names]


def _one(who: str) -> tuple[str, str]:
    """Email and name. Raises ClickException."""
    email = click.prompt(f"{who}: email address").strip().lower()
    password = click.prompt("Password", hide_input=True)
    problem = ""
    with transaction() as session:
        try:
            name = switching_off.name_of(session, email, password)
        except NotThem as refused:
            name, problem = "", f"{refused} Nothing was destroyed."
    if problem:
        raise click.ClickException(problem)
    if click.prompt(f"{name}, type “{PHRASE}”") != PHRASE:
        raise click.ClickException("That is not the phrase. Nothing was destroyed.")
    return email, name


GROUPS = (switch_off, switch_on)
