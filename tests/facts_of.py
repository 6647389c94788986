"""A directory by what it says: two are the same, fact for fact, whatever ids and numbers their records have."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Involvement, Organisation, Pair, Practitioner, SourceRecord, SourceVersion, SupplyFile, SupplyRow
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.services import find

Facts = Counter[str]


def facts_of(session: Session) -> Facts:
    """Every record with all that it says, every supplied row, every pair that waits. The index must be as it should."""
    session.expire_all()
    said = Counter(str(of_child(session, child)) for child in session.scalars(select(Child)))
    said += Counter(map(str, [*_rows(session), *_pairs(session)]))
    assert list(find.check(session)) == []
    return said


def of_child(session: Session, child: Child) -> dict[str, Any]:
    """One record, each part in an order of its own."""
    into = session.get(Child, child.merged_into_id) if child.merged_into_id else None
    parts = {
        "names": _names(session, child), "locations": _locations(session, child), "carers": _carers(session, child),
        "numbers": _numbers(session, child), "involvements": _involvements(session, child),
        "sources": _sources(session, child),
    }  # fmt: skip
    return {
        "child": _who(child), "state": str(child.state), "died": child.died_on, "shielded": child.shielded,
        "into": into and _who(into), **{name: sorted(map(str, found)) for name, found in parts.items()},
    }  # fmt: skip


def _who(child: Child) -> tuple[Any, ...]:
    return child.given_names, child.family_name, child.born_on, str(child.gender)


def _names(session: Session, child: Child) -> Iterator[Any]:
    for one in session.scalars(select(ChildName).where(ChildName.child_id == child.id)):
        yield str(one.kind), one.given_names, one.family_name


def _locations(session: Session, child: Child) -> Iterator[Any]:
    for one in session.scalars(select(ChildLocation).where(ChildLocation.child_id == child.id)):
        yield str(one.state), one.address, one.from_on, one.until_on, one.leave_kind


def _carers(session: Session, child: Child) -> Iterator[Any]:
    query = select(ChildCarer, Carer).join(Carer, Carer.id == ChildCarer.carer_id)
    for tie, carer in session.execute(query.where(ChildCarer.child_id == child.id)):
        yield carer.details, str(tie.relationship), tie.responsibility, tie.care, tie.ended_on


def _numbers(session: Session, child: Child) -> Iterator[Any]:
    for one in session.scalars(select(OutsideNumber).where(OutsideNumber.child_id == child.id)):
        yield str(one.kind), one.value


def _involvements(session: Session, child: Child) -> Iterator[Any]:
    query = (
        select(Involvement, Organisation.name, Practitioner.name)
        .join(Organisation, Organisation.id == Involvement.organisation_id)
        .outerjoin(Practitioner, Practitioner.id == Involvement.practitioner_id)
        .where(Involvement.child_id == child.id)
    )
    for one, organisation, practitioner in session.execute(query):
        yield (organisation, practitioner, one.started_on, one.ended_on, one.confirmed_on, one.lead, one.assessment,
               one.in_error, one.source_id is not None, one.lead_passed_on)  # fmt: skip


def _sources(session: Session, child: Child) -> Iterator[Any]:
    for record in session.scalars(select(SourceRecord).where(SourceRecord.child_id == child.id)):
        stands = SourceVersion.record_id == record.id, SourceVersion.withdrawn_at.is_(None)
        query = select(SourceVersion).where(*stands).order_by(SourceVersion.said_on, SourceVersion.id)
        versions = [
            (one.said_on, one.confirmed_on, one.given_names, one.family_name, one.born_on, one.gender, one.facts)
            for one in session.scalars(query)
        ]
        yield str(record.kind), record.organisation_id, record.row_key, versions


def _rows(session: Session) -> Iterator[Any]:
    query = select(SupplyRow, SupplyFile).join(SupplyFile, SupplyFile.id == SupplyRow.file_id)
    for row, file in session.execute(query):
        yield "row", file.id, str(file.state), file.ready, file.done, row.number, str(row.state), row.facts


def _pairs(session: Session) -> Iterator[Any]:
    query = (
        select(Pair, SupplyRow, Child)
        .join(SupplyRow, SupplyRow.id == Pair.row_id)
        .join(Child, Child.id == Pair.child_id)
    )
    for pair, row, child in session.execute(query):
        yield "pair", row.file_id, row.number, _who(child), str(pair.state), pair.why
