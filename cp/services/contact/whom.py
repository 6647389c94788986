"""To whom the management team may pass a request, as the record is now."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Involvement, Organisation, Practitioner
from cp.rules.access import Allowed
from cp.rules.brokering import passed_to
from cp.services.contact.facts import Passed
from cp.services.contact.requests import Found
from cp.services.sensitive import reading
from cp.terms import Part


@dataclass(frozen=True, slots=True)
class Whom:
    """One who may be asked. `value` says in a form who is meant."""

    value: str
    passed: Passed
    name: str
    practitioner: str
    phone: str | None
    email: str | None


def choices(session: Session, one: Found, decision: Allowed) -> tuple[Whom, ...]:
    """Nobody for a person whose account was taken away: no one is asked to call them."""
    if not one.asker.active:
        return ()
    kinds = passed_to(one.request.about, one.child.shielded)
    services = _services(session, one) if "service" in kinds and Part.SENSITIVE in decision.parts else ()
    people = _people(session, one) if "practitioner" in kinds and Part.INVOLVEMENTS in decision.parts else ()
    family = (Whom("family", Passed("family"), "", "", None, None),) if "family" in kinds else ()
    return (*services, *people, *family)


def _services(session: Session, one: Found) -> tuple[Whom, ...]:
    return tuple(
        Whom(f"service-{shown.entry_uid}", Passed("service", shown.service, shown.entry_uid), shown.name,
             shown.practitioner, shown.phone, shown.email)
        for shown in reading.services_of(session, one.child.uid)
    )  # fmt: skip


_WORKING = (
    select(Practitioner.uid, Practitioner.name, Practitioner.role, Organisation.name, Practitioner.phone,
           Practitioner.email)
    .join(Involvement, Involvement.practitioner_id == Practitioner.id)
    .join(Organisation, Organisation.id == Practitioner.organisation_id)
    .where(Involvement.child_id == bindparam("child_id"), Involvement.ended_on.is_(None), ~Involvement.in_error,
           Practitioner.left_on.is_(None) | (Practitioner.left_on > bindparam("today")),
           ~exists().where(Account.id == bindparam("asker_id"), Account.practitioner_id == Practitioner.id))
    .order_by(Practitioner.name, Practitioner.id)
)  # fmt: skip


def _people(session: Session, one: Found) -> tuple[Whom, ...]:
    values = {"child_id": one.child.id, "today": clock.today(), "asker_id": one.request.account_id}
    return tuple(
        Whom(f"practitioner-{uid}", Passed("practitioner", str(uid)), name, f"{role}, {place}", phone, email)
        for uid, name, role, place, phone, email in session.execute(_WORKING, values)
    )


def name_of(session: Session, passed: Passed | None, whom: tuple[Whom, ...]) -> str:
    """Whom it was passed to, by the name they have now; empty for a family, and where it is no longer known."""
    if passed is None or passed.kind == "family":
        return ""
    if passed.kind == "practitioner":
        return session.scalar(select(Practitioner.name).where(Practitioner.uid == UUID(passed.key))) or ""
    return next((one.name for one in whom if one.passed == passed), "")
