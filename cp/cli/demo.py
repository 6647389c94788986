"""`flask demo load`, `people`, `code`, `children` and `file`: a directory to try, and what somebody needs to use it."""

import time
from datetime import datetime

import click
from flask.cli import AppGroup
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.cli.common import prepare, print_csv, transaction
from cp.services import demo

NOT_LOADED = "There is no demonstration in this directory: flask --app app demo load"
HOLDS_OTHER = (
    "This directory holds other data, so the demonstration was not loaded. Choose an empty one with CP_HOME "
    "or DATABASE_URL."
)
HAS_ONE = "This directory holds a demonstration already. Choose an empty one with CP_HOME or DATABASE_URL."
BROKEN_OFF = "A load of {} children with seed {} was broken off here. Load these again, or choose an empty directory."

group = AppGroup("demo", help="A synthetic directory, and people to sign in as.")
GROUPS = (group,)


@group.command("load")
@click.option("--children", type=click.IntRange(1), default=27_700, show_default=True, help="How many children.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Another seed, other children.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is made for; today if not given.")
@click.option("--if-empty", is_flag=True, help="Do nothing where the directory holds anything.")
def load(children: int, seed: int, day: datetime | None, if_empty: bool) -> None:
    """Load a synthetic directory: the same number, seed and day give the same one."""
    asked = demo.Asked(children, seed, day.date() if day else clock.today())
    owner = prepare()
    try:
        wanted = _wanted(owner, asked, if_empty)
        if wanted is None:
            click.echo("The directory is not empty; nothing was loaded.")
        else:
            demo.load(owner, sealing.ring(), wanted, _tell)
    finally:
        owner.dispose()


def _wanted(owner: Engine, asked: demo.Asked, if_empty: bool) -> demo.Asked | None:
    """What to load: what was asked, what an earlier load of the same was broken off at, or nothing."""
    with Session(owner) as session:
        state, before = demo.found(session)
    if state == "empty":
        return asked
    if state == "begun" and before and (before.children, before.seed) == (asked.children, asked.seed):
        return before
    if if_empty and state != "begun":
        return None
    raise click.ClickException(_why_not(state, before))


def _why_not(state: str, before: demo.Asked | None) -> str:
    if state == "begun" and before:
        return BROKEN_OFF.format(before.children, before.seed)
    return HAS_ONE if state == "complete" else HOLDS_OTHER


def _tell(count: int) -> None:
    click.echo(f"{count:,} children loaded")


@group.command("people")
def people() -> None:
    """Whom to sign in as, as CSV."""
    with transaction() as session:
        if demo.found(session)[0] != "complete":
            raise click.ClickException(NOT_LOADED)
    word = demo.password(sealing.ring())
    print_csv(("email", "password", "role", "name"), ((p.address, word, p.role, p.name) for p in demo.PEOPLE))


@group.command("code")
@click.argument("email")
def code(email: str) -> None:
    """A security code of a demonstration person that will be accepted now. Waits where both were used already."""
    while True:
        try:
            with transaction() as session:
                found, wait = demo.next_code(session, email)
        except LookupError:
            raise click.ClickException("Only people of the demonstration have their codes printed here.") from None
        if found:
            click.echo(found)
            return
        time.sleep(wait)


@group.command("children")
@click.option("--count", type=click.IntRange(1), default=10, show_default=True)
def children(count: int) -> None:
    """Ordinary children of the demonstration, as CSV."""
    try:
        with transaction() as session:
            found = demo.children(session, count)
    except LookupError:
        raise click.ClickException(NOT_LOADED) from None
    print_csv(demo.Ordinary._fields, found)


@group.command("file")
def file() -> None:
    """A messy file of Sue Lambert's school, to try supply with: what its own system would export, as CSV."""
    with transaction() as session:
        state, asked = demo.found(session)
    if state != "complete" or asked is None:
        raise click.ClickException(NOT_LOADED)
    try:
        click.echo(demo.school_file(asked), nl=False)
    except ValueError:
        raise click.ClickException("The school of so small a demonstration has too few pupils for a file.") from None
