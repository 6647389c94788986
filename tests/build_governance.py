"""Builders of agreements and accreditations: what an implementation manager would have recorded."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Agreement, Authority, Organisation
from cp.rules.governing import QUESTIONS
from cp.services.implementation import steps
from cp.services.implementation.agreements import Said
from cp.terms import AccreditationAnswer, AccreditationQuestion, Region
from tests import build
from tests.build import World

EVERYTHING = {question: answers[0] for question, answers in QUESTIONS[1].items()}
"""Answers with which nothing is missing."""
NO_PROCEDURE = EVERYTHING | {AccreditationQuestion.MISUSE: AccreditationAnswer.NOT_YET}
SAID = Said(1, date(2026, 11, 20), None, "Petra Vaughan", "Head", "Ivy Hartley", "Implementation manager")
PAPER = {
    "name": "Petra Vaughan", "post": "Head", "authority_name": "Ivy Hartley",
    "authority_post": "Implementation manager", "signed-day": "20", "signed-month": "11", "signed-year": "2026",
}  # fmt: skip
"""The same as somebody types it."""


def agreement(session: Session, world: World, organisation: Organisation, **given: Any) -> Agreement:
    """As the rule has it: signed three days ago, for two years, but for what is given."""
    today = clock.today()
    facts: dict[str, Any] = {
        "version": 1, "signed_on": today - timedelta(days=3), "ends_on": today + timedelta(days=727),
        "name": "Petra Vaughan", "post": "Head", "authority_name": "Ivy Hartley",
        "authority_post": "Implementation manager", "recorded_by_id": world.ivy.account.id,
        "recorded_at": clock.now(),
    } | given  # fmt: skip
    made = build.add(session, Agreement(organisation_id=organisation.id, **facts))
    steps.keep(session, organisation, agreement_signed_on=made.signed_on, agreement_ends_on=made.ends_on)
    return made  # type: ignore[no-any-return]


def authority(session: Session, name: str, region: Region | None) -> Authority:
    return build.add(session, build.opened(  # type: ignore[no-any-return]
        name=name, education_code="997", team_phone="+441614960150", help_phone="+441614960151", region=region,
    ))  # fmt: skip
