"""An organisation that supplies live: its authority takes in data, and everything is agreed, accepted and signed."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cp.models import Authority, Onboarding, Organisation
from cp.services.implementation import steps
from cp.terms import Means

SINCE = date(2020, 1, 6)
EVERYTHING: dict[str, Any] = {
    "means": Means.SPREADSHEET, "means_offered_on": SINCE, "means_agreed_on": SINCE, "test_accepted_on": SINCE,
    "agreement_signed_on": SINCE, "agreement_ends_on": None,
}  # fmt: skip


def opened(session: Session, organisation: Organisation) -> None:
    """Its authority takes in data, where no day was set for it."""
    authority = session.get_one(Authority, organisation.authority_id)
    authority.data_from = authority.data_from or SINCE
    session.flush()


def live(session: Session, organisation: Organisation) -> Organisation:
    """The same organisation. What a test has set of it stays only if it says so again afterwards."""
    opened(session, organisation)
    row = steps.held(session, organisation)
    if any(getattr(row, name) is None for name in EVERYTHING if name != "agreement_ends_on"):
        steps.keep(session, organisation, **EVERYTHING)
    return organisation


def without(session: Session, organisation: Organisation, **facts: Any) -> Onboarding:
    """Live but for these facts."""
    opened(session, organisation)
    return steps.keep(session, organisation, **(EVERYTHING | facts))
