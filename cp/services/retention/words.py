"""What sources said of records that are destroyed: versions, rows of files, and what was disputed of them."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from cp.models import Dispute, DisputedWord, Involvement, Pair, SourceRecord, SourceVersion, SupplyRow, Voice
from cp.models.carer import ChildCarer
from cp.models.child import ChildLocation, ChildName, OutsideNumber
from cp.services.find.lists import among
from cp.services.retention import deleting

TABLES = frozenset({"source_record", "source_version", "supply_row", "match", "dispute", "dispute_voice",
                    "disputed_word"})  # fmt: skip
DERIVED: tuple[Any, ...] = (ChildName, ChildLocation, OutsideNumber, ChildCarer, Involvement)


def forget(session: Session, ids: Collection[int]) -> Counter[str]:
    """Delete what was said of these records, and every row of a file that came to them or waits beside them alone.

    What another record still has of a word that is gone stays that record's, as what nobody says.
    """
    records = session.scalars(select(SourceRecord.id).where(among(SourceRecord.child_id, ids))).all()
    versions = session.scalars(select(SourceVersion.id).where(among(SourceVersion.record_id, records))).all()
    gone = Counter(_rows(session, ids, records))
    disputes = session.scalars(select(Dispute.id).where(among(Dispute.child_id, ids))).all()
    for column, values in (
        (DisputedWord.dispute_id, disputes), (DisputedWord.record_id, records), (Voice.dispute_id, disputes),
        (Dispute.id, disputes),
    ):  # fmt: skip
        gone.update(deleting.where(session, column, values))
    for model in DERIVED:
        left = update(model).where(among(model.source_id, versions), ~among(model.child_id, ids))
        deleting.run(session, left.values(source_id=None))
    return gone


def unsay(session: Session, ids: Collection[int]) -> Counter[str]:
    """The last step: the sources themselves, once nothing is derived from them any more."""
    records = session.scalars(select(SourceRecord.id).where(among(SourceRecord.child_id, ids))).all()
    gone = Counter(deleting.where(session, SourceVersion.record_id, records))
    gone.update(deleting.where(session, SourceRecord.id, records))
    return gone


def _rows(session: Session, ids: Collection[int], records: Sequence[int]) -> Counter[str]:
    beside = session.scalars(select(Pair.row_id).where(among(Pair.child_id, ids))).all()
    theirs = session.scalars(select(SupplyRow.id).where(among(SupplyRow.record_id, records))).all()
    gone = Counter(deleting.where(session, Pair.child_id, ids))
    gone.update(deleting.where(session, Pair.row_id, theirs))
    gone.update(deleting.where(session, SupplyRow.id, theirs))
    alone = ~exists().where(Pair.row_id == SupplyRow.id), SupplyRow.record_id.is_(None)
    gone["supply_row"] += deleting.run(session, delete(SupplyRow).where(among(SupplyRow.id, beside), *alone))
    return gone
