"""`flask work`: the worker that runs beside the web server."""

import logging
import os
import threading
import time
from collections.abc import Collection
from email.errors import MessageError
from smtplib import SMTPException

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError, OperationalError

from cp import lodging, posting
from cp.cli import retention
from cp.cli.common import believed, config, reading, refused, sessions, transaction
from cp.collecting import uncollected
from cp.services import backing_up, jobs, mailing
from cp.services.audit_seals.keeping import Sealer
from cp.services.retention import believing, sweeping
from cp.services.retention.believing import Unbelieved
from cp.services.supply import working

PAUSE = 5
GIVES_WAY = 5
"""Beside pages on a busy processor it gets a third of what they get."""
A_WHILE, AN_HOUR, A_DAY = 10 * 60, 60 * 60, 24 * 60 * 60
"""Seconds: after which a file is tried again that could not be worked on, after which the same alarm is given again,
and between two looks at old backups."""
SUPPLY = "supply"


@click.command("work")
@click.option("--once", is_flag=True, help="End when no job is left.")
@with_appcontext
def work(once: bool) -> None:
    """Take jobs until stopped, and seal the audit beside them. Once a day, old backups are made unreadable.

    It gives way to the pages, for which somebody waits.
    """
    sealer, alarm, aside = Sealer(sessions(), config()), Alarm(), Aside()
    if not once:
        os.nice(GIVES_WAY)
        threading.Thread(target=sealer.run, args=(threading.Event(),), daemon=True, name="sealer").start()
    forget_at = 0.0
    kind: str | None = sweeping.KIND
    while True:
        if time.monotonic() >= forget_at:
            forget_at = time.monotonic() + A_DAY
            forget_backups()
        kind = None if lodging.closed() == lodging.SWITCHED_OFF else _next(kind, alarm, aside)
        if kind is None and once:
            return _seal(sealer)
        if kind is None:
            time.sleep(PAUSE)


GROUPS = (work,)


def forget_backups() -> None:
    """Whatever the database does: a key that is 35 days old goes, on a day that can be believed."""
    try:
        backing_up.forget(config().backup_keys, config().lodge, believed())
    except Unbelieved as doubt:
        click.echo(f"Old backups are kept. {refused(doubt, 'retention run')}", err=True)
    except (OSError, backing_up.BackupProblem) as problem:
        click.echo(f"Old backups could not be destroyed: {problem}", err=True)


def _seal(sealer: Sealer) -> None:
    if config().signing_file.exists():
        sealer.everything()


class Alarm:
    """Said in the log and written down in the audit once an hour, for as long as the day is not believed."""

    def __init__(self) -> None:
        self.again_at = 0.0

    def give(self, doubt: Unbelieved) -> None:
        if time.monotonic() >= self.again_at:
            self.again_at = time.monotonic() + AN_HOUR
            logging.getLogger(__name__).error("%s", retention.refuse(doubt))


class Aside:
    """Files that could not be worked on: each is passed over for a while, then tried again."""

    def __init__(self) -> None:
        self._until: dict[int, float] = {}

    def put(self, file_id: int) -> None:
        self._until[file_id] = time.monotonic() + A_WHILE

    def now(self) -> list[int]:
        return [file_id for file_id, until in self._until.items() if until > time.monotonic()]


def _next(before: str | None, alarm: Alarm, aside: Aside) -> str | None:
    """A letter, else the next rows of a file, else one job; each in transactions of its own. A busy database is tried
    again later. After records were destroyed, and at the start, that is lodged first."""
    try:
        if before == sweeping.KIND:
            retention.lodge()
        if _post():
            return mailing.KIND
        if _supplied(aside):
            return SUPPLY
        return _job(alarm)
    except DBAPIError as problem:
        click.echo(f"The database is busy or away: {type(problem.orig).__name__}", err=True)
        return None


def _job(alarm: Alarm) -> str | None:
    try:
        with uncollected(), transaction() as session:
            jobs.ensure(session)
            return jobs.run_next(session, believing.now(config().lodge, session))
    except Unbelieved as doubt:
        alarm.give(doubt)
        return None


def _supplied(aside: Aside) -> bool:
    """Whether a file was due. Whatever is wrong with one, it keeps nobody else's waiting, and nothing else undone."""
    with reading() as session:
        file_id = working.due(session, aside.now())
    try:
        return supply(aside.now())
    except OperationalError:  # the database is busy or away: that says nothing of the file
        raise
    except Exception as problem:
        if file_id is None:
            raise
        aside.put(file_id)
        click.echo(f"A file cannot be worked on and is tried again: {type(problem).__name__}", err=True)
        return True


def supply(aside: Collection[int] = ()) -> bool:
    """Whether a file was due, but for those set aside. Its rows are looked at while others write."""
    begun = time.perf_counter()
    with uncollected():
        with reading() as session:
            looked = working.look(session, aside)
        with transaction() as session:
            more = working.step(session, looked, aside)
            pause = working.pause(session, time.perf_counter() - begun)
    time.sleep(pause)
    return more


def _post() -> bool:
    """Whether a letter was due. Nothing of the database is held while the mail server answers."""
    mail = config().mail
    if mail is None:
        return False
    with transaction() as session:
        letter = mailing.take(session)
    if letter is None:
        return False
    try:
        posting.send(mail, letter.message(mail.sender))
    except (OSError, SMTPException, ValueError, MessageError) as problem:
        click.echo(f"A letter was not sent and is tried again: {type(problem).__name__}", err=True)
        with transaction() as session:
            mailing.fail(session, letter.job_id, type(problem).__name__)
    else:
        with transaction() as session:
            mailing.finish(session, letter.job_id)
    return True
