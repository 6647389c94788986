"""Work that is not a page's: taken one at a time, done whole or not at all, safe to run again."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import ArchiveReading, Attempt, Draft, FamilyRequest, Job, LogView, MachineRequest, Once, SignedIn
from cp.rules.archive import KEPT_DAYS
from cp.rules.days import london_day
from cp.services import alerts, guessing, refused_sign_ins
from cp.services.implementation import steps
from cp.services.log import forgetting as searched
from cp.services.retention import sweeping
from cp.services.retention.believing import Believed
from cp.services.supply.forgetting import forget

AGAIN_AFTER = timedelta(hours=1)
KEPT: tuple[tuple[type, str, timedelta], ...] = (
    (Draft, "kept_until", timedelta(0)),
    (Once, "at", timedelta(days=1)),
    (ArchiveReading, "asked_at", timedelta(days=KEPT_DAYS)),
    (MachineRequest, "at", timedelta(days=1)),
    (LogView, "at", timedelta(days=1)),
    (Attempt, "at", timedelta(days=90)),
    (SignedIn, "last_used_at", timedelta(days=30)),
    (FamilyRequest, "asked_at", timedelta(days=183)),
)
"""What the system keeps for itself, and for how long after its own instant."""
NEVER_SENT = timedelta(days=8)
"""A letter that nobody takes, since no mail server is configured any more, outlives its link by a day."""
BATCH = 500


def tidy(session: Session, now: Believed) -> int:
    """Delete what is past its time: drafts, answered forms and requests, guesses, ended sessions, supplied rows,
    alerts, what was searched for, who asked about a record or read the archive; and notice whose agreement or
    accreditation has ended.

    Returns how many.
    """
    gone = 0
    for model, column, kept_for in KEPT:
        old = select(model.id).where(getattr(model, column) < now - kept_for).limit(BATCH)  # type: ignore[attr-defined]
        gone += len(session.execute(delete(model).where(model.id.in_(old)).returning(model.id)).all())  # type: ignore[attr-defined]
    gone += guessing.forget(session, now, BATCH) + refused_sign_ins.tell(session, now, BATCH)
    gone += forget(session, now, BATCH)
    gone += searched.forget(session, now, BATCH)
    gone += alerts.forget(session, london_day(now), BATCH)
    gone += steps.lapse(session, BATCH)
    session.execute(delete(Job).where(Job.kind.not_in(list(KINDS)), Job.run_at < now - NEVER_SENT))
    return gone


class Standing(NamedTuple):
    """What is done, how long after it is done again, and how many at once say that more is waiting: else a batch."""

    work: Callable[[Session, Believed], int]
    again: timedelta
    full: int | None = None


def _end(session: Session, now: Believed) -> int:
    """One batch of the records whose day has come; see `lodged.lodge` for what is left to do after the commit."""
    return sweeping.step(session, now)[1]


KINDS = {"tidy": Standing(tidy, AGAIN_AFTER), sweeping.KIND: Standing(_end, timedelta(days=1), 1)}


def ensure(session: Session) -> None:
    """Every kind of standing work has one job waiting."""
    waiting = set(session.scalars(select(Job.kind).where(Job.finished_at.is_(None))))
    session.add_all(Job(kind=kind, run_at=clock.now()) for kind in sorted(KINDS.keys() - waiting))


def run_next(session: Session, now: Believed) -> str | None:
    """Take the next job that is due, do it, and put its successor in line. Returns its kind; None if none is due."""
    waiting = Job.kind.in_(list(KINDS)), Job.finished_at.is_(None), Job.run_at <= now
    due = select(Job).where(*waiting).order_by(Job.run_at, Job.id).limit(1)
    job = session.scalars(due.with_for_update(skip_locked=True)).first()
    if job is None:
        return None
    job.taken_at, job.tries = now, job.tries + 1
    standing = KINDS[job.kind]
    job.done = standing.work(session, now)
    job.finished_at = clock.now()
    wait = timedelta(0) if job.done >= (standing.full or BATCH) else standing.again
    session.add(Job(kind=job.kind, run_at=now + wait))
    session.execute(delete(Job).where(Job.finished_at < now - timedelta(days=7)))
    return job.kind
