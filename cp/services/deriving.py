"""Records' facts, derived again from what their sources say now."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import sealing
from cp.engines_bulk import insert_rows
from cp.matching.facts import OtherName
from cp.models import SourceRecord, SourceVersion, new_uid
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.rules import derive as rule
from cp.rules import findings
from cp.services import find, on_roll, reading
from cp.services.find.lists import among
from cp.services.on_roll import Spoken, Stays
from cp.services.retention import due
from cp.services.source_facts import said
from cp.terms import AddressState, Relationship

Words = list[tuple[SourceVersion, SourceRecord]]
New = Mapping[int, Spoken]
"""By child, all that is said of a record that was made in this transaction."""
NONE: New = MappingProxyType({})
_VERSIONS = (
    select(SourceVersion, SourceRecord)
    .join(SourceRecord, SourceRecord.id == SourceVersion.record_id)
    .order_by(SourceVersion.said_on, SourceVersion.id)
)


def derive(session: Session, *children: int, new: New = NONE) -> set[int]:
    """Bring these records and their index up to date with their sources, in the transaction of what changed them.

    What no source says is left as it stands; so is the whole record of a child, who is among those answered, where no
    source gives a name or a date of birth. An archived one stays as it was archived. The caller holds the children.
    Nothing is read back of those that are `new`: what is said of them is all there is.
    """
    session.flush()
    old = _not_archived(session, [child_id for child_id in children if child_id not in new])
    children = (*old, *new)
    reading.also(session, children)
    heard = _heard(old, newest(session, old)) | {child_id: [one] for child_id, one in new.items()}
    records, stays = _derived(heard)
    _write(session, records, new)
    on_roll.keep(session, stays, new)
    due.keep(session, [child_id for child_id in children if child_id not in new or child_id not in records])
    known = [_entry(child_id, records[child_id]) for child_id in new if child_id in records]
    find.reindex(session, *children, known=known)
    return set(children) - records.keys()


def _not_archived(session: Session, children: Collection[int]) -> tuple[int, ...]:
    if not children:
        return ()
    return tuple(session.scalars(select(Child.id).where(among(Child.id, children), Child.archived_on.is_(None))))


def as_it_last_stood(session: Session, child_id: int) -> bool:
    """A record that no source speaks for any longer, as it stood when that first was so. False where none ever did.

    What was last withdrawn left it so the first time, and that is noted: whatever is said of it later, and taken back,
    leaves it as it was.
    """
    query = _VERSIONS.where(SourceRecord.child_id == child_id, SourceVersion.withdrawn_at.is_not(None))
    gone = session.execute(query).all()
    last = max((version.withdrawn_at for version, _ in gone if version.withdrawn_at), default=None)
    standing = [one for one in gone if one[0].stands] or [one for one in gone if one[0].withdrawn_at == last]
    found = {record.id: (version, record) for version, record in standing}
    for version, _ in found.values():
        version.stands = True
    records, _ = _derived(_heard([child_id], list(found.values())))
    _write(session, records)
    due.keep(session, [child_id])
    find.reindex(session, child_id)
    return bool(gone)


def _write(session: Session, records: Mapping[int, rule.Derived], new: Collection[int] = ()) -> None:
    """In the place of what was derived before; of a record that is new there is nothing to read, nor to take away."""
    if before := records.keys() - new:
        for child in session.scalars(select(Child).where(among(Child.id, before)).order_by(Child.id)):
            for name, value in _identity(records[child.id]).items():
                setattr(child, name, value)
            child.version += 1
        clear(session, before)
        session.flush()
    if made := [{"id": child_id} | _made(records[child_id]) for child_id in new if child_id in records]:
        session.execute(update(Child), made)
    for model, rows_of in ((ChildName, _names), (ChildLocation, _locations), (OutsideNumber, _numbers)):
        if rows := [row for child_id, record in records.items() for row in rows_of(child_id, record)]:
            insert_rows(session.connection(), model, rows)
    _add_carers(session, records)


def _heard(children: Collection[int], words: Words) -> dict[int, list[Spoken]]:
    heard: dict[int, list[Spoken]] = {child_id: [] for child_id in children}
    for version, record in words:
        one = Spoken(said(version, record.kind), record.organisation_id, version.confirmed_on)
        heard[record.child_id].append(one)
    return heard


def _derived(heard: Mapping[int, Sequence[Spoken]]) -> tuple[dict[int, rule.Derived], dict[int, Stays]]:
    """What follows for each child whom a source names, and where each child is on a roll."""
    records: dict[int, rule.Derived] = {}
    stays: dict[int, Stays] = {}
    for child_id, spoken in heard.items():
        all_said = [one.said for one in spoken]
        found = findings.findings_of(all_said)
        stays[child_id] = _stays(spoken, found)
        try:
            records[child_id] = findings.settle(rule.derive(all_said), found)
        except ValueError:
            continue
    return records, stays


def _stays(heard: Sequence[Spoken], found: findings.Found) -> Stays:
    """Whoever is there by one of an organisation's rows is there, whatever an older row of the same child says."""
    stays: dict[int, tuple[rule.Stay, Spoken]] = {}
    for one in heard:
        stay = one.said.stay
        if stay is None or one.organisation_id is None or not findings.is_there(found, one.organisation_id, stay):
            continue
        if one.organisation_id not in stays or stay.until_on is None:
            stays[one.organisation_id] = (stay, one)
    return stays


