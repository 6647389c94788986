"""`flask register schools` and `flask register practices`: organisations as public registers state them."""

from collections.abc import Callable
from typing import BinaryIO, TypeVar

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from cp import clock
from cp.cli.common import print_csv, transaction
from cp.feeds import registers as files
from cp.feeds.registers import Problem
from cp.feeds.sheet import Unreadable
from cp.services import registers
from cp.services.registers import Changes, TooManyGone

T = TypeVar("T")
NO_AUTHORITY = "The directory knows no authority yet: flask --app app account first"
ANYWAY = "If the file is whole and this is right, add --even-so {}."

group = AppGroup("register", help="Organisations, as public registers state them.")
GROUPS = (group,)
FILE = click.File("rb")
even_so = click.option("--even-so", type=int, metavar="NUMBER",
                       help="So many schools are gone at once, and that is right.")  # fmt: skip
applied = click.option("--apply", is_flag=True, help="Change the directory; otherwise only say what would change.")


@group.command("schools")
@click.argument("file", type=FILE)
@click.option("--links", type=FILE, help="The links file of the same extract: who came after whom.")
@even_so
@applied
def schools(file: BinaryIO, links: BinaryIO | None, apply: bool, even_so: int | None) -> None:
    """Keep the schools of FILE: all establishments, as Get Information About Schools gives them (CSV)."""
    known = _authorities()
    read = _read(file, lambda data: files.schools(data, known))
    tied: files.Register[files.Link] = _read(links, files.links) if links else files.Register(())
    _keep(lambda session: registers.keep(session, read, tied.rows, clock.today(), even_so), apply, tied.problems)


@group.command("practices")
@click.argument("file", type=FILE)
@applied
def practices(file: BinaryIO, apply: bool) -> None:
    """Keep the GP practices of FILE: CSV with the columns practice_code, name, authority, phone, opened, closed."""
    known = _authorities()
    read = _read(file, lambda data: files.practices(data, known))
    _keep(lambda session: registers.keep_practices(session, read, clock.today()), apply)


def _authorities() -> set[str]:
    """In a transaction of its own: nobody waits while a long file is read."""
    with transaction() as session:
        known = set(registers.authorities(session))
    if not known:
        raise click.ClickException(NO_AUTHORITY)
    return known


def _read(file: BinaryIO, how: Callable[[bytes], T]) -> T:
    try:
        return how(file.read())
    except Unreadable as problem:
        raise click.ClickException(f"{file.name}: {problem}") from None


def _keep(how: Callable[[Session], Changes], apply: bool, problems: tuple[Problem, ...] = ()) -> None:
    try:
        with transaction() as session:
            changes = how(session)
            if not apply:
                session.rollback()
    except TooManyGone as why:
        first = "\n".join(why.first)
        raise click.ClickException(f"{why}. The first of them:\n{first}\n{ANYWAY.format(why.count)}") from None
    if problems := changes.problems + problems:
        print_csv(Problem._fields, problems)
    click.echo(
        f"{changes.made:,} made, {changes.changed:,} changed, {changes.closed:,} closed, {changes.reopened:,} opened "
        f"again, {changes.succeeded:,} with another successor; {changes.left_out:,} rows left out, "
        f"{len(problems):,} problems."
    )
    if not apply:
        click.echo("Nothing was changed yet: add --apply.")
