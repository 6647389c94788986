"""The sweep of each night: in short batches, each whole or not at all. Killed anywhere, the next goes on from there."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules.days import london_day
from cp.services.audit_seals import erasing
from cp.services.retention import archiving, destroying, due, holds
from cp.services.retention.believing import Believed
from cp.services.retention.pacing import AIM, FEW, Pace

Done = Literal["worked_out", "archived", "destroyed", "erased"]
KIND = "retention"


def step(session: Session, now: Believed) -> tuple[Done | None, int]:
    """The next batch that is due, and how many records, or entries of the audit, it was; None and 0 where nothing is
    left to do today.

    Whoever calls commits after each. Once a batch was destroyed: `lodged.lodge`.
    """
    for what, work in _WORK.items():
        if count := _pace(session.get_bind().dialect.name, what).run(partial(work, session, now)):
            return what, count
    return None, 0


def _work_out(session: Session, _: Believed, most: int) -> int:
    return due.fill(session, most)


def _archive(session: Session, now: Believed, most: int) -> int:
    return archiving.archive(session, london_day(now), most)


def _destroy(session: Session, now: Believed, most: int) -> int:
    """Destroy the next whose day has come. A hold that was placed meanwhile is seen, for its record is held."""
    ids = session.scalars(_doomed(london_day(now)).limit(most).with_for_update(skip_locked=True)).all()
    days = [(one, one.ends.destroy_on(one.archived_on)) for one in due.of(session, ids) if one.archived_on is not None]
    due.put(session, [(one.id, {"destroy_on": day}) for one, day in days if day != one.destroy_on])
    destroying.destroy(session, [one.uid for one, day in days if day <= london_day(now)], now)
    return len(ids)


def _erase(session: Session, now: Believed, most: int) -> int:
    return erasing.erase(session, now, most, holds.subjects(london_day(now)))


_WORK: dict[Done, Callable[[Session, Believed, int], int]] = {
    "worked_out": _work_out, "archived": _archive, "destroyed": _destroy,
    "erased": _erase,
}  # fmt: skip


@cache
def _pace(engine: str, _: Done) -> Pace:
    """How this process has got on so far with this kind of work."""
    return Pace(FEW[engine], AIM[engine])


def _doomed(today: date) -> Select[int]:
    return select(Child.id).where(Child.destroy_on <= today).order_by(Child.destroy_on, Child.id)
