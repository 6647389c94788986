"""That facts of a record are disputed, for every reader who is shown them: since when, never by whom."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from cp import clock, sealing
from cp.models import Dispute
from cp.rules.days import london_day
from cp.rules.disputes import dispute_state, may_be_disputed
from cp.services.disputes.shown import Mark, Marks
from cp.terms import Part

OPEN = Dispute.decided_at.is_(None), Dispute.withdrawn_at.is_(None)
_OPEN = (
    select(Dispute.uid, Dispute.fact, Dispute.opened_at, Dispute.due_on, Dispute.facts_sealed)
    .where(Dispute.child_id == bindparam("child_id"), *OPEN)
    .order_by(Dispute.id.desc())
)


def of(connection: Connection, child_id: int, parts: Collection[Part]) -> Marks:
    """Of what these parts show. Where two dispute the same, since the first of them."""
    facts, today = may_be_disputed(parts), clock.today()
    found = {}
    for uid, fact, opened_at, due_on, sealed in connection.execute(_OPEN, {"child_id": child_id}):
        if fact in facts:
            value = sealing.ring().unseal(sealed, Dispute.__tablename__, "facts", uid)["value"]
            since = london_day(opened_at)
            late = dispute_state(since, due_on, None, today) == "overdue"
            found[fact, tuple(value)] = Mark(since, due_on, late)
    return found
