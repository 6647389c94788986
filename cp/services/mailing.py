"""Invitations by email, where a mail server is configured: a sealed job that the worker takes, sends and empties."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Job

KIND = "mail"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
LONDON = ZoneInfo("Europe/London")
TEXT = """{name},

you are invited to ContactPoint, the directory of who works with a child.

Open this address and follow the page. It works once, until {until}:

{address}

You choose a password and set up an authenticator app on your phone. Do not
pass this on: whoever uses it gets in as you. Nobody from ContactPoint ever
asks for your password or a code.

If you expected no invitation, tell your manager and delete this.
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One that is due. It may arrive twice if the machine stops in between; its link works once."""

    job_id: int
    to: str
    name: str
    address: str
    until: datetime

    def message(self, sender: str) -> EmailMessage:
        made = EmailMessage()
        made["From"], made["To"] = Address(addr_spec=sender), Address(addr_spec=self.to)
        made["Subject"] = "Your invitation to ContactPoint"
        made["Date"], made["Message-ID"] = format_datetime(clock.now()), make_msgid(domain=sender.partition("@")[2])
        until = self.until.astimezone(LONDON)
        last = f"{until.day} {until:%B %Y at %H:%M}"
        made.set_content(TEXT.format(name=self.name, address=self.address, until=last))
        return made


def invite(session: Session, account: Account, address: str, until: datetime) -> None:
    """Put the letter with this link in line, in the same transaction as the link."""
    facts = {"to": account.email, "name": account.name, "address": address, "until": until.isoformat()}
    session.add(Job(kind=KIND, run_at=clock.now(), facts=facts))


def take(session: Session) -> Letter | None:
    """The next letter that is due, in line again for later in case it cannot be sent; None if there is none.

    One whose link has ended meanwhile is not sent any more.
    """
    now = clock.now()
    due = select(Job).where(Job.kind == KIND, Job.finished_at.is_(None), Job.run_at <= now)
    for job in session.scalars(due.order_by(Job.run_at, Job.id).with_for_update(skip_locked=True).limit(100)):
        facts = job.facts
        until = datetime.fromisoformat(facts["until"])
        if until > now:
            job.taken_at, job.tries = now, job.tries + 1
            job.run_at = now + min(FIRST_PAUSE * 2 ** (job.tries - 1), LONGEST_PAUSE)
            return Letter(job.id, facts["to"], facts["name"], facts["address"], until)
        finish(session, job.id, "late")
    return None


def finish(session: Session, job_id: int, problem: str | None = None) -> None:
    """Nothing is kept of a letter that is done with."""
    done = {"finished_at": clock.now(), "problem": problem, "facts_sealed": None}
    session.execute(update(Job).where(Job.id == job_id).values(done))


def fail(session: Session, job_id: int, problem: str) -> None:
    """It stays in line. `problem` says what kind, and nothing of whom."""
    session.execute(update(Job).where(Job.id == job_id).values(problem=problem[:200]))
