"""What others do, in the same transaction, when an entry is withdrawn."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

on_withdrawn: list[Callable[[Session, UUID], None]] = []
"""Each is called with the entry's uid, after its link to the child is gone."""


def withdrawn(session: Session, entry_uid: UUID) -> None:
    for tell in on_withdrawn:
        tell(session, entry_uid)
