"""The accreditation of one organisation: what it answered, what was decided, and that it is withdrawn at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, AccreditationAnswers, Organisation
from cp.rules.access import Actor, decide
from cp.rules.governing import NEWEST_QUESTIONS, accreditation_missing, accrediting_refusal
from cp.services import audit
from cp.services.implementation import deciding, schools, steps
from cp.services.implementation.deciding import Decided
from cp.terms import AccreditationAnswer, AccreditationQuestion, Act, WithdrawnBecause


@dataclass(frozen=True, slots=True)
class Answered:
    """What it answered, to which version of the questions; what of it is missing, due on `by_on`."""

    uid: UUID
    version: int
    answers: Mapping[AccreditationQuestion, AccreditationAnswer]
    missing: Sequence[AccreditationQuestion]
    by_on: date | None
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One organisation. `answered`: the newest answers; `decisions`: the newest first.

    `own`: who looks belongs to it, and does not decide. `waits`: the newest answers are not decided on yet.
    """

    uid: UUID
    name: str
    accredited: bool
    ends_on: date | None
    answered: Answered | None
    decisions: Sequence[Decided]
    may_answer: bool
    may_decide: bool
    own: bool
    waits: bool


def show(session: Session, actor: Actor, uid: UUID) -> Shown:
    """Raises Refusal: one of another authority is not there."""
    found = schools.one_of_ours(session, actor, uid)
    audit.record(session, actor, Act.SEE_ACCREDITATION, audit.About(object_id=uid))
    row, decisions = _newest(session, found), deciding.decisions(session, found)
    own = found.id == actor.organisation_id
    return Shown(
        uid, found.name, deciding.accredited(found), found.accreditation_ends_on,
        _of(row, session.get_one(Account, row.recorded_by_id).name) if row else None, decisions,
        may_answer=_may(actor, Act.ANSWER_ACCREDITATION), may_decide=_may(actor, Act.ACCREDIT) and not own, own=own,
        waits=row is not None and not _decided(row, decisions),
    )  # fmt: skip


def answer(
    session: Session, actor: Actor, uid: UUID, answers: Mapping[AccreditationQuestion, AccreditationAnswer],
    by_on: date | None,
) -> None:  # fmt: skip
    """The organisation's answers to the newest questions, as its manager was told them. Raises Refusal."""
    found = schools.one_of_ours(session, actor, uid)
    session.add(AccreditationAnswers(
        organisation_id=found.id, version=NEWEST_QUESTIONS, answers={one.value: answers[one].value for one in answers},
        by_on=by_on, recorded_by_id=actor.account_id, recorded_at=clock.now(),
    ))  # fmt: skip
    steps.keep(session, found, accreditation_answered_on=clock.today())
    about = audit.About(object_id=uid, reason=f"version_{NEWEST_QUESTIONS}")
    audit.record(session, actor, Act.ANSWER_ACCREDITATION, about)


def settle(session: Session, actor: Actor, uid: UUID, answers_uid: UUID | None, years: int | None) -> bool:
    """Accredited for so many years, or None: something is missing and it is asked again. False where these answers are
    not the newest, were decided on already or are not enough: nothing is done. Raises Refusal: nobody accredits their
    own organisation.
    """
    found = schools.one_of_ours(session, actor, uid)
    if refusal := accrediting_refusal(actor.role, found.id == actor.organisation_id, of_authority=False):
        raise audit.Refusal(refusal, object_id=uid)
    row = _newest(session, found)
    if row is None or row.uid != answers_uid or _decided(row, deciding.decisions(session, found)):
        return False
    if years and _of(row, "").missing:
        return False
    if years:
        deciding.accredit(session, actor, found, years, row.id)
        steps.renew(session, found)
    else:
        deciding.ask_again(session, actor, found, row.id)
        steps.keep(session, found, accreditation_answered_on=None)
    about = audit.About(object_id=uid, reason=f"until_{found.accreditation_ends_on}" if years else "missing")
    audit.record(session, actor, Act.ACCREDIT, about)
    return True


def withdraw(session: Session, actor: Actor, uid: UUID, because: WithdrawnBecause) -> bool:
    """False where it is not accredited, and nothing is done. It has to answer again first. Raises Refusal."""
    found = schools.one_of_ours(session, actor, uid)
    if not deciding.withdraw(session, actor, found, because):
        return False
    steps.keep(session, found, accreditation_answered_on=None)
    audit.record(session, actor, Act.WITHDRAW_ACCREDITATION, audit.About(object_id=uid, reason=because))
    return True


def _may(actor: Actor, act: Act) -> bool:
    return decide(actor, act, None, clock.today()).allowed


def _newest(session: Session, found: Organisation) -> AccreditationAnswers | None:
    query = select(AccreditationAnswers).where(AccreditationAnswers.organisation_id == found.id)
    return session.scalars(query.order_by(AccreditationAnswers.id.desc()).limit(1)).one_or_none()


def _decided(row: AccreditationAnswers, decisions: Sequence[Decided]) -> bool:
    return any(one.answers_id == row.id for one in decisions)


def _of(row: AccreditationAnswers, by: str) -> Answered:
    answers = {AccreditationQuestion(one): AccreditationAnswer(said) for one, said in row.answers.items()}
    missing = accreditation_missing(row.version, answers)
    return Answered(row.uid, row.version, answers, missing, row.by_on, by, row.recorded_at)
