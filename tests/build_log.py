"""Builders of entries of the audit, as if somebody had done it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Authority, LogView, Organisation, RoleGrant, new_uid
from cp.models.child import Child
from cp.services import audit
from cp.terms import Act, Decision
from tests import build
from tests.build import Person

WHOLE = "carers+identity+involvements+location+other_names"


def entry(
    session: Session, person: Person, act: Act, child: Child | None = None, at: datetime | None = None, **given: Any
) -> AuditEvent:
    """This person did this, to this child's record, just now."""
    place = session.get_one(Organisation, person.account.organisation_id)
    role = session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == person.account.id)).first()
    facts: dict[str, Any] = {
        "at": at or clock.now(), "act": act, "decision": Decision.ALLOWED, "account_id": person.account.uid,
        "role": role, "organisation_id": place.uid, "authority_id": authority_of(session, person).uid,
        "principal_id": None, "subject_id": child.subject_id if child else None, "object_id": None, "parts": None,
        "reason": None, "results": None, "request_id": new_uid(),
    }  # fmt: skip
    return build.add(session, AuditEvent(**audit.sealable(facts | given)))  # type: ignore[no-any-return]


def opened(session: Session, person: Person, child: Child, **given: Any) -> AuditEvent:
    """A record opened, all of it shown."""
    return entry(session, person, Act.OPEN_RECORD, child, **{"parts": WHOLE, "reason": "working_with"} | given)


def refused(session: Session, person: Person, act: Act, child: Child | None, reason: str) -> AuditEvent:
    return entry(session, person, act, child, decision=Decision.REFUSED, reason=reason)


def elsewhere(session: Session, name: str = "Sid Southwell") -> Person:
    """A practitioner of another authority."""
    there = build.add(session, build.opened(name="Southvale Council", education_code="998",
                                            team_phone="+441614960150", help_phone="+441614960151"))  # fmt: skip
    school = build.organisation(session, there, name="Southvale Primary School")
    return build.person(session, school, name, "sid.southwell", role_title="Teacher")


def authority_of(session: Session, person: Person) -> Authority:
    """For which they work."""
    place = session.get_one(Organisation, person.account.organisation_id)
    return session.get_one(Authority, place.authority_id)


def view(session: Session, reviewer: Person, **asked: str) -> UUID:
    """What a reviewer asked of the log today: of today, if nothing else is said."""
    today = clock.today().isoformat()
    facts = {"since": today, "until": today, "group": None, "person": None, "number": None} | asked
    return build.add(session, LogView(account_id=reviewer.account.id, at=clock.now(), asked=facts)).uid  # type: ignore[no-any-return]


def said(entry: AuditEvent) -> bytes:
    """All that an entry says."""
    return audit.canonical_bytes({name: getattr(entry, name) for name in audit.FACTS})
