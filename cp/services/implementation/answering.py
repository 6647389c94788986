"""A school answers by its link: one question at a time, each answer kept at once."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Onboarding, Organisation, SchoolAnswer
from cp.services import audit
from cp.services.implementation import answers, contacts, steps, workforce
from cp.services.implementation.answers import Answers
from cp.services.implementation.school_links import Held
from cp.terms import Act, SchoolQuestion


def keep(session: Session, held: Held, question: SchoolQuestion, value: dict[str, Any], request_id: UUID) -> Answers:
    """The newest answer of a question takes the place of an earlier one; the same again changes nothing.

    `held` is locked, and open. With the last of the questions the organisation has answered; how many pupils it has is
    kept with it.
    """
    if _put(session, held, question, value):
        _record(session, held, question.value, request_id)
    session.flush()
    found = answers.of(session, held.organisation)
    if found.complete:
        _take_over(session, held.organisation, found)
        if held.link.finished_at is None:
            _finish(session, held, request_id)
    return found


def _put(session: Session, held: Held, question: SchoolQuestion, value: dict[str, Any]) -> bool:
    """Whether anything has changed."""
    theirs = SchoolAnswer.organisation_id == held.organisation.id
    row = session.scalars(select(SchoolAnswer).where(theirs, SchoolAnswer.question == question)).one_or_none()
    if row is not None and row.value == value:
        return False
    if row is None:
        row = SchoolAnswer(organisation_id=held.organisation.id, question=question)
        session.add(row)
    row.value, row.saved_at = value, clock.now()
    return True


def _take_over(session: Session, organisation: Organisation, found: Answers) -> None:
    """What the school says of itself is kept where everybody reads it."""
    organisation.pupils = found.pupils
    workforce.set_counts(session, organisation, found.staff or {})
    if found.contact:
        contacts.named_by_itself(session, organisation, found.contact)


def _finish(session: Session, held: Held, request_id: UUID) -> None:
    """The day on which it first answered stays. The row is held, so that no manager changes it meanwhile."""
    held.link.finished_at = clock.now()
    query = select(Onboarding).where(Onboarding.organisation_id == held.organisation.id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    steps.keep(session, held.organisation, answered_on=(row and row.answered_on) or clock.today())
    _record(session, held, "finished", request_id)


def _record(session: Session, held: Held, what: str, request_id: UUID) -> None:
    about = audit.About(object_id=held.organisation.uid, reason=what)
    audit.record(session, None, Act.ANSWER_AS_SCHOOL, about, request_id=request_id)
