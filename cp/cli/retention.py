"""`flask retention run`: what is due goes to the archive or is destroyed, and old entries of the audit are erased."""

from collections import Counter
from datetime import date, datetime

import click
from flask.cli import AppGroup

from cp import clock, engines
from cp.cli.common import TODAY, config, owning, print_csv, reading, refused, told, transaction
from cp.collecting import uncollected
from cp.rules import number
from cp.services.retention import believing, destroying, going, lodged, sweeping
from cp.services.retention.believing import Unbelieved

group = AppGroup("retention", help="The end of records: the archive, and destruction.")
GROUPS = (group,)


@group.command("run")
@click.option("--dry-run", is_flag=True, help="Say who goes within a month and why, and change nothing.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As on this day: a later one with --dry-run alone.")
@TODAY
def run(dry_run: bool, on: datetime | None, today: datetime | None) -> None:
    """Do what is due today, in short batches: people work on meanwhile. Killed, it goes on when run again.

    The worker does the same once a day. Neither does anything on a day that cannot be believed, until somebody says
    by --today that it is right.
    """
    day = on.date() if on else clock.today()
    if dry_run:
        _say(day)
    elif on is not None and day != clock.today():
        raise click.ClickException("Another day than today is for --dry-run alone.")
    else:
        done = _swept(told(today))
        click.echo(f"Archived {done['archived']:,} records, destroyed {done['destroyed']:,}.")
        if done["erased"]:
            click.echo(f"Erased {done['erased']:,} entries of the audit that are older than seven years.")


def _say(day: date) -> None:
    """A line for each record, by its number: no name."""
    with reading() as session:
        due = going.plan(session, day)
    lines = [(one.on.isoformat(), number.shown(one.number), one.to, one.because.value) for one in due]
    print_csv(("on", "number", "goes to", "because"), lines)


def _swept(today: date | None) -> Counter[str]:
    try:
        if today is not None:
            with transaction() as session:
                believing.state(config().lodge, session, today)
        return _sweep()
    except Unbelieved as doubt:
        raise click.ClickException(refuse(doubt)) from None


def refuse(doubt: Unbelieved) -> str:
    """Written down in the audit; the sentence for who runs the server."""
    with transaction() as session:
        believing.refuse(session)
    return f"Nothing more is archived, destroyed or deleted. {refused(doubt, 'retention run')}"


def _sweep() -> Counter[str]:
    lodge()
    done: Counter[str] = Counter()
    while True:
        with uncollected(), transaction() as session:
            what, count = sweeping.step(session, believing.now(config().lodge, session))
        if what is None:
            break
        done[what] += count
    if lodge() or done["erased"]:
        with owning() as engine:
            engines.forget(engine)
            engines.vacuum(engine, {*destroying.REACHED, engines.ERASABLE})
    return done


def lodge() -> int:
    """Put into the folder outside what was destroyed, and let nothing of it stay in the database's own log.

    How many certificates; where the folder cannot be written they wait, and that is said.
    """
    with reading() as session:
        try:
            count = lodged.lodge(session, config().lodge / lodged.FOLDER)
        except OSError as problem:
            click.echo(f"What was destroyed is not lodged yet: {problem.strerror}. Make {config().lodge} writable.",
                       err=True)  # fmt: skip
            return 0
        session.commit()
    if count:
        with owning() as engine:
            engines.forget(engine)
    return count
