"""The organisations of the demonstration whose children are loaded supply live: agreed, tried and signed long ago."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bench import shapes
from cp.models import new_uid
from cp.rules.implementing import Facts, waits_for
from cp.services.supply import senders
from cp.terms import BodyKind, Means, OrganisationKind

BY = {OrganisationKind.INDEPENDENT_SCHOOL: Means.TRANSFER_FILE, OrganisationKind.PRIMARY_SCHOOL: Means.SPREADSHEET}
DAYS = ("began_on", "contacted_on", "duty_explained_on", "answered_on", "means_offered_on", "means_agreed_on",
        "test_accepted_on", "agreement_signed_on")  # fmt: skip
NOBODY_YET = ("people_named", "people_invited", "places_booked", "people_trained")


def onboarding(organisations: Iterable[shapes.Organisation], since: date, today: date) -> list[dict[str, Any]]:
    """A row of each that sends lists of children, but for the services of the authority itself."""
    return [_row(one, since, today) for one in organisations if _supplies(one)]


def _supplies(one: shapes.Organisation) -> bool:
    return one.body_kind != BodyKind.AUTHORITY and senders.source_of(OrganisationKind(one.kind)) is not None


def _row(one: shapes.Organisation, since: date, today: date) -> dict[str, Any]:
    means = BY.get(OrganisationKind(one.kind), Means.FOLDER)
    done: dict[str, Any] = dict.fromkeys(DAYS, since)
    waits = waits_for(Facts(**done, means=means), today)
    return {
        "id": one.key, "uid": new_uid(), "organisation_id": one.key, "authority_id": one.authority, "version": 1,
        **done, **dict.fromkeys(NOBODY_YET, 0), "means": means, "step": waits.step, "need": waits.need,
        "who": waits.who, "due_on": waits.due_on,
    }  # fmt: skip
