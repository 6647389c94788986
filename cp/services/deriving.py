"""Records' facts, derived again from what their sources say now."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp import sealing
from cp.models import SourceRecord, SourceVersion
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.rules import derive as rule
from cp.services import find, on_roll, reading
from cp.services.source_facts import said

Stays = dict[int, tuple[rule.Stay, SourceVersion]]
"""By organisation: what its newest word says of the child's being with it."""


def derive(session: Session, *children: int) -> set[int]:
    """Bring these records and their index up to date with their sources, in the transaction of what changed them.

    What no source says is left as it stands; so is the whole record of a child, who is among those answered, where no
    source gives a name or a date of birth. The caller holds the children.
    """
    session.flush()
    reading.also(session, children)
    records, stays = _records(session, children)
    held = session.scalars(select(Child).where(Child.id.in_(records.keys())).order_by(Child.id))
    for child in held:
        _identify(child, records[child.id])
    _clear(session, records.keys())
    for child_id, record in records.items():
        session.add_all(_rows(child_id, record))
    _add_carers(session, records)
    on_roll.keep(session, stays)
    find.reindex(session, *children)
    return set(children) - records.keys()


def _records(session: Session, children: Collection[int]) -> tuple[dict[int, rule.Derived], dict[int, Stays]]:
    """What follows for each child whom a source names, and where each child is on a roll."""
    said_of: dict[int, list[rule.Said]] = defaultdict(list)
    stays: dict[int, Stays] = {child_id: {} for child_id in children}
    for version, record in newest(session, children):
        what = said(version, record.kind)
        said_of[record.child_id].append(what)
        if what.stay and record.organisation_id:
            _stays(stays[record.child_id], record.organisation_id, what.stay, version)
    records: dict[int, rule.Derived] = {}
    for child_id, what_is_said in said_of.items():
        try:
            records[child_id] = rule.derive(what_is_said)
        except ValueError:
            continue
    return records, stays


def _stays(stays: Stays, organisation_id: int, stay: rule.Stay, version: SourceVersion) -> None:
    """Whoever is there by one of an organisation's rows is there, whatever an older row of the same child says."""
    if organisation_id not in stays or stay.until_on is None:
        stays[organisation_id] = (stay, version)


def newest(session: Session, children: Collection[int]) -> list[tuple[SourceVersion, SourceRecord]]:
    """Of each source of these children its newest version that was not withdrawn."""
    query = (
        select(SourceVersion, SourceRecord)
        .join(SourceRecord, SourceRecord.id == SourceVersion.record_id)
        .where(SourceRecord.child_id.in_(children), SourceVersion.withdrawn_at.is_(None))
        .order_by(SourceVersion.said_on, SourceVersion.id)
    )
    found = {version.record_id: (version, record) for version, record in session.execute(query)}
    return list(found.values())


def _identify(child: Child, record: rule.Derived) -> None:
    child.given_names, child.family_name, child.gender = record.given_names, record.family_name, record.gender
    child.born_on = record.born_on
    child.name_source_id, child.born_source_id = record.name_source, record.born_source
    child.version += 1


def _clear(session: Session, children: Collection[int]) -> None:
    """Take away whatever was derived before."""
    for model in (ChildName, ChildLocation, OutsideNumber):
        session.execute(delete(model).where(model.child_id.in_(children), model.source_id.is_not(None)))
    cared = delete(ChildCarer).where(ChildCarer.child_id.in_(children), ChildCarer.source_id.is_not(None))
    carers = session.scalars(cared.returning(ChildCarer.carer_id)).all()
    still = set(session.scalars(select(ChildCarer.carer_id).where(ChildCarer.carer_id.in_(carers))))
    session.execute(delete(Carer).where(Carer.id.in_(set(carers) - still)))


def _rows(child_id: int, record: rule.Derived) -> list[Any]:
    names = [
        ChildName(child_id=child_id, kind=name.kind, given_names=name.given_names, family_name=name.family_name,
                  source_id=source)
        for name, source in record.names
    ]  # fmt: skip
    numbers = [
        OutsideNumber(child_id=child_id, kind=kind, value=value, value_key=sealing.ring().look_up(kind.value, value),
                      source_id=source)
        for kind, value, source in record.numbers
    ]  # fmt: skip
    return [*names, *(_location(child_id, at, source) for at, source in record.addresses), *numbers]


def _location(child_id: int, at: rule.Address, source: int) -> ChildLocation:
    address = {"lines": at.lines, "town": at.town, "postcode": at.postcode} if at.lines else None
    return ChildLocation(child_id=child_id, state=at.state, address=address, from_on=at.from_on, until_on=at.until_on,
                         leave_kind=at.leave_kind, source_id=source)  # fmt: skip


def _add_carers(session: Session, records: Mapping[int, rule.Derived]) -> None:
    """One row for each child, also of brothers and sisters: records of children are not tied to each other."""
    stated = [(child_id, one, source) for child_id, record in records.items() for one, source in record.carers]
    made = [_carer(one) for _, one, _ in stated]
    session.add_all(made)
    session.flush()
    session.add_all(
        ChildCarer(child_id=child_id, carer_id=carer.id, relationship=one.relationship,
                   responsibility=one.responsibility, care=one.care, source_id=source)
        for (child_id, one, source), carer in zip(stated, made, strict=True)
    )  # fmt: skip


def _carer(one: rule.CarerSaid) -> Carer:
    details = {"name": one.name, "phones": one.phones, "email": one.email, "best_time": one.best_time}
    return Carer(details=details, phone_key=sealing.ring().look_up("phone", one.phones[0]) if one.phones else None)
