"""Whether others are at work, by the audit: on SQLite they wait for a batch to write, and it is short for them, with a
pause behind it."""

from time import monotonic

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent

AIM = {"sqlite": 0.05, "postgresql": 0.5}
"""Seconds that a batch may take once a process knows how many rows that are."""
SHORT = 0.015
"""The same on SQLite while others are at work; on PostgreSQL they wait for nothing of it."""
LATELY = 10.0
"""Seconds for which they are taken to be there after they were last heard of."""
PAUSE = 0.5
"""The share of a batch's time for which others have the processor to themselves after it."""
_LAST = select(func.coalesce(func.max(AuditEvent.id), 0))


class Company:
    """Of one process. Whatever anybody else does leaves an entry, and so it stands between two of its own batches."""

    def __init__(self) -> None:
        self._own: int | None = None
        self._until = 0.0

    def aim(self, session: Session) -> float:
        """Seconds that the next batch may take."""
        engine = session.connection().dialect.name
        if engine != "sqlite":
            return AIM[engine]
        newest = session.scalar(_LAST)
        if self._own not in (None, newest):
            self._until = monotonic() + LATELY
        return SHORT if monotonic() < self._until else AIM[engine]

    def pause(self, seconds: float) -> float:
        """Seconds to wait after a batch that took so long, its looks and all."""
        return PAUSE * seconds if monotonic() < self._until else 0.0

    def wrote(self, session: Session) -> None:
        """This process's entries are the last there are."""
        self._own = session.scalar(_LAST)
