"""`flask keys make`, `add`, `rotate` and `retire`: the key that seals addresses, contacts and criteria."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter

import click
from flask.cli import AppGroup

from cp import sealing
from cp.cli.common import config, make_key, owning
from cp.sealing import MOST_KEYS
from cp.services import changing_keys
from cp.services.changing_keys import NotNow, Progress

group = AppGroup("keys", help="The key that seals addresses, contacts and criteria.")
GROUPS = (group,)
TELL_EVERY = 10_000


@group.command("make")
def make() -> None:
    """Make the key file, if this directory has none yet."""
    made = make_key()
    click.echo(f"{'Made' if made else 'Kept'} the key file {config().key_file}. Keep a copy somewhere safe.")


@group.command("add")
def add() -> None:
    """Put a second key into the key file: the first step of changing the key. Nothing is sealed with it yet."""
    with owning() as engine, _refusing():
        number = changing_keys.add(engine, config().key_file)
    click.echo(
        f"Key {number} stands in the key file {config().key_file}. Copy the file to its safe place now, then run:"
    )
    click.echo("flask --app app keys rotate")


@group.command("rotate")
@click.option("--stopped", is_flag=True, help="The site is stopped: wait for no request to end.")
def rotate(stopped: bool) -> None:
    """Use the key that was added, and seal everything again with it. Killed, it goes on when run again.

    Before and after the key comes into use a minute passes, so that no request is left that does not know of it.
    """
    with owning() as engine:
        _wait(stopped)
        number = changing_keys.switch(engine, config().key_file).current.id
        _wait(stopped)
        sealing.refresh()
        steps = groupby(changing_keys.rotate(engine), attrgetter("table"))
        damaged = sum(_told(table, of) for table, of in steps)
    if damaged:
        click.echo(f"{damaged} rows do not open with any key, and were left as they are.")
    click.echo(
        f"Everything else is sealed with key {number}." if damaged else f"Everything is sealed with key {number}."
    )


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except NotNow as problem:
        raise click.ClickException(str(problem)) from None


def _wait(stopped: bool) -> None:
    if not stopped and (seconds := changing_keys.rests(config().key_file)):
        click.echo(f"Waiting {seconds:.0f} seconds for requests that began before.")
        time.sleep(seconds)


def _told(table: str, steps: Iterator[Progress]) -> int:
    """Says how far a table is, now and then and at its end; how many of its rows do not open."""
    told, done = 0, Progress(table)
    for done in steps:
        if done.seen - told >= TELL_EVERY:
            told = done.seen
            click.echo(f"{table}: {done.seen:,} so far")
    click.echo(f"{table}: {done.seen:,} looked at, {done.made:,} made again")
    return done.damaged


@group.command("retire")
@click.argument("number", type=click.IntRange(1, MOST_KEYS))
@click.option("--stopped", is_flag=True, help="The site is stopped: wait for no request to end.")
def retire(number: int, stopped: bool) -> None:
    """Take key NUMBER out of the key file, once nothing is sealed or known by it: the last step of changing the key."""
    _wait(stopped)
    with owning() as engine, _refusing():
        changing_keys.retire(engine, config().key_file, number)
    click.echo(f"Key {number} is out of the key file {config().key_file}. Copy the file to its safe place.")
    click.echo("Backups made before still need it: keep the copy of before for as long as you keep them.")
