"""Builders of sensitive services: a clinic, its people, what it recorded."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, Practitioner
from cp.models.child import Child
from cp.models.sensitive import SensitiveInvolvement
from cp.rules.sensitive import WORDING, WORDING_VERSION, longest_until
from cp.services.sensitive import entries
from cp.services.sensitive.entries import Entry
from cp.terms import BodyKind, OrganisationKind, Role, SensitiveGround, SensitiveSubject
from tests import build
from tests.build import Person, World

CLINIC = "Vale Young People’s Clinic"


@dataclass(frozen=True)
class Clinic:
    """Kit and Wren work in it, Abe assists Kit, Cleo runs its accounts."""

    organisation: Organisation
    kit: Person
    wren: Person
    abe: Person
    cleo: Person

    @classmethod
    def make(cls, session: Session, world: World, subject: SensitiveSubject | None = SensitiveSubject.SEXUAL_HEALTH,
             name: str = CLINIC, tag: str = "clinic") -> Self:  # fmt: skip
        """A sensitive organisation, or an ordinary one that may be called so."""
        place = build.organisation(
            session, world.authority, OrganisationKind.HEALTH_SERVICE, name=name, body_kind=BodyKind.HEALTH,
            for_everyone_of_age=None, sensitive_subject=subject, phone="+441614960171",
        )  # fmt: skip
        kit = build.person(session, place, "Kit Maddox", f"kit.{tag}", role_title="Sexual health nurse")
        return cls(
            place, kit,
            wren=build.person(session, place, "Wren Castle", f"wren.{tag}", role_title="Counsellor"),
            abe=build.person(session, place, "Abe Lund", f"abe.{tag}", Role.ASSISTANT, principal=kit),
            cleo=build.person(session, place, "Cleo Nash", f"cleo.{tag}", Role.ACCOUNT_MANAGER),
        )  # fmt: skip


def entry(session: Session, who: Person, child: Child, **given: Any) -> UUID:
    """What this person recorded three days ago, with the child's own consent unless said otherwise."""
    worker = who.practitioner
    assert worker is not None
    day = clock.today() - timedelta(days=3)
    ground = SensitiveGround(given.get("ground", SensitiveGround.CHILD))
    consent = ground in WORDING
    facts: dict[str, Any] = {
        "child": child.uid, "service": service_of(session, worker), "organisation_id": worker.organisation_id,
        "team": worker.team, "practitioner_id": worker.id, "started_on": day, "ground": ground,
        "understands": {SensitiveGround.CHILD: True, SensitiveGround.PARENT: False}.get(ground),
        "judged_by": worker.id, "wording_version": WORDING_VERSION if consent else None,
        "wording": WORDING.get(ground), "given_on": day if consent else None, "ends_on": longest_until(day),
        "withdrawn_on": None, "recorded_at": clock.now(),
    } | given  # fmt: skip
    return entries.add(session, Entry(**facts), worker.uid)


def service_of(session: Session, worker: Practitioner) -> str:
    organisation = session.get_one(Organisation, worker.organisation_id)
    return str(organisation.uid) if organisation.sensitive_subject else f"{organisation.uid} {worker.team}"


def kept(session: Session) -> list[Entry]:
    """Every entry, in the order they were recorded."""
    rows = session.scalars(select(SensitiveInvolvement).order_by(SensitiveInvolvement.id))
    return [Entry.read(row.entry) for row in rows.all()]
