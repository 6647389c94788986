"""`flask account first`, `checked`, `accredited` and `link`: what an account manager cannot do yet, or any more."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from cp import clock
from cp.cli.common import config, transaction
from cp.rules.governing import ACCREDITED_YEARS
from cp.rules.phones import phone_normal
from cp.services import first_accounts
from cp.services.first_accounts import Made, Place, Problem
from cp.services.links import LASTS
from cp.terms import LinkKind

group = AppGroup("account", help="The first accounts, and help for somebody locked out.")
GROUPS = (group,)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@contextmanager
def _telling() -> Iterator[Session]:
    try:
        with transaction() as session:
            yield session
    except Problem as problem:
        raise click.ClickException(str(problem)) from None


def _email(_: click.Context, __: click.Parameter, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    for email in (value,) if isinstance(value, str) else value:
        if not EMAIL.fullmatch(email) or len(email) > 200:
            raise click.BadParameter(f"“{email}” is not an email address.")
    return value


@group.command("first")
@click.argument("emails", nargs=2, callback=_email)
@click.option("--names", nargs=2, help="What the two are called; made of their addresses if not given.")
@click.option("--authority", "name", help="The local authority; asked for if there is none yet.")
@click.option("--code", help="Its number at the Department for Education, three digits.")
@click.option("--phone", help="The telephone of its ContactPoint management team.")
def first(
    emails: tuple[str, str], names: tuple[str, str] | None, name: str | None, code: str | None, phone: str | None
) -> None:
    """Make the first two account managers, once, in a directory without accounts, and print their links."""
    with _telling() as session:
        first_accounts.require_none(session)
        place = first_accounts.authority(session, name) or _asked(name, code, phone)
        called = names or tuple(map(_called, emails))
        made = first_accounts.add(session, emails, called, place)
        told = [_told(one, LinkKind.JOIN) for one in made]
    click.echo("\n".join(told))
    click.echo("Give each of them their own link, in person. Then: flask --app app account checked EMAIL DATE")


def _asked(name: str | None, code: str | None, phone: str | None) -> Place:
    """What is known of an authority that is not here yet; whatever was not given is asked for."""
    name = name or click.prompt("The local authority")
    code = code or click.prompt("Its number at the Department for Education")
    kept = phone_normal(phone or click.prompt("The telephone of its management team"))
    if not re.fullmatch(r"\d{3}", code or ""):
        raise Problem("The authority's number is three digits, like 999.")
    if kept is None:
        raise Problem("Give a telephone number with its area code, like 0161 496 0130.")
    if not name or len(name) > 120:
        raise Problem("Give the authority's name, 120 characters or fewer.")
    return Place(name, code or "", kept, kept)


def _called(email: str) -> str:
    """una.kowalski@example.test is Una Kowalski."""
    return " ".join(re.split(r"[\W\d_]+", email.partition("@")[0])).strip().title() or email


def _told(made: Made, kind: LinkKind) -> str:
    until = clock.now() + LASTS[kind]
    address = f"{config().site}/join/{made.token}"
    return f"{made.account.name}, {made.account.email}, once until {until:%d %B %Y, %H:%M} UTC:\n  {address}"


@group.command("checked")
@click.argument("email", callback=_email)
@click.argument("date", type=click.DateTime(["%Y-%m-%d"]))
def checked(email: str, date: datetime) -> None:
    """Record that the enhanced check of EMAIL was issued on DATE, like 2026-09-01."""
    with _telling() as session:
        name = first_accounts.record_check(session, email, date.date()).name
    click.echo(f"The check of {name} is recorded.")


@group.command("accredited")
@click.argument("name")
@click.option("--years", type=click.IntRange(min(ACCREDITED_YEARS), max(ACCREDITED_YEARS)), default=1)
def accredited(name: str, years: int) -> None:
    """Accredit the authority that is called NAME from today, where no national administrator can."""
    with _telling() as session:
        ends_on = first_accounts.accredit(session, name, years).accreditation_ends_on
    click.echo(f"{name} is accredited. {ends_on} is the first day without.")


@group.command("link")
@click.argument("email", callback=_email)
@click.option("--kind", type=click.Choice([kind.value for kind in LinkKind]), required=True)
def link(email: str, kind: str) -> None:
    """Print a link for EMAIL: to join, for a lost password, or for a lost second factor."""
    with _telling() as session:
        told = _told(first_accounts.link(session, email, LinkKind(kind)), LinkKind(kind))
    click.echo(told)
    click.echo("Check who they are, and hand it over in person.")
