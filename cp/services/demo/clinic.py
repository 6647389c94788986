"""The demonstration's one sensitive service: a clinic, and what it recorded with young people's consent."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, Practitioner
from cp.models.child import Child
from cp.rules.sensitive import WORDING, WORDING_VERSION, longest_until
from cp.services.sensitive import entries
from cp.services.sensitive.entries import Entry
from cp.terms import BodyKind, OrganisationKind, SensitiveGround, SensitiveSubject

NAME = "Vale Young People’s Clinic"
CONSENTED_DAYS_AGO = (350, 200, 90, 12)
"""Of so many young people; the first consent soon ends."""


def open_clinic(session: Session, council: int, accredited_until: date) -> int:
    """Its id. It stands beside the council, in the first authority, after every organisation of the population."""
    authority_id = session.scalars(select(Organisation.authority_id).where(Organisation.id == council)).one()
    made = Organisation(
        authority_id=authority_id, kind=OrganisationKind.HEALTH_SERVICE, body_kind=BodyKind.HEALTH, name=NAME,
        phone="+441614960170", email="hello@clinic.example.test", sensitive_subject=SensitiveSubject.SEXUAL_HEALTH,
        accreditation_ends_on=accredited_until,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made.id


def record(session: Session, practitioner: Practitioner, child_ids: Sequence[int], day: date) -> None:
    """This practitioner works with the first few of these children, each of whom consented."""
    clinic = session.get_one(Organisation, practitioner.organisation_id)
    for child_id, days_ago in zip(child_ids, CONSENTED_DAYS_AGO, strict=False):
        given_on = day - timedelta(days=days_ago)
        entry = Entry(
            child=session.scalars(select(Child.uid).where(Child.id == child_id)).one(), service=str(clinic.uid),
            organisation_id=clinic.id, team=practitioner.team, practitioner_id=practitioner.id, started_on=given_on,
            ground=SensitiveGround.CHILD, understands=True, judged_by=practitioner.id,
            wording_version=WORDING_VERSION, wording=WORDING[SensitiveGround.CHILD], given_on=given_on,
            ends_on=longest_until(given_on), withdrawn_on=None, recorded_at=clock.now(),
        )  # fmt: skip
        entries.add(session, entry, practitioner.uid)
