"""A search for a child: who looked, why, for what, and what came back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid
from cp.terms import Outcome, Reason


class Search(Base):
    """The criteria are personal data: sealed, and readable by a reviewer only."""

    __tablename__ = "search"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime]
    reason: Mapped[Reason]
    criteria_sealed: Mapped[bytes]
    outcome: Mapped[Outcome | None]
    returned_sealed: Mapped[bytes | None]

    criteria: Any = Sealed()
    returned: Any = Sealed()
    """Each look that showed others than the one before: when, in which request, the children's subject ids."""

    def shown(self) -> tuple[str, ...]:
        """The subject ids of the children whom the last look showed."""
        return tuple(self.returned[-1]["children"]) if self.returned else ()

    def showed(self, subject_id: UUID) -> bool:
        return any(str(subject_id) in look["children"] for look in self.returned or ())
