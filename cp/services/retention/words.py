"""What sources said of records that are destroyed: versions, rows of files, and what was disputed of them."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from cp.models import Dispute, DisputedWord, Involvement, Pair, SourceRecord, SourceVersion, SupplyRow, Voice
from cp.models.carer import ChildCarer
from cp.models.child import ChildLocation, ChildName, OutsideNumber
from cp.services.find.lists import among
from cp.services.retention import deleting
from cp.services.retention.deleting import Of

TABLES = frozenset({"source_record", "source_version", "supply_row", "match", "dispute", "dispute_voice",
                    "disputed_word"})  # fmt: skip
FIRST = (
    Of(Pair.child_id, "ids"), Of(Pair.row_id, "rows"), Of(SupplyRow.id, "rows"),
    Of(DisputedWord.dispute_id, "disputes"), Of(DisputedWord.record_id, "records"), Of(Voice.dispute_id, "disputes"),
    Of(Dispute.id, "disputes"),
)  # fmt: skip
LAST = (
    *(Of(model.source_id, "versions", stays=True)
      for model in (ChildName, ChildLocation, OutsideNumber, ChildCarer, Involvement)),
    Of(SourceVersion.record_id, "records"), Of(SourceRecord.id, "records"),
)  # fmt: skip
"""Once nothing of these records themselves is derived from it any more. What another record still has of a word that is
gone stays that record's, as what nobody says."""


class Said(NamedTuple):
    """Ids of what was said of records. `beside`: rows of files that wait beside them, perhaps not beside them alone."""

    records: Sequence[int]
    versions: Sequence[int]
    disputes: Sequence[int]
    rows: Sequence[int]
    beside: Sequence[int]


def of(session: Session, ids: Collection[int]) -> Said:
    records = session.scalars(select(SourceRecord.id).where(among(SourceRecord.child_id, ids))).all()
    return Said(
        records,
        session.scalars(select(SourceVersion.id).where(among(SourceVersion.record_id, records))).all(),
        session.scalars(select(Dispute.id).where(among(Dispute.child_id, ids))).all(),
        session.scalars(select(SupplyRow.id).where(among(SupplyRow.record_id, records))).all(),
        session.scalars(select(Pair.row_id).where(among(Pair.child_id, ids))).all(),
    )


def of_nobody(session: Session, rows: Collection[int]) -> int:
    """Delete those of these rows of files that came to no record and wait beside none any longer. Returns how many."""
    if not rows:
        return 0
    alone = ~exists().where(Pair.row_id == SupplyRow.id), SupplyRow.record_id.is_(None)
    return deleting.run(session, delete(SupplyRow).where(among(SupplyRow.id, rows), *alone))
