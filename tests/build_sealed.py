"""A directory in which every sealed column holds something, and what it says: for the tests of changing the key."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.models import (
    Base,
    ContactRequest,
    Draft,
    Job,
    LegalHold,
    MachineRequest,
    Merge,
    SourceVersion,
    StayConsent,
    new_uid,
)  # fmt: skip
from cp.models.child import Child
from cp.models.sensitive import SensitiveInvolvement
from cp.services import blinding, find
from cp.services.find import Criteria, Match
from cp.terms import ContactAbout, ContactReason, NumberKind, Reach
from tests import (
    build,
    build_disclosures,
    build_disputes,
    build_families,
    build_log,
    build_machines,
    build_supply,
    build_telling,
)
from tests.build import World

SERVICE = "team 7"


def directory(session: Session, world: World, homes: int = 3) -> list[Child]:
    """Children at one postcode, the first with everything that is ever sealed."""
    made = [build.child(session, world, given_names=f"Amira {chr(97 + at)}") for at in range(homes)]
    for child in made:
        build.address(session, child)
        build.carer(session, child)
        find.reindex(session, child.id)
    _rest(session, world, made[0])
    build_supply.waiting(session, world, made[0])
    _told(session, world, made[0])
    session.commit()
    return made


def _rest(session: Session, world: World, child: Child) -> None:
    build.outside_number(session, child, NumberKind.UPN)
    build.outside_number(session, child, NumberKind.NHS, "9990009875")
    build.search(session, world.sam, child)
    session.get_one(SourceVersion, build.source(session, child, world.school)).facts = {"names": []}
    sensitive(session, world, child)
    for about, passed in ((ContactAbout.SERVICES, SERVICE), (ContactAbout.FAMILY, None)):
        contact(session, world, child, about, passed)
    other = build.child(session, world, given_names="Ben")
    now, account_id, typed = clock.now(), world.max.account.id, {"given_name": ["Amira"]}
    session.add_all((
        Draft(account_id=account_id, path="/", kept_until=now + timedelta(minutes=30), fields=typed),
        Job(kind="mail", run_at=now, facts={"to": "somebody"}),
        Merge(kept_id=child.id, gone_id=other.id, asked_by_id=account_id, asked_at=now, moved={"child_name": [1]}),
    ))  # fmt: skip
    session.flush()
    find.reindex(session, other.id)


def _told(session: Session, world: World, child: Child) -> None:
    """A dispute, a change in the child's life, a receipt of another system, what a family and the police asked."""
    build_disputes.row(session, child, world.sam, "It is another day")
    build_machines.made(session, world.school, "SIMS", build_machines.A_YEAR_ON)
    session.flush()
    system = build_machines.newest(session).id
    session.add_all((
        build_telling.change(child, world.sam),
        StayConsent(child_id=child.id, given_on=clock.today(), to_age=21, recorded_by_id=world.max.account.id,
                    ground="care_leaver"),
        LegalHold(child_id=child.id, first_id=world.max.account.id, second_id=world.rex.account.id,
                  asked_at=clock.now(), ends_on=clock.today(), reason={"kind": "court"}),
        MachineRequest(credential_id=system, at=clock.now(), fingerprint=1, answer={"accepted": 1}),
    ))  # fmt: skip
    build_families.request(session, world.max, child, answer={"entries": [1]})
    build_log.view(session, world.rex, number=child.number)
    build_disclosures.answered(session, child, world.max, world.una)


def sensitive(session: Session, world: World, child: Child, *, withdrawn: bool = False) -> SensitiveInvolvement:
    """A sensitive service's entry, known by the key in use."""
    assert world.nia.practitioner is not None
    worker = world.nia.practitioner
    entry = {"child": str(child.uid), "service": SERVICE, "practitioner_id": worker.id}
    return build.add(  # type: ignore[no-any-return]
        session,
        SensitiveInvolvement(
            child_key=None if withdrawn else blinding.of_child(child.uid)[0],
            service_key=blinding.of_service(SERVICE)[0],
            practitioner_key=blinding.of_practitioner(worker.uid)[0],
            entry=entry,
        ),
    )


def contact(session: Session, world: World, child: Child, about: ContactAbout, passed: str | None) -> ContactRequest:
    """Passed on to this service by an entry of its own, or to nobody."""
    entry = new_uid()
    facts = {"passed_to": {"kind": "service", "key": passed, "entry": str(entry)}} if passed else {}
    return build.add(  # type: ignore[no-any-return]
        session,
        ContactRequest(
            reference=build.reference(), authority_id=world.authority.id, child_id=child.id,
            account_id=world.sam.account.id, about=about, reason=ContactReason.WORRIED, reach=Reach.PHONE,
            asked_at=clock.now(), passed_key=blinding.of_service(passed)[0] if passed else blinding.nobody(),
            entry_key=blinding.of_entry(entry)[0] if passed else blinding.nobody(), uid=new_uid(), facts=facts,
        ),
    )  # fmt: skip


def sealed_columns() -> list[tuple[Table, str]]:
    return [
        (table, column.name.removesuffix("_sealed"))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_sealed")
    ]


def first_bytes(session: Session) -> dict[str, set[int]]:
    """By sealed column, the numbers of the keys that sealed what is in it."""
    session.rollback()
    found = {}
    for table, name in sealed_columns():
        values = session.scalars(select(table.c[f"{name}_sealed"])).all()
        found[f"{table.name}.{name}"] = {value[0] for value in values if value is not None}
    session.rollback()
    return found


def everything(session: Session) -> dict[str, dict[int, Any]]:
    """What every sealed column says, by row."""
    session.rollback()
    ring = sealing.ring()
    found: dict[str, dict[int, Any]] = {}
    for table, name in sealed_columns():
        query = select(table.c.id, table.c.uid, table.c[f"{name}_sealed"])
        found[f"{table.name}.{name}"] = {
            row_id: ring.unseal(value, table.name, name, uid)
            for row_id, uid, value in session.execute(query)
            if value is not None
        }
    session.rollback()
    return found


def answers(session: Session) -> list[tuple[Match, ...]]:
    """Searches that rest on a place, each with everything it answers."""
    asked = (
        Criteria(given_name="Amira", family_name="Siddiqui", postcode="ZA4 7QD"),
        Criteria(family_name="Siddiqui", postcode="ZA4"),
        Criteria(given_name="Amira", family_name="Sidiqui", age=10, postcode="ZA4 7QD"),
        Criteria(family_name="Siddiqui", postcode="ZA9 1AA"),
    )
    found = [find.search(session, criteria, clock.today()).matches for criteria in asked]
    session.rollback()
    return found
