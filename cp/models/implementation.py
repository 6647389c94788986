"""How far each organisation is on its way to being live: the facts, and what follows from them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, new_uid
from cp.terms import AskedAgain, Means, Need, Step, WhoActs


class Onboarding(Base):
    """One organisation on its way. The facts are dates; `step`, `need`, `who` and `due_on` follow from them by
    `rules/implementing.py`, and are kept because long lists are in their order.
    """

    __tablename__ = "onboarding"
    __table_args__ = (
        Index("ix_onboarding_waiting", "authority_id", "step", "due_on", "organisation_id"),
        Index("ix_onboarding_due", "authority_id", "due_on", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    """The organisation's, for the order of lists."""
    version: Mapped[int] = mapped_column()
    """Counts up with each change, so that of two people who change it at once the second is told."""
    began_on: Mapped[date]
    contacted_on: Mapped[date | None]
    duty_explained_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    means: Mapped[Means | None]
    """Offered, and once `means_agreed_on` is set agreed."""
    means_offered_on: Mapped[date | None]
    means_agreed_on: Mapped[date | None]
    test_came_on: Mapped[date | None]
    """When the test file came that the manager has to look at; None where there is none, or another was asked for."""
    test_accepted_on: Mapped[date | None]
    agreement_signed_on: Mapped[date | None]
    agreement_ends_on: Mapped[date | None]
    """The first day without it."""
    people_named: Mapped[int] = mapped_column(default=0)
    people_invited: Mapped[int] = mapped_column(default=0)
    places_booked: Mapped[int] = mapped_column(default=0)
    people_trained: Mapped[int] = mapped_column(default=0)
    accreditation_answered_on: Mapped[date | None]
    live_on: Mapped[date | None]
    """The first day on which nothing was missing any more; stays."""
    next_on: Mapped[date | None]
    """By when the next step that somebody wrote down is due; None where none is open."""
    step: Mapped[Step]
    need: Mapped[Need]
    who: Mapped[WhoActs]
    due_on: Mapped[date | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once


class FileVerdict(Base):
    """What an implementation manager said of a test file: once, of its figures."""

    __tablename__ = "test_verdict"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("supply_file.id"), unique=True)
    accepted: Mapped[bool]
    said: Mapped[str] = mapped_column(String(200))
    """Why another is asked for, one word after the other; nothing where it is accepted."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    @property
    def reasons(self) -> tuple[AskedAgain, ...]:
        return tuple(map(AskedAgain, self.said.split()))
