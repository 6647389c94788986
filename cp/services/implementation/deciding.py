"""An accreditation is given or withdrawn: the organisation's last day and the decision, as one change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, AccreditationDecision, Organisation
from cp.rules.access import Actor
from cp.rules.governing import accreditation_ends_on
from cp.terms import Accrediting, WithdrawnBecause


@dataclass(frozen=True, slots=True)
class Decided:
    """`answers_id`: on which answers; `by`: None where it was done at the server."""

    decision: Accrediting
    ends_on: date | None
    because: WithdrawnBecause | None
    answers_id: int | None
    by: str | None
    at: datetime


def decisions(session: Session, organisation: Organisation) -> Sequence[Decided]:
    """The newest first."""
    query = (
        select(AccreditationDecision, Account.name)
        .outerjoin(Account, Account.id == AccreditationDecision.decided_by_id)
        .where(AccreditationDecision.organisation_id == organisation.id)
        .order_by(AccreditationDecision.id.desc())
    )
    return [
        Decided(one.decision, one.ends_on, one.because, one.answers_id, by, one.decided_at)
        for one, by in session.execute(query)
    ]


def accredit(
    session: Session, actor: Actor | None, organisation: Organisation, years: int, answers_id: int | None = None
) -> None:
    """From today, for 1 to 3 years."""
    organisation.accreditation_ends_on = accreditation_ends_on(clock.today(), years)
    _add(session, actor, organisation, Accrediting.ACCREDITED, ends_on=organisation.accreditation_ends_on,
         answers_id=answers_id)  # fmt: skip


def ask_again(session: Session, actor: Actor, organisation: Organisation, answers_id: int) -> None:
    """Something is missing; what it is accredited for until now stays."""
    _add(session, actor, organisation, Accrediting.MISSING, answers_id=answers_id)


def withdraw(session: Session, actor: Actor, organisation: Organisation, because: WithdrawnBecause) -> bool:
    """Today is the first day without: nobody of it is let in from the next request on. False where it had none."""
    if not accredited(organisation):
        return False
    organisation.accreditation_ends_on = clock.today()
    _add(session, actor, organisation, Accrediting.WITHDRAWN, because=because)
    return True


def accredited(organisation: Organisation) -> bool:
    ends_on = organisation.accreditation_ends_on
    return ends_on is not None and clock.today() < ends_on


def _add(
    session: Session, actor: Actor | None, organisation: Organisation, decision: Accrediting, **facts: object
) -> None:
    by = actor and actor.account_id
    session.add(AccreditationDecision(
        organisation_id=organisation.id, decision=decision, decided_by_id=by, decided_at=clock.now(), **facts,
    ))  # fmt: skip
    session.flush()
