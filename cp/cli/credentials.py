"""`flask supply credential …`: by what other systems send, made, listed and revoked at the server."""

from datetime import datetime
from uuid import UUID

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from cp import clock
from cp.cli.common import print_csv, sender_of, transaction
from cp.forms.systems import LONGEST_NAME
from cp.models import MachineCredential, Organisation, new_uid
from cp.rules.days import anniversary
from cp.rules.machines import LONGEST_YEARS, credential_end_problem
from cp.rules.typed import plain
from cp.services.supply import credentials

COLUMNS = ("id", "organisation", "system", "issued by", "issued on", "ends on", "revoked on", "last used on")
ENDS = {"past": "--until must be after today.", "too_long": "--until must be within a year."}

credential = AppGroup("credential", help="Credentials of other systems.")


@credential.command("new")
@click.option("--organisation", required=True, metavar="CODE", help="URN, DfE number or practice code.")
@click.option("--name", required=True, help="What the system is called.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it ends; a year on, if not said.")
@with_appcontext
def new(organisation: str, name: str, until: datetime | None) -> None:
    """Make one, and print its secret, which is shown this once."""
    ends_on = until.date() if until else anniversary(clock.today(), LONGEST_YEARS)
    if problem := credential_end_problem(ends_on, clock.today()):
        raise click.ClickException(ENDS[problem])
    if not 0 < len(called := plain(name)) <= LONGEST_NAME:
        raise click.ClickException(f"--name must be 1 to {LONGEST_NAME} characters.")
    with transaction() as session:
        sender = sender_of(session, organisation)
        place = session.get_one(Organisation, sender.organisation_id)
        secret = credentials.make(session, place, called, ends_on, None, sender.request_id)
    click.echo(secret)


@credential.command("list")
@with_appcontext
def listed() -> None:
    """Every credential as CSV, the newest first, without any secret."""
    with transaction() as session:
        query = select(Organisation).join(MachineCredential).distinct().order_by(Organisation.name, Organisation.id)
        lines = [
            (one.uid, place.name, one.name, one.issued_by or "", one.issued_at.date(), one.ends_on,
             one.revoked_at.date() if one.revoked_at else "", one.last_used_on or "")
            for place in session.scalars(query)
            for one in credentials.of(session, place)
        ]  # fmt: skip
    print_csv(COLUMNS, lines)


@credential.command("revoke")
@click.argument("uid", metavar="ID", type=click.UUID)
@with_appcontext
def revoke(uid: UUID) -> None:
    """From now on the system with this credential can send nothing."""
    with transaction() as session:
        found = session.scalars(select(MachineCredential).where(MachineCredential.uid == uid)).one_or_none()
        if found is None:
            raise click.ClickException("No credential has that id.")
        now = credentials.revoke(session, found, None, new_uid())
    click.echo("Revoked." if now else "It was revoked before.")
