"""What a file's rows held is gone 90 days after it came; that it came, and what became of it, stays."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from cp.models import Pair, SupplyFile, SupplyRow

KEPT_FOR = timedelta(days=90)


def forget(session: Session, now: datetime, most: int) -> int:
    """Delete the oldest rows that are past their time, decided or not. Returns how many."""
    old = exists().where(SupplyFile.id == SupplyRow.file_id, SupplyFile.received_at < now - KEPT_FOR)
    rows = session.scalars(select(SupplyRow.id).where(old).order_by(SupplyRow.id).limit(most)).all()
    session.execute(delete(Pair).where(Pair.row_id.in_(rows)))
    session.execute(delete(SupplyRow).where(SupplyRow.id.in_(rows)))
    return len(rows)
