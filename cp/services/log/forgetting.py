"""What was searched for is gone after twelve months; that somebody searched, and why, stays in the audit."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp.models import Search
from cp.rules.days import london_day
from cp.rules.retention import kept_until
from cp.terms import KeptKind


def forget(session: Session, now: datetime, most: int) -> int:
    """Delete those of the oldest searches whose time is over, with what they showed. Returns how many.

    The oldest have the smallest ids, so that no index by time is needed for it.
    """
    oldest = session.execute(select(Search.id, Search.at).order_by(Search.id).limit(most))
    today = london_day(now)
    gone = [row.id for row in oldest if kept_until(KeptKind.SEARCH_CRITERIA, london_day(row.at)) <= today]
    session.execute(delete(Search).where(Search.id.in_(gone)))
    return len(gone)
