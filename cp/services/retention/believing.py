"""Whether the day may be believed: nothing is archived, destroyed or deleted by its age while the clock may be wrong.

What is done too early cannot be undone. So the last day that was believed is noted outside the database, in `CP_LODGE`:
no restore takes it back, and what a wrong clock has dated in the audit counts for nothing. A day much later than that,
or an earlier one, is believed when a person says it.
"""

import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock, engines, lodging
from cp.models import AuditEvent, new_uid
from cp.models.child import Child
from cp.rules.days import day_begins, london_day
from cp.services import audit
from cp.terms import Act

Believed = NewType("Believed", datetime)
"""An instant whose day may be acted by: `now` makes it, and nothing else but a test that says what day it is."""
AHEAD = timedelta(days=10)
"""A server that rests over Christmas goes on by itself, and a clock that jumps takes nobody's record much too early."""
APART = timedelta(hours=1)
"""What the clocks of two servers may differ by: either may be the wrong one."""
NOTED = "believed.json"
REFUSED, STATED = "day_not_believed", "day_stated"


class Unbelieved(Exception):
    """The sentence says why. `today`: the day that a person may say is right; None where no word helps."""

    def __init__(self, sentence: str, today: date | None = None) -> None:
        super().__init__(sentence)
        self.today = today


def now(lodge: Path, session: Session | None = None) -> Believed:
    """The time, whose day is noted as believed. Raises Unbelieved.

    Without a session, as where the database is away, the day that is noted decides alone.
    """
    at = clock.now()
    today, noted = london_day(at), _noted(lodge)
    known = noted or _known(session, today)
    try:
        _agree(session, at)
        _follows(known, today)
    except Unbelieved:
        if noted is None and known is not None:
            _note(lodge, known)  # or tomorrow what is written today would speak for tomorrow
        raise
    if noted != today:
        _note(lodge, today)
    return Believed(at)


def doubt(lodge: Path, session: Session) -> str | None:
    """Why `now` would refuse; None where it would not. Notes nothing."""
    at = clock.now()
    try:
        _agree(session, at)
        _follows(_noted(lodge) or _known(session, london_day(at)), london_day(at))
    except Unbelieved as problem:
        return str(problem)
    return None


def state(lodge: Path, session: Session, day: date) -> None:
    """Somebody who runs the server says what day it is. Raises Unbelieved where a clock says another."""
    at = clock.now()
    if day != london_day(at):
        raise Unbelieved(f"The clock of this machine says {_said(london_day(at))}, not {_said(day)}. Set it right.")
    _agree(session, at)
    audit.record(session, None, Act.SET_UP, audit.About(reason=STATED), request_id=new_uid())
    try:
        lodging.set_down(lodge, NOTED, {"day": day.isoformat()})
    except OSError as problem:
        raise Unbelieved(f"{lodge / NOTED} cannot be written ({problem.strerror}).") from None


def refuse(session: Session) -> None:
    """That nothing was done stands in the audit."""
    audit.record(session, None, Act.SET_UP, audit.About(reason=REFUSED), request_id=new_uid())


def _follows(known: date | None, today: date) -> None:
    if known is None:
        raise Unbelieved("Which day was the last to be believed is not known.", today)
    if not known <= today <= known + AHEAD:
        raise Unbelieved(f"The clock says {_said(today)}, and the last day known is {_said(known)}.", today)


def _agree(session: Session | None, at: datetime) -> None:
    server = engines.server_time(session.connection()) if session else None
    if server is not None and abs(server - at) > APART:
        raise Unbelieved(
            f"The clock here says {at:%d %B %Y, %H:%M} UTC, and that of the database’s server "
            f"{server.astimezone(UTC):%d %B %Y, %H:%M}. Set right the one that is wrong."
        )


def _noted(lodge: Path) -> date | None:
    """None where nothing was ever noted. Raises Unbelieved where it cannot be read."""
    try:
        if not (lodge / NOTED).exists():
            return None
        return date.fromisoformat((lodging.facts(lodge, NOTED) or {})["day"])
    except (OSError, KeyError, TypeError, ValueError):
        raise Unbelieved(f"{lodge / NOTED} cannot be read.", clock.today()) from None


def _known(session: Session | None, today: date) -> date | None:
    """The newest day of the audit but today, which this clock has written; none once a day was refused, for that clock
    has written since. A directory without children has nothing to lose, and begins today."""
    if session is None or _refused_last(session):
        return None
    if session.scalars(select(Child.id).limit(1)).first() is None:
        return today
    newest = select(AuditEvent.at).order_by(AuditEvent.at.desc()).limit(1)
    for query in (newest, newest.where(AuditEvent.at < day_begins(today))):
        at = session.scalars(query).first()
        if at is not None and london_day(at) != today:
            return london_day(at)
    return today


def _refused_last(session: Session) -> bool:
    words = select(AuditEvent.reason).where(AuditEvent.act == Act.SET_UP, AuditEvent.reason.in_((REFUSED, STATED)))
    return session.scalars(words.order_by(AuditEvent.id.desc()).limit(1)).first() == REFUSED


def _note(lodge: Path, day: date) -> None:
    """Where the folder cannot be written the work goes on, for as many days as may follow the one that is noted."""
    try:
        lodging.set_down(lodge, NOTED, {"day": day.isoformat()})
    except OSError as problem:
        if _said_on.get(lodge) != day:
            logging.getLogger(__name__).error("not lodged: the day, %s", type(problem).__name__)
        _said_on[lodge] = day


_said_on: dict[Path, date] = {}


def _said(day: date) -> str:
    return f"{day:%d %B %Y}"
