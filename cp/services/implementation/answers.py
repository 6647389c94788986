"""What an organisation answered by its link: read in one place, the newest answer of each question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Organisation, SchoolAnswer
from cp.rules.access import Actor
from cp.rules.means import Proposal, proposed
from cp.services import audit
from cp.services.implementation import schools
from cp.terms import AccessNeed, Act, Means, PartOfDay, PupilSystem, SchoolDay, SchoolQuestion, TrainingHad


@dataclass(frozen=True, slots=True)
class Contact:
    """`phone` is E.164; one of `phone` and `email` is always there."""

    name: str
    post: str
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Answers:
    """None, or nothing in it, where a question is not answered; `wish` also where the answer is “I do not know”.

    `staff` counts people by the code of their listed post (`rules/eligibility.py`), `others` those in no listed post.
    """

    saved: Mapping[SchoolQuestion, datetime]
    """When each answer that stands was given."""
    contact: Contact | None = None
    system: PupilSystem | None = None
    wish: Means | None = None
    pupils: int | None = None
    staff: Mapping[str, int] | None = None
    others: int | None = None
    training: tuple[TrainingHad, ...] = ()
    days: tuple[SchoolDay, ...] = ()
    times: tuple[PartOfDay, ...] = ()
    needs: tuple[AccessNeed, ...] = ()

    @property
    def complete(self) -> bool:
        return len(self.saved) == len(SchoolQuestion)

    @property
    def following(self) -> SchoolQuestion | None:
        """The first question without an answer."""
        return next((question for question in SchoolQuestion if question not in self.saved), None)


def of(session: Session, organisation: Organisation) -> Answers:
    """Whatever was answered so far."""
    query = select(SchoolAnswer).where(SchoolAnswer.organisation_id == organisation.id)
    rows = session.scalars(query.execution_options(populate_existing=True)).all()
    facts: dict[str, Any] = {}
    for row in rows:
        facts |= READ[row.question](row.value)
    return Answers({row.question: row.saved_at for row in rows}, **facts)


def proposal(found: Answers, organisation: Organisation) -> Proposal | None:
    """What follows from whole answers; None before that."""
    if not found.complete:
        return None
    return proposed(found.system, found.wish, found.pupils, organisation.kind)


def show(session: Session, actor: Actor, uid: UUID) -> tuple[Organisation, Answers]:
    """Of an organisation of the manager's own authority. Raises Refusal."""
    organisation = schools.one_of_ours(session, actor, uid)
    audit.record(session, actor, Act.SEE_SCHOOL_ANSWERS, audit.About(object_id=uid))
    return organisation, of(session, organisation)


def _session(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "days": tuple(map(SchoolDay, value["days"])), "times": tuple(map(PartOfDay, value["times"])),
        "needs": tuple(map(AccessNeed, value["needs"])),
    }  # fmt: skip


READ: dict[SchoolQuestion, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    SchoolQuestion.CONTACT: lambda value: {"contact": Contact(**value)},
    SchoolQuestion.SYSTEM: lambda value: {"system": PupilSystem(value["system"])},
    SchoolQuestion.WISH: lambda value: {"wish": Means(value["wish"]) if value["wish"] else None},
    SchoolQuestion.STAFF: lambda value: {name: value[name] for name in ("pupils", "staff", "others")},
    SchoolQuestion.TRAINING: lambda value: {"training": tuple(map(TrainingHad, value["training"]))},
    SchoolQuestion.SESSION: _session,
}
"""From what is kept of each question to the facts that it answers."""
