"""What organisations agreed to and answered before their people are let in. Rows are added and never changed: who
signed what, and what was decided on which answers, stays readable."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from cp.models.base import Base, Key, new_uid
from cp.terms import Accrediting, TakenBackBecause, WithdrawnBecause


class Agreement(Base):
    """A partnership agreement that was signed on paper, as somebody recorded it."""

    __tablename__ = "agreement"
    __table_args__ = (CheckConstraint("signed_on < ends_on", "lasts"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    version: Mapped[int]
    """Of the text: see `TEXTS` in rules/governing.py."""
    signed_on: Mapped[date]
    ends_on: Mapped[date]
    """The first day without it."""
    name: Mapped[str] = mapped_column(String(200))
    """Who signed for the organisation, and as what."""
    post: Mapped[str] = mapped_column(String(120))
    authority_name: Mapped[str] = mapped_column(String(200))
    """Who signed for the authority, and as what."""
    authority_post: Mapped[str] = mapped_column(String(120))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]


class AgreementTakenBack(Base):
    """An agreement that was recorded and does not count."""

    __tablename__ = "agreement_taken_back"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), unique=True)
    because: Mapped[TakenBackBecause]
    taken_back_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime]


class AccreditationAnswers(Base):
    """What an organisation answered, together: codes from lists, and no document."""

    __tablename__ = "accreditation_answers"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    version: Mapped[int]
    """Of the questions: see `QUESTIONS` in rules/governing.py."""
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    """{AccreditationQuestion value: AccreditationAnswer value}"""
    by_on: Mapped[date | None]
    """By when it means to have what it does not have yet."""
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]


class AccreditationDecision(Base):
    """What was decided of an organisation; the newest holds."""

    __tablename__ = "accreditation_decision"
    __table_args__ = (
        CheckConstraint("(ends_on IS NOT NULL) = (decision = 'accredited')", "until"),
        CheckConstraint("(because IS NOT NULL) = (decision = 'withdrawn')", "withdrawn_because"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("accreditation_answers.id"))
    """On what it was decided; None for an authority itself, and where it was withdrawn."""
    decision: Mapped[Accrediting]
    ends_on: Mapped[date | None]
    """The first day without accreditation."""
    because: Mapped[WithdrawnBecause | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Nobody's where it was done at the server."""
    decided_at: Mapped[datetime]
