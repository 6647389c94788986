"""Builders of what is watched: how much an authority lets people look up, what was noticed, what was done."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Alert, AuditEvent, Authority, Organisation, Setting, new_uid
from cp.services import audit
from cp.services.settings import LOOK_UP_HARD, LOOK_UP_SOFT
from cp.terms import Act, AlertKind, Decision, Reason, Role
from tests import build
from tests.build import Person


def limits(session: Session, authority: Authority, soft: int, hard: int) -> None:
    """Other numbers of records a week and a day than an authority may set: a test reaches them, or never does."""
    for name, value in ((LOOK_UP_SOFT, soft), (LOOK_UP_HARD, hard)):
        build.add(session, Setting(authority_id=authority.id, name=name, value=str(value), set_at=clock.now()))


def alert(session: Session, about: Person, kind: AlertKind = AlertKind.MANY_LOOK_UPS, **given: Any) -> Alert:
    """Told just now, due the day after tomorrow."""
    authority_id = session.get_one(Organisation, about.account.organisation_id).authority_id
    facts = {"at": clock.now(), "due_on": clock.today() + timedelta(days=2), "count": 40} | given
    return build.add(session, Alert(kind=kind, authority_id=authority_id, account_id=about.account.id, **facts))  # type: ignore[no-any-return]


def did(session: Session, person: Person, act: Act, subject_id: UUID | None = None) -> None:
    """An entry of the audit: that this person did this now, as a practitioner."""
    organisation = session.get_one(Organisation, person.account.organisation_id)
    authority = session.get_one(Authority, organisation.authority_id)
    entry = {
        "at": clock.now(), "act": act, "decision": Decision.ALLOWED, "account_id": person.account.uid,
        "role": Role.PRACTITIONER, "organisation_id": organisation.uid, "authority_id": authority.uid,
        "principal_id": None, "subject_id": subject_id, "object_id": new_uid(), "parts": "identity",
        "reason": Reason.WORKING_WITH, "results": None, "request_id": new_uid(),
    }  # fmt: skip
    build.add(session, AuditEvent(**audit.sealable(entry)))
