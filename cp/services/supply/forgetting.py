"""What a file's rows held is gone 90 days after it came, or 14 where nothing of it was sent; that it came, and what
became of it, stays."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, or_, select
from sqlalchemy.orm import Session

from cp.models import Pair, SupplyFile, SupplyRow
from cp.terms import SupplyState

KEPT_FOR, UNSENT_FOR = timedelta(days=90), timedelta(days=14)
UNSENT = (SupplyState.COLUMNS, SupplyState.CHECKED)


def forget(session: Session, now: datetime, most: int) -> int:
    """Delete the oldest rows that are past their time, decided or not. Returns how many."""
    unsent = and_(SupplyFile.state.in_(UNSENT), SupplyFile.received_at < now - UNSENT_FOR)
    old = exists().where(
        SupplyFile.id == SupplyRow.file_id, or_(SupplyFile.received_at < now - KEPT_FOR, unsent)
    )  # fmt: skip
    rows = session.scalars(select(SupplyRow.id).where(old).order_by(SupplyRow.id).limit(most)).all()
    session.execute(delete(Pair).where(Pair.row_id.in_(rows)))
    session.execute(delete(SupplyRow).where(SupplyRow.id.in_(rows)))
    return len(rows)


def forgotten(file: SupplyFile, now: datetime) -> bool:
    """Whether the rows of a file that was not sent, or not to its end, are gone, or about to be: what is left of it
    says nothing, and nobody is missing from it."""
    if file.state is SupplyState.STOPPED:
        return file.received_at < now - KEPT_FOR
    return file.state in UNSENT and file.received_at < now - UNSENT_FOR
