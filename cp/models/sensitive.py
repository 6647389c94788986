"""What sensitive services recorded, with whose consent.

Whoever reads a copy of the database learns from it neither of which child nor of which service an entry is: both stand
in the sealed column, and are found again by keyed hashes.
"""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid


class SensitiveInvolvement(Base):
    """A sensitive service works with a child, on a ground of Reg. 11(3). Ordinary code cannot reach this table."""

    __tablename__ = "sensitive_involvement"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_key: Mapped[int | None] = mapped_column(Key, index=True)
    """None once consent was withdrawn: the row no longer belongs to a child."""
    service_key: Mapped[int] = mapped_column(Key, index=True)
    practitioner_key: Mapped[int] = mapped_column(Key, index=True)
    entry_sealed: Mapped[bytes]

    entry: Any = Sealed()
    """See services/sensitive/entries.py."""
