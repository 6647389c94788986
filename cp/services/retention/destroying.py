"""A record destroyed: every row that is of it, in every table, and the names by which nobody else is found.

The audit stands. It knows the record by an id that leads nowhere from then on. `REACHED` names every table in which
something of a child may be; a test compares it with the models, so that no new one is forgotten.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from cp.models import (
    ArchiveReading,
    Certificate,
    Change,
    ContactRequest,
    FamilyRequest,
    Involvement,
    LegalHold,
    Merge,
    OldIdentity,
    Opening,
    Override,
    Shield,
    StayConsent,
    ToldApart,
)  # fmt: skip
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.services import find, reading
from cp.services.find.lists import among
from cp.services.retention import certificates, deleting, mentions, words
from cp.services.retention.deleting import Of
from cp.services.sensitive import ending
from cp.terms import RecordState

OF_ONE: tuple[InstrumentedAttribute[Any], ...] = (
    Involvement.child_id, ChildName.child_id, ChildLocation.child_id, OutsideNumber.child_id, Opening.child_id,
    Override.child_id, Shield.child_id, OldIdentity.child_id, ContactRequest.child_id, Change.child_id,
    StayConsent.child_id, LegalHold.child_id, FamilyRequest.child_id, ToldApart.child_id, ToldApart.other_id,
    Merge.kept_id, Merge.gone_id, ArchiveReading.child_id,
)  # fmt: skip
"""Columns that say which child a row is of: the row goes."""
FIRST = (*words.FIRST, *(Of(column, "ids") for column in (ChildCarer.child_id, *OF_ONE)))
LAST = (Of(Carer.id, "carers"), *words.LAST, Of(Child.id, "ids"))
"""What goes, in an order that no foreign key is against; between the two, who else has these carers is looked at."""
OTHERWISE = frozenset({"child", "child_carer", "carer", "search_key", "search_place", "search_carer", "search_area",
                       "name", "name_key", "sensitive_involvement"})  # fmt: skip
REACHED = frozenset({column.class_.__tablename__ for column in OF_ONE}) | OTHERWISE | words.TABLES | mentions.TABLES
BATCH = 200
"""Records that `replay` destroys at once."""

Gone = tuple[int, UUID, UUID]
"""Of a record: its key, its uid, its subject id."""


def destroy(session: Session, uids: Collection[UUID], now: datetime) -> Certificate | None:
    """Delete these records, with all that were joined into them, whatever their state. None where none is there.

    Whether their day has come is asked by whoever calls, and holds them. What is left to do after the commit:
    `lodged.lodge`, and taking what was overwritten out of the log beside the file (`engines.forget`).
    """
    gone = _whole(session, uids)
    if not gone:
        return None
    ids = [child_id for child_id, _, _ in gone]
    reading.by(session, reading.SYSTEM, ids, sensitive=True)
    counts = mentions.forget(session, {uid: subject_id for _, uid, subject_id in gone})
    counts["sensitive_involvement"] += ending.forget(session, [uid for _, uid, _ in gone])
    counts.update(_rows(session, ids))
    session.expire_all()
    return certificates.write(session, [(uid, subject_id) for _, uid, subject_id in gone], counts, now)


def replay(session: Session, uids: Collection[UUID], now: datetime) -> list[Certificate]:
    """Destroy those of these that are there again, as after a backup of before was restored."""
    asked = list(uids)
    done = (destroy(session, asked[at : at + BATCH], now) for at in range(0, len(asked), BATCH))
    return [one for one in done if one is not None]


def _whole(session: Session, uids: Collection[UUID]) -> list[Gone]:
    """These records, held, and whatever was joined into them."""
    session.flush()
    query = select(Child.id, Child.uid, Child.subject_id).order_by(Child.id).with_for_update()
    found = fresh = [_gone(row) for row in session.execute(query.where(among(Child.uid, uids)))]
    while fresh:
        known = {child_id for child_id, _, _ in found}
        joined = session.execute(query.where(among(Child.merged_into_id, [child_id for child_id, _, _ in fresh])))
        fresh = [one for one in map(_gone, joined) if one[0] not in known]
        found = found + fresh
    return found


def _gone(row: Sequence[Any]) -> Gone:
    child_id, uid, subject_id = row
    return child_id, uid, subject_id


def _rows(session: Session, ids: Collection[int]) -> Counter[str]:
    """A carer whom another record has too stays there. Out of the index, whatever state it was in, and then itself."""
    said = words.of(session, ids)
    carers = session.scalars(select(ChildCarer.carer_id).where(among(ChildCarer.child_id, ids))).all()
    lists = {"ids": ids, "records": said.records, "versions": said.versions, "disputes": said.disputes,
             "rows": said.rows}  # fmt: skip
    gone = deleting.together(session, FIRST, lists)
    gone["supply_row"] += words.of_nobody(session, said.beside)
    still = set(session.scalars(select(ChildCarer.carer_id).where(among(ChildCarer.carer_id, carers))))
    hidden = update(Child).where(among(Child.id, ids), Child.state == RecordState.LIVE)
    deleting.run(session, hidden.values(state=RecordState.ARCHIVED))
    find.reindex(session, *ids)
    return gone + deleting.together(session, LAST, lists | {"carers": list(set(carers) - still)})
