"""Sign-ins that were refused: an entry of the audit each, up to so many at a time; of a flood, one says how many more.

Whoever floods the form from outside would else fill the disk for seven years. What is counted does not depend on
whether there is such an account.
"""

from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from cp import clock
from cp.models import RefusedSignIn, new_uid
from cp.rules.signing_in import ALL_GUESSES
from cp.services import audit
from cp.terms import Act, Decision

Why = Literal["wait", "wrong"]

WITHIN = timedelta(minutes=5)
LISTED: dict[str, int] = {"wait": 20, "wrong": ALL_GUESSES}
"""Entries within that time. One of somebody who had to wait says nothing of whom, or of where."""


def note(session: Session, why: Why, request_id: UUID, account_uid: UUID | None = None) -> None:
    """`account_uid`: whose password it was not, where there is such an account."""
    if _counted(session, why) <= LISTED[why]:
        about = audit.About(object_id=account_uid, reason=why)
        audit.record(session, None, Act.SIGN_IN, about, decision=Decision.REFUSED, request_id=request_id)


def _counted(session: Session, why: Why) -> int:
    """Which one it is of its time."""
    engine = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    adding = engine.insert(RefusedSignIn).values(since=_begun(clock.now()), reason=why, refused=1)
    one_more = {"refused": RefusedSignIn.refused + 1}
    counted = adding.on_conflict_do_update(index_elements=["since", "reason"], set_=one_more)
    found: int = session.execute(counted.returning(RefusedSignIn.refused)).scalar_one()
    return found


def tell(session: Session, now: datetime, most: int) -> int:
    """Say of times that are over how many more there were, and count them no longer. Returns how many times."""
    over = select(RefusedSignIn).where(RefusedSignIn.since < now - 2 * WITHIN).order_by(RefusedSignIn.id)
    found = session.scalars(over.limit(most)).all()
    for one in found:
        if (more := one.refused - LISTED[one.reason]) > 0:
            about = audit.About(reason=one.reason, results=more)
            audit.record(session, None, Act.SIGN_IN, about, decision=Decision.REFUSED, request_id=new_uid())
        session.delete(one)
    session.flush()
    return len(found)


def _begun(now: datetime) -> datetime:
    seconds = WITHIN.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)
