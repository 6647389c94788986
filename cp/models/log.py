"""What a reviewer asked of the log: an address that says nothing of whom it is about."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, Sealed, new_uid


class LogView(Base):
    """Whom, which child, which acts and days. Sealed as a search's criteria are; of use for a day."""

    __tablename__ = "log_view"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime]
    asked_sealed: Mapped[bytes]

    asked: Any = Sealed()
