"""Builders of organisations on their way to being live: each at the step that its facts leave it at."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, ContactMade, Onboarding, Organisation, SchoolContact
from cp.services.implementation import steps
from cp.terms import ContactBy, ContactOutcome, Means, NextStep
from tests import build
from tests.build import Person, World


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def school(session: Session, world: World, name: str = "The Larches School", facts: dict[str, Any] | None = None,
           **given: Any) -> Organisation:  # fmt: skip
    """Of Northvale; the facts are those of its onboarding."""
    made = build.organisation(session, world.authority, name=name, **given)
    steps.keep(session, made, **(facts or {}))
    return made


def answered(days: int = 20) -> dict[str, Any]:
    """Contacted, told of the duty and answered so many days ago: now it waits for a way to send data."""
    told = ago(days + 9)
    return {"began_on": ago(days + 20), "contacted_on": told, "duty_explained_on": told, "answered_on": ago(days)}


def everything() -> dict[str, Any]:
    """With the organisation accredited and the authority open: live."""
    done = ago(3)
    return answered() | {
        "means": Means.SPREADSHEET, "means_offered_on": done, "means_agreed_on": done, "test_accepted_on": done,
        "agreement_signed_on": done, "people_named": 2, "people_trained": 1,
    }  # fmt: skip


def opened(session: Session, world: World) -> None:
    """Northvale has been open to practitioners since yesterday."""
    world.authority.data_from, world.authority.shields_from, world.authority.access_from = ago(60), ago(30), ago(1)
    session.flush()


def row(session: Session, organisation: Organisation) -> Onboarding:
    session.expire_all()
    return steps.held(session, organisation)


def contact(session: Session, organisation: Organisation, name: str = "Jo Bell", **given: Any) -> SchoolContact:
    facts = {"post": "Bursar", "phone": "+441614960115", "email": "jo.bell@example.test", "main": False} | given
    return build.add(session, SchoolContact(organisation_id=organisation.id, name=name, **facts))  # type: ignore[no-any-return]


def made(session: Session, organisation: Organisation, writer: Person, **given: Any) -> ContactMade:
    """An entry of the log, as if it had always stood there: nothing follows from it."""
    facts = {
        "made_on": ago(2), "by": ContactBy.PHONE, "outcome": ContactOutcome.ASKED_US,
        "next_step": NextStep.ANSWER_THEM, "next_on": clock.today(),
    } | given  # fmt: skip
    return build.add(  # type: ignore[no-any-return]
        session, ContactMade(organisation_id=organisation.id, account_id=writer.account.id, recorded_at=clock.now(),
                             **facts)
    )  # fmt: skip


def every(session: Session) -> Sequence[Organisation]:
    return session.scalars(select(Organisation)).all()


def elsewhere(session: Session, name: str) -> Organisation:
    """Of another authority."""
    there = build.add(session, Authority(name="Eastvale Council", education_code="997", team_phone="+441614960131",
                                         help_phone="+441614960101"))  # fmt: skip
    made = build.organisation(session, there, name=name)
    steps.held(session, made)
    return made
