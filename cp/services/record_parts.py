"""Each part of a record, read only where it may be shown, and put together as a page gets it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.models import Involvement, Organisation, Practitioner, SourceRecord, SourceVersion
from cp.models.carer import Carer, ChildCarer
from cp.models.child import ChildLocation, ChildName, OutsideNumber
from cp.rules.access import NUMBERS, Actor, decide
from cp.rules.contents import carer_may_be_held
from cp.rules.derive import Address
from cp.rules.involvement import Shown, involvement_shown, service_class
from cp.services import looks, reading, shields
from cp.services.disputes import conflicts, marks
from cp.services.record_row import Row
from cp.services.records import (
    AddressShown,
    CarerShown,
    NameShown,
    NumberShown,
    Opened,
    Person,
    Record,
    Source,
    full_name,
)  # fmt: skip
from cp.services.sensitive import reading as apart
from cp.services.sensitive import register
from cp.terms import Act, BestTime, NumberKind, Part, ServiceClass

Sources = Mapping[int | None, Source]


def assemble(session: Session, actor: Actor, row: Row, parts: frozenset[Part], opening: Opened) -> Record:
    """The record with the parts allowed and no trace of the others."""
    connection = session.connection()
    facts = shields.of(session, actor, row.id, row.subject, row.shielded_at)
    facts |= looks.facts(connection, actor, row.id, row.subject)
    sources: Sources = _sources(connection, row.id) if Part.LOCATION in parts else {}
    if Part.INVOLVEMENTS in parts:
        facts |= _involvements(connection, actor, row)
        works = actor.practitioner_id is not None
        facts["may_record"] = works and _may(actor, row, Act.RECORD_INVOLVEMENT)
        facts["may_record_sensitive"] = works and _may(actor, row, Act.RECORD_SENSITIVE)
    if Part.CARERS in parts:
        facts["carers"] = _carers(connection, row, sources)
    if Part.OTHER_NAMES in parts:
        facts["names"] = _names(connection, row, sources)
    if Part.LOCATION in parts:
        reading.by(session, actor.account_uid, [row.id])
        facts["addresses"] = _addresses(connection, row, sources)
        facts["conflicts"] = conflicts.of(session, row.id, {key or 0: one.name for key, one in sources.items()})
    if kinds := [kind for kind, part in NUMBERS.items() if part in parts]:
        facts["numbers"] = _numbers(connection, row, kinds, sources)
    facts |= apart.on_record(session, actor, row.uid, parts)
    return Record(
        uid=row.uid, number=row.number, given_names=row.given_names, family_name=row.family_name, born_on=row.born_on,
        gender=row.gender, died_on=row.died_on if Part.LOCATION in parts else None,
        shielded=Part.INVOLVEMENTS not in parts, authority_name=row.authority_name if Part.LOCATION in parts else "",
        reason=opening.reason, opened_at=opening.at, search_uid=opening.search_uid,
        may_ask=_may(actor, row, Act.ASK_CONTACT), may_tell=_may(actor, row, Act.TELL_CHANGE),
        may_join=_may(actor, row, Act.PREPARE_MERGE), may_seal=_may(actor, row, Act.PREPARE_SEAL),
        may_dispute=_may(actor, row, Act.PREPARE_DISPUTE), marks=marks.of(connection, row.id, parts),
        name_source=sources.get(row.name_source_id), born_source=sources.get(row.born_source_id), **facts,
    )  # fmt: skip


def _may(actor: Actor, row: Row, act: Act) -> bool:
    return decide(actor, act, row.subject, clock.today()).allowed


_LAST_SAID = func.coalesce(SourceVersion.confirmed_on, SourceVersion.said_on)
_SOURCES = (
    select(SourceVersion.id, _LAST_SAID, Organisation.name, Practitioner.name)
    .join(SourceRecord, SourceRecord.id == SourceVersion.record_id)
    .outerjoin(Organisation, Organisation.id == SourceRecord.organisation_id)
    .outerjoin(Practitioner, Practitioner.id == SourceRecord.practitioner_id)
    .where(
        SourceRecord.child_id == bindparam("child_id"),
        SourceVersion.withdrawn_at.is_(None),
        Organisation.sensitive_subject.is_(None),
    )
)


def _sources(connection: Connection, child_id: int) -> Sources:
    """That a sensitive service said a fact would tell that it works with the child: it is named nowhere."""
    rows = connection.execute(_SOURCES, {"child_id": child_id})
    return {
        key: Source(organisation or practitioner or "", said_on) for key, said_on, organisation, practitioner in rows
    }


_INVOLVEMENTS = (
    select(
        Involvement.uid, Involvement.started_on, Involvement.ended_on, Involvement.confirmed_on, Involvement.lead,
        Involvement.assessment, Involvement.in_error, Involvement.practitioner_id, Organisation.name, Organisation.uid,
        Organisation.kind, Organisation.phone, Organisation.email, Organisation.for_everyone_of_age,
        Organisation.sensitive_subject, Practitioner.name, Practitioner.role, Practitioner.phone, Practitioner.email,
    )
    .join(Organisation, Organisation.id == Involvement.organisation_id)
    .outerjoin(Practitioner, Practitioner.id == Involvement.practitioner_id)
    .where(Involvement.child_id == bindparam("child_id"), ~register.IN_TEAM)
    .order_by(Involvement.lead.desc(), Involvement.started_on.desc(), Involvement.id.desc())
)  # fmt: skip


def _involvements(connection: Connection, actor: Actor, row: Row) -> dict[str, tuple[Person, ...]]:
    """Lead professional first, then the newest; universal services apart; ended ones by the day they ended.

    Of an archived record, whose involvements all ended on its day, as they stood then.

    A service that the register calls sensitive is never shown from here: such entries have a table of their own.
    """
    today = row.archived_on or clock.today()
    found: dict[str, list[Person]] = {"people": [], "universal": [], "ended": []}
    for (uid, started, ended, confirmed, lead, assessment, in_error, practitioner_id, organisation, place,
         kind, phone, email, everyone, subject, name, role, own_phone, own_email) in connection.execute(
             _INVOLVEMENTS, {"child_id": row.id}):  # fmt: skip
        service = service_class(everyone, subject)
        shown = involvement_shown(ended, service is ServiceClass.SENSITIVE, in_error, today)
        if shown is Shown.HIDDEN or service is ServiceClass.SENSITIVE:
            continue
        universal = name is None and service is ServiceClass.UNIVERSAL
        person = Person(
            uid=uid, name=name or organisation, role=role or "", organisation=organisation, organisation_uid=place,
            organisation_kind=kind, phone=own_phone or phone, email=own_email or email, started_on=started,
            ended_on=ended, confirmed_on=confirmed, lead=lead and shown is Shown.CURRENT, assessment=assessment,
            mine=practitioner_id is not None and practitioner_id == actor.practitioner_id, universal=universal,
        )  # fmt: skip
        found["ended" if shown is Shown.ENDED else "universal" if universal else "people"].append(person)
    found["ended"].sort(key=lambda person: person.ended_on or today, reverse=True)
    return {part: tuple(people) for part, people in found.items()}


_CARERS = (
    select(Carer.uid, Carer.details_sealed, ChildCarer.relationship, ChildCarer.responsibility, ChildCarer.care,
           ChildCarer.source_id)
    .join(ChildCarer, ChildCarer.carer_id == Carer.id)
    .where(ChildCarer.child_id == bindparam("child_id"), ChildCarer.ended_on.is_(None))
    .order_by(ChildCarer.care.desc(), ChildCarer.id)
)  # fmt: skip


def _carers(connection: Connection, row: Row, sources: Sources) -> tuple[CarerShown, ...]:
    today, shown = clock.today(), []
    for uid, sealed, relationship, responsibility, care, source in connection.execute(_CARERS, {"child_id": row.id}):
        if carer_may_be_held(responsibility, care, row.born_on, today):
            details = sealing.ring().unseal(sealed, "carer", "details", uid)
            best_time = details.get("best_time")
            shown.append(
                CarerShown(details["name"], relationship, responsibility, care, tuple(details["phones"]),
                           details.get("email"), BestTime(best_time) if best_time else None, sources.get(source))
            )  # fmt: skip
    return tuple(shown)


_NAMES = (
    select(ChildName.kind, ChildName.given_names, ChildName.family_name, ChildName.source_id)
    .where(ChildName.child_id == bindparam("child_id"))
    .order_by(ChildName.id)
)


def _names(connection: Connection, row: Row, sources: Sources) -> tuple[NameShown, ...]:
    return tuple(
        NameShown(kind, full_name(given, family), sources.get(source))
        for kind, given, family, source in connection.execute(_NAMES, {"child_id": row.id})
    )


_LOCATIONS = (
    select(ChildLocation.uid, ChildLocation.state, ChildLocation.address_sealed, ChildLocation.from_on,
           ChildLocation.until_on, ChildLocation.leave_kind, ChildLocation.source_id)
    .where(ChildLocation.child_id == bindparam("child_id"))
    .order_by(ChildLocation.id)
)  # fmt: skip


def _addresses(connection: Connection, row: Row, sources: Sources) -> tuple[AddressShown, ...]:
    return tuple(
        AddressShown(_address(uid, state, sealed, from_on, until_on, leave_kind), sources.get(source))
        for uid, state, sealed, from_on, until_on, leave_kind, source in connection.execute(
            _LOCATIONS, {"child_id": row.id}
        )
    )


def _address(uid: UUID, state: Any, sealed: bytes | None, from_on: date | None, until_on: date | None,
             leave_kind: Any) -> Address:  # fmt: skip
    kept = sealing.ring().unseal(sealed, "child_location", "address", uid) if sealed else {}
    lines, town, postcode = tuple(kept.get("lines", ())), kept.get("town", ""), kept.get("postcode", "")
    return Address(state, lines, town, postcode, from_on, until_on, leave_kind)


_NUMBERS = select(OutsideNumber.uid, OutsideNumber.kind, OutsideNumber.value_sealed, OutsideNumber.source_id).where(
    OutsideNumber.child_id == bindparam("child_id")
)


def _numbers(connection: Connection, row: Row, kinds: list[NumberKind], sources: Sources) -> tuple[NumberShown, ...]:
    return tuple(
        NumberShown(kind, sealing.ring().unseal(sealed, "outside_number", "value", uid), sources.get(source))
        for uid, kind, sealed, source in connection.execute(_NUMBERS, {"child_id": row.id})
        if kind in kinds
    )