def _entry(child_id: int, record: rule.Derived) -> find.Entry:
    """As the index would read a new record."""
    return find.Entry(
        child_id, (record.given_names, record.family_name), record.born_on, record.gender, False,
        tuple(OtherName(name.kind, name.given_names, name.family_name) for name, _ in record.names),
        tuple(find.Home(at.postcode, at.lines[0]) for at, _ in record.addresses
              if at.state is AddressState.CURRENT and at.lines),
        tuple(one.name for one, _ in record.carers if one.relationship is not Relationship.LOCAL_AUTHORITY),
    )  # fmt: skip


def newest(session: Session, children: Collection[int]) -> Words:
    """Of each source of these children its newest version that was not withdrawn."""
    if not children:
        return []
    query = _VERSIONS.where(among(SourceRecord.child_id, children), SourceVersion.withdrawn_at.is_(None))
    found = {version.record_id: (version, record) for version, record in session.execute(query)}
    return list(found.values())


def _identity(record: rule.Derived) -> dict[str, Any]:
    return {
        "given_names": record.given_names, "family_name": record.family_name, "gender": record.gender,
        "born_on": record.born_on, "name_source_id": record.name_source, "born_source_id": record.born_source,
    }  # fmt: skip


def _made(record: rule.Derived) -> dict[str, Any]:
    """Of one that is new its end as well, which follows from nothing else."""
    ends = due.first(record.born_on, None, (at for at, _ in record.addresses))
    return _identity(record) | {"archive_on": ends}


def clear(session: Session, children: Collection[int]) -> None:
    """Take away whatever was derived before."""
    for model in (ChildName, ChildLocation, OutsideNumber):
        session.execute(delete(model).where(among(model.child_id, children), model.source_id.is_not(None)))
    cared = delete(ChildCarer).where(among(ChildCarer.child_id, children), ChildCarer.source_id.is_not(None))
    carers = session.scalars(cared.returning(ChildCarer.carer_id)).all()
    still = set(session.scalars(select(ChildCarer.carer_id).where(among(ChildCarer.carer_id, carers))))
    if gone := set(carers) - still:
        session.connection().execute(delete(Carer).where(among(Carer.id, gone)))


def _names(child_id: int, record: rule.Derived) -> list[dict[str, Any]]:
    return [
        {"child_id": child_id, "kind": name.kind, "given_names": name.given_names, "family_name": name.family_name,
         "source_id": source}
        for name, source in record.names
    ]  # fmt: skip


def _numbers(child_id: int, record: rule.Derived) -> list[dict[str, Any]]:
    ring = sealing.ring()
    return [
        {"child_id": child_id, "kind": kind, "value_key": ring.look_up(kind.value, value), "source_id": source}
        | _sealed(OutsideNumber, "value", value)
        for kind, value, source in record.numbers
    ]


def _locations(child_id: int, record: rule.Derived) -> list[dict[str, Any]]:
    return [
        {"child_id": child_id, "state": at.state, "from_on": at.from_on, "until_on": at.until_on,
         "leave_kind": at.leave_kind, "source_id": source} | _sealed(ChildLocation, "address", _address(at))
        for at, source in record.addresses
    ]  # fmt: skip


def _address(at: rule.Address) -> dict[str, Any] | None:
    return {"lines": at.lines, "town": at.town, "postcode": at.postcode} if at.lines else None


def _sealed(model: Any, name: str, value: Any) -> dict[str, Any]:
    """A row's uid, and the value sealed for that row."""
    uid = new_uid()
    sealed = None if value is None else sealing.ring().seal(value, model.__tablename__, name, uid)
    return {"uid": uid, f"{name}_sealed": sealed}


def _add_carers(session: Session, records: Mapping[int, rule.Derived]) -> None:
    """One row for each child, also of brothers and sisters: records of children are not tied to each other."""
    stated = [(child_id, one, source) for child_id, record in records.items() for one, source in record.carers]
    if not stated:
        return
    carers = [_carer(one) for _, one, _ in stated]
    insert_rows(session.connection(), Carer, carers)
    ids = select(Carer.uid, Carer.id).where(among(Carer.uid, [carer["uid"] for carer in carers]))
    made: dict[UUID, int] = dict(session.execute(ids).all())
    rows = [
        {"child_id": child_id, "carer_id": made[carer["uid"]], "relationship": one.relationship,
         "responsibility": one.responsibility, "care": one.care, "source_id": source}
        for (child_id, one, source), carer in zip(stated, carers, strict=True)
    ]  # fmt: skip
    insert_rows(session.connection(), ChildCarer, rows)


def _carer(one: rule.CarerSaid) -> dict[str, Any]:
    details = {"name": one.name, "phones": one.phones, "email": one.email, "best_time": one.best_time}
    key = sealing.ring().look_up("phone", one.phones[0]) if one.phones else None
    return {"phone_key": key} | _sealed(Carer, "details", details)
