"""Letters by email, where a mail server is configured: each a sealed job that the worker takes, sends and empties."""

from dataclasses import asdict, dataclass
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
class Post:
    """What is to be sent: to an address, and not after `until`. `answer_to` is whose mailbox an answer goes to."""

    to: str
    subject: str
    text: str
    until: datetime
    answer_to: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One that is due. It may arrive twice if the machine stops in between; a link in it works once."""

    job_id: int
    post: Post

    def message(self, sender: str) -> EmailMessage:
        made = EmailMessage()
        made["From"], made["To"] = Address(addr_spec=sender), Address(addr_spec=self.post.to)
        if self.post.answer_to:
            made["Reply-To"] = Address(addr_spec=self.post.answer_to)
        made["Subject"] = self.post.subject
        made["Date"], made["Message-ID"] = format_datetime(clock.now()), make_msgid(domain=sender.partition("@")[2])
        made.set_content(self.post.text)
        return made


def put(session: Session, post: Post) -> None:
    """In line, sealed, in the same transaction as what it tells of."""
    facts = asdict(post) | {"until": post.until.isoformat()}
    session.add(Job(kind=KIND, run_at=clock.now(), facts=facts))


def invite(session: Session, account: Account, address: str, until: datetime) -> None:
    """Put the invitation with this link in line, in the same transaction as the link."""
    ends = until.astimezone(LONDON)
    last = f"{ends.day} {ends:%B %Y at %H:%M}"
    text = TEXT.format(name=account.name, address=address, until=last)
    put(session, Post(account.email, "Your invitation to ContactPoint", text, until))


def take(session: Session) -> Letter | None:
    """The next letter that is due, in line again for later in case it cannot be sent; None if there is none.

    One whose time has ended meanwhile is not sent any more.
    """
    now = clock.now()
    due = select(Job).where(Job.kind == KIND, Job.finished_at.is_(None), Job.run_at <= now)
    for job in session.scalars(due.order_by(Job.run_at, Job.id).with_for_update(skip_locked=True).limit(100)):
        until = datetime.fromisoformat(job.facts["until"])
        if until > now:
            job.taken_at, job.tries = now, job.tries + 1
            job.run_at = now + min(FIRST_PAUSE * 2 ** (job.tries - 1), LONGEST_PAUSE)
            return Letter(job.id, Post(**job.facts | {"until": until}))
        finish(session, job.id, "late")
    return None


def finish(session: Session, job_id: int, problem: str | None = None) -> None:
    """Nothing is kept of a letter that is done with."""
    done = {"finished_at": clock.now(), "problem": problem, "facts_sealed": None}
    session.execute(update(Job).where(Job.id == job_id).values(done))


def fail(session: Session, job_id: int, problem: str) -> None:
    """It stays in line. `problem` says what kind, and nothing of whom."""
    session.execute(update(Job).where(Job.id == job_id).values(problem=problem[:200]))
