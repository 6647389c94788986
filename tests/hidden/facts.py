"""What is hidden: the facts that one directory of a pair holds and the other does not, or holds otherwise."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import OldIdentity, Organisation, Practitioner, Shield
from cp.models.child import Child
from cp.services import find
from cp.services.sensitive import entries
from cp.services.sensitive.entries import Entry
from cp.terms import (
    AddressState,
    Disputable,
    NameKind,
    NumberKind,
    RecordState,
    SensitiveGround,
    ShieldGround,
    WhoAsked,
)
from tests import build, build_disputes, build_retention
from tests.hidden.directory import HIDDEN, Directory, said, signed_in


@dataclass(frozen=True)
class Told:
    """One whole set of what a shield hides."""

    street: str
    postcode: str
    before: str
    carer: str
    phone: str
    former: str
    known_as: str
    upn: str
    nhs: str
    worker: int
    """Which of the workers leads."""
    died_on: date | None = None


FIRST = Told("18 Tanner’s Row", "ZA4 7QD", "ZA9 1AA", "Farah Haddad", "+447700900163", "Nowak", "Zuzanna",
             "Z999200001001", "9990009872", worker=0)  # fmt: skip
SECOND = Told("3 Weir Close", "ZA7 2AB", "ZA8 3CD", "Jon Farouk", "+447700900164", "Farouk-Price", "Amelia",
              "N999200001002", "9990009864", worker=1, died_on=date(2026, 11, 2))  # fmt: skip


def shielded(session: Session, directory: Directory) -> Child:
    """Shielded, and nothing hidden yet. Nia works with the child and leads, and knows that much herself."""
    child = build.child(session, directory.world, shielded=True, **HIDDEN)
    said(session, directory.world, child)
    child.shield_ground = ShieldGround.DOMESTIC_ABUSE
    build.add(session, Shield(child_id=child.id, ground=ShieldGround.DOMESTIC_ABUSE, who_asked=WhoAsked.PRACTITIONER,
                              owner_id=directory.world.max.account.id, set_at=clock.now(),
                              review_on=date(2027, 5, 23)))  # fmt: skip
    nia = directory.world.nia.practitioner
    assert nia is not None
    build.involvement(session, child, nia, lead=True)
    find.reindex(session, child.id)
    return child


def tell(session: Session, directory: Directory, child: Child, told: Told) -> None:
    """Everything that a record may hold besides; led until today by somebody who then passed the lead to Nia."""
    world, nia = directory.world, directory.world.nia.practitioner
    assert nia is not None
    source = build.source(session, child, world.school)
    child.name_source_id = child.born_source_id = source
    child.died_on = told.died_on
    build.address(session, child, told.postcode, told.street, source_id=source)
    build.address(session, child, told.before, state=AddressState.LAST_KNOWN, source_id=source)
    build.carer(session, child, told.carer, told.phone, source_id=source)
    build.other_name(session, child, NameKind.FORMER, "", told.former)
    build.other_name(session, child, NameKind.PREFERRED, told.known_as, "")
    build.outside_number(session, child, NumberKind.UPN, told.upn)
    build.outside_number(session, child, NumberKind.NHS, told.nhs)
    address = ("Northvale", told.postcode, told.street, "Hollin Bank")
    build_disputes.row(session, child, world.sam, told.before, address, Disputable.ADDRESS)
    build.involvement(session, child, directory.workers[told.worker], assessment=True, lead_passed_to_id=nia.id,
                      lead_passed_on=clock.today())  # fmt: skip
    build.involvement(session, child, world.school)
    build.involvement(session, child, world.practice)
    find.reindex(session, child.id)


def shielded_and_told(session: Session, directory: Directory) -> Child:
    """Shielded, with everything hidden that a record may hold."""
    child = shielded(session, directory)
    tell(session, directory, child, FIRST)
    return child


def ordinary(session: Session, directory: Directory) -> Child:
    """An open record with something in every part."""
    child = build.child(session, directory.world, **HIDDEN)
    said(session, directory.world, child)
    tell(session, directory, child, FIRST)
    nia = directory.world.nia.practitioner
    assert nia is not None
    build.involvement(session, child, nia, lead=True)
    return child


def sensitive(session: Session, directory: Directory, child: Child) -> None:
    """A sensitive service works with the child, on the child's own consent."""
    entry(session, directory.clinics[1], directory.workers[2], child, "I agree that this service is recorded.")


def entry(session: Session, clinic: Organisation, worker: Practitioner, child: Child, wording: str) -> UUID:
    """Since three weeks ago, for a year. Returns its uid."""
    given = date(2026, 11, 2)
    facts = Entry(
        child=child.uid, service=str(clinic.uid), organisation_id=clinic.id, team=None, practitioner_id=worker.id,
        started_on=given, ground=SensitiveGround.CHILD, understands=True, judged_by=worker.id, wording_version=1,
        wording=wording, given_on=given, ends_on=date(2027, 11, 1), withdrawn_on=None, recorded_at=clock.now(),
    )  # fmt: skip
    return entries.add(session, facts, worker.uid)


def archived(session: Session, directory: Directory) -> Child:
    """In its first year in the archive, with everything that was known; one of the team reads it today."""
    child = build.child(session, directory.world, given_names="Zuzanna", family_name="Thistle", shielded=True)
    tell(session, directory, child, FIRST)
    build_retention.archived(session, child, date(2026, 5, 1))
    build_retention.reading(session, child, directory.people["team"])
    return child


def archive_asked_for(session: Session, directory: Directory) -> Child:
    """Archived some years ago, and nothing more known yet; one of the team has asked another to read it with them."""
    for name, person in zip(("asked", "colleague of the team"), directory.sealers, strict=True):
        directory.tokens[name] = signed_in(session, person)
    child = build.child(session, directory.world, shielded=True, **HIDDEN)
    build_retention.archived(session, child, date(2024, 5, 1))
    build_retention.reading(session, child, directory.people["team"], directory.sealers[0])
    return child


def sealed(session: Session, directory: Directory) -> Child:
    """An old identity, with everything that was known; people who are here still worked with the child."""
    child = build.child(session, directory.world, given_names="Zuzanna", family_name="Thistle", shielded=True)
    said(session, directory.world, child)
    tell(session, directory, child, FIRST)
    for kind in ("practitioner", "closed"):
        worker = directory.people[kind].practitioner
        assert worker is not None
        build.involvement(session, child, worker)
    build.add(session, Shield(child_id=child.id, ground=ShieldGround.WITNESS_PROTECTION, set_at=clock.now(),
                              review_on=date(2026, 11, 20)))  # fmt: skip
    child.state = RecordState.SEALED
    find.reindex(session, child.id)
    first, second = directory.sealers
    build.add(session, OldIdentity(reference=482913, child_id=child.id, authority_id=child.authority_id,
                                   first_id=first.account.id, second_id=second.account.id, asked_at=clock.now(),
                                   sealed_at=clock.now()))  # fmt: skip
    return child
