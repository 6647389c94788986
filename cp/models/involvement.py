"""Who works with a child."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, new_uid, pointing

RUNNING = "ended_on IS NULL AND NOT in_error"
ROLL = "practitioner_id IS NULL AND ended_on IS NULL"
"""Who is with the organisation itself: how many there are is counted by this alone."""


class Involvement(Base):
    """An organisation, and usually a practitioner of it, is or was involved with a child.

    Universal and additional services only: sensitive ones have a table that ordinary code cannot reach.
    """

    __tablename__ = "involvement"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on > started_on", "ends_after_start"),
        Index("uq_involvement_lead", "child_id", unique=True,
              sqlite_where=text(f"lead AND {RUNNING}"), postgresql_where=text(f"lead AND {RUNNING}")),
        Index("uq_involvement_running", "child_id", "practitioner_id", unique=True,
              sqlite_where=text(RUNNING), postgresql_where=text(RUNNING)),
        pointing("source_id"),
        Index("ix_involvement_roll", "organisation_id", "in_error",
              sqlite_where=text(ROLL), postgresql_where=text(ROLL)),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    lead: Mapped[bool] = mapped_column(default=False)
    lead_passed_to_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"))
    """Who took over as lead professional from this one, so that they can be told."""
    lead_passed_on: Mapped[date | None]
    assessment: Mapped[bool] = mapped_column(default=False)
    """A common assessment exists and this person holds it; never what it says."""
    in_error: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source_version.id"))
