"""Why a record was opened: carries over while the person goes on with that child."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key
from cp.terms import MoreReason, Reason


class Opening(Base):
    """The newest reason this account gave for this child, and the search it came from."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("account_id", "child_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    reason: Mapped[Reason]
    search_uid: Mapped[UUID | None]
    more: Mapped[MoreReason | None]
    """Why, besides, where the person had looked at more children than most weeks ask for."""
    urgent: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
