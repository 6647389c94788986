"""A record's facts, derived again from what its sources say now."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp import sealing
from cp.models import SourceRecord, SourceVersion
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.rules import derive as rule
from cp.services import find, reading
from cp.services.source_facts import said


def derive(session: Session, child_id: int) -> bool:
    """Bring the record and its index up to date with its sources, in the transaction of what changed them.

    What no source says is left as it stands; so is the whole record, answered by False, where no source gives a name
    or a date of birth. The caller holds the child.
    """
    session.flush()
    reading.also(session, [child_id])
    try:
        record = rule.derive(_said(session, child_id))
    except ValueError:
        find.reindex(session, child_id)
        return False
    child = session.get_one(Child, child_id)
    child.given_names, child.family_name, child.gender = record.given_names, record.family_name, record.gender
    child.born_on = record.born_on
    child.name_source_id, child.born_source_id = record.name_source, record.born_source
    child.version += 1
    _clear(session, child_id)
    session.add_all(_rows(child_id, record))
    _add_carers(session, child_id, record)
    find.reindex(session, child_id)
    return True


def _said(session: Session, child_id: int) -> list[rule.Said]:
    """Of each source its newest version that was not withdrawn."""
    query = (
        select(SourceVersion, SourceRecord.kind)
        .join(SourceRecord, SourceRecord.id == SourceVersion.record_id)
        .where(SourceRecord.child_id == child_id, SourceVersion.withdrawn_at.is_(None))
        .order_by(SourceVersion.said_on, SourceVersion.id)
    )
    newest = {version.record_id: (version, kind) for version, kind in session.execute(query)}
    return [said(version, kind) for version, kind in newest.values()]


def _clear(session: Session, child_id: int) -> None:
    """Take away whatever was derived before."""
    for model in (ChildName, ChildLocation, OutsideNumber):
        session.execute(delete(model).where(model.child_id == child_id, model.source_id.is_not(None)))
    cared = delete(ChildCarer).where(ChildCarer.child_id == child_id, ChildCarer.source_id.is_not(None))
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


def _add_carers(session: Session, child_id: int, record: rule.Derived) -> None:
    for said_of, source in record.carers:
        details = {"name": said_of.name, "phones": said_of.phones, "email": said_of.email,
                   "best_time": said_of.best_time}  # fmt: skip
        phone = sealing.ring().look_up("phone", said_of.phones[0]) if said_of.phones else None
        made = Carer(details=details, phone_key=phone)
        session.add(made)
        session.flush()
        session.add(
            ChildCarer(child_id=child_id, carer_id=made.id, relationship=said_of.relationship,
                       responsibility=said_of.responsibility, care=said_of.care, source_id=source)
        )  # fmt: skip
