"""Builders of what new identities and joined records stand on: colleagues of the team, and what sources say."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Merge, OldIdentity, Organisation, Shield, SourceRecord, SourceVersion
from cp.models.child import Child
from cp.models.sensitive import SensitiveInvolvement
from cp.rules import derive
from cp.rules.days import anniversary
from cp.services import blinding, deriving, find
from cp.services.source_facts import facts
from cp.terms import AddressState, BodyKind, OrganisationKind, RecordState, Role, ShieldGround, SourceKind
from tests import build
from tests.build import Person, World


def may(session: Session, world: World, name: str = "May Lindqvist", **given: Any) -> Person:
    """A second of the management team."""
    email = f"{name.split()[0].lower()}.manager"
    return build.person(session, world.council, name, email, Role.MANAGEMENT_TEAM, **given)


def elsewhere(session: Session) -> tuple[Authority, Person]:
    """Another authority, and somebody of its management team."""
    authority = build.add(session, build.opened(name="Eastmere Council", education_code="998",
                                             team_phone="+441614960497", help_phone="+441614960498"))  # fmt: skip
    council = build.organisation(session, authority, OrganisationKind.COUNCIL_SERVICE, name="Eastmere Council",
                                 body_kind=BodyKind.AUTHORITY, for_everyone_of_age=None)  # fmt: skip
    return authority, build.person(session, council, "Eve Stone", "eve.elsewhere", Role.MANAGEMENT_TEAM)


def home(postcode: str, street: str = "18 Tanner’s Row") -> derive.Address:
    return derive.Address(AddressState.CURRENT, (street, "Hollin Bank"), "Northvale", postcode, date(2024, 3, 1))


def says(session: Session, child: Child, organisation: Organisation, kind: SourceKind = SourceKind.SCHOOL,
         said_on: date = date(2026, 9, 7), **what: Any) -> SourceRecord:  # fmt: skip
    """A source record with one version: who the child is, as the child's row has it, and whatever is given besides."""
    record = build.add(session, SourceRecord(child_id=child.id, kind=kind, organisation_id=organisation.id,
                                             row_key=f"{organisation.id}-{child.id}-{said_on}"))  # fmt: skip
    told = {name: what.pop(name, getattr(child, name)) for name in ("given_names", "family_name", "born_on", "gender")}
    version = SourceVersion(record_id=record.id, said_on=said_on, facts=facts(derive.Said(0, kind, said_on, **what)),
                            **told)  # fmt: skip
    build.add(session, version)
    return record  # type: ignore[no-any-return]


def derived(session: Session, world: World, postcode: str, **given: Any) -> Child:
    """A child whose facts a school has said, as every record's are; indexed."""
    child = build.child(session, world, **given)
    says(session, child, world.school, addresses=(home(postcode),))
    deriving.derive(session, child.id)
    return child


def shield(session: Session, child: Child, owner: Person | None = None) -> Shield:
    """The child shielded, as it is from the page for it."""
    child.shielded_at, child.shield_ground = clock.now(), ShieldGround.DOMESTIC_ABUSE
    row = Shield(child_id=child.id, ground=ShieldGround.DOMESTIC_ABUSE, owner_id=owner.account.id if owner else None,
                 set_at=clock.now(), review_on=anniversary(clock.today(), 0, 6))  # fmt: skip
    build.add(session, row)
    find.reindex(session, child.id)
    return row


def sealed(session: Session, child: Child, first: Person, second: Person, **given: Any) -> OldIdentity:
    """The child's record sealed an hour or so ago by these two."""
    child.state = RecordState.SEALED
    facts = {"asked_at": clock.now(), "sealed_at": clock.now(), "reference": build.reference()} | given
    row = OldIdentity(child_id=child.id, authority_id=child.authority_id, first_id=first.account.id,
                      second_id=second.account.id, **facts)  # fmt: skip
    build.add(session, row)
    find.reindex(session, child.id)
    return row


def asked_to_seal(session: Session, child: Child, first: Person, second: Person) -> OldIdentity:
    """The first of them has asked the second."""
    row = OldIdentity(child_id=child.id, authority_id=child.authority_id, first_id=first.account.id,
                      second_id=second.account.id, asked_at=clock.now(), reference=build.reference())  # fmt: skip
    return build.add(session, row)  # type: ignore[no-any-return]


def asked_to_join(session: Session, kept: Child, gone: Child, by: Person) -> Merge:
    """It waits for a second person."""
    row = Merge(kept_id=kept.id, gone_id=gone.id, asked_by_id=by.account.id, asked_at=clock.now())
    return build.add(session, row)  # type: ignore[no-any-return]


def sensitive_entry(session: Session, child_uid: UUID, service: str = "organisation 7") -> SensitiveInvolvement:
    """What a sensitive service recorded of this child."""
    row = SensitiveInvolvement(
        child_key=blinding.of_child(child_uid)[0], service_key=blinding.of_service(service)[0],
        practitioner_key=blinding.nobody(), entry={"child": str(child_uid), "service": service},
    )  # fmt: skip
    return build.add(session, row)  # type: ignore[no-any-return]
