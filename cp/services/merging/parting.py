"""Two records taken apart: never joined by a file, and what files said of the joined one finds its own record again."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp.models import DisputedWord, Involvement, SourceRecord, SourceVersion, SupplyRow
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import deriving, telling_apart
from cp.services.supply import pairing
from cp.terms import RowState


def tell_apart(session: Session, actor: Actor | None, child_id: int, other_id: int) -> None:
    """The two records, and each one's rows from the other."""
    telling_apart.records(session, actor, child_id, other_id)
    for of, other in ((child_id, other_id), (other_id, child_id)):
        keyed = SourceRecord.child_id == of, SourceRecord.row_key.is_not(None)
        query = select(SourceRecord.organisation_id, SourceRecord.row_key).where(*keyed)
        for organisation_id, row_key in session.execute(query).all():
            if organisation_id is not None and row_key is not None:
                telling_apart.row(session, actor, other, organisation_id, row_key)


def place_again(session: Session, to: Child, known: Collection[int]) -> None:
    """What files have said since of the joined record, under keys that neither record had, and what waits beside it:
    the worker looks whose it is, now that there are two."""
    pairing.place_again(session, [to.id])
    by_hand = select(SourceVersion.record_id).where(SourceVersion.file_id.is_(None))
    since = SourceRecord.child_id == to.id, SourceRecord.id.not_in(known), SourceRecord.row_key.is_not(None)
    records = session.scalars(select(SourceRecord.id).where(*since, SourceRecord.id.not_in(by_hand))).all()
    rows = session.scalars(select(SupplyRow).where(SupplyRow.record_id.in_(records))).all()
    pairing.send_again(session, [row for row in rows if row.state is RowState.SENT])
    for row in rows:
        row.record_id = None
    session.flush()
    deriving.clear(session, [to.id])
    versions = select(SourceVersion.id).where(SourceVersion.record_id.in_(records))
    session.execute(delete(Involvement).where(Involvement.source_id.in_(versions)))
    session.execute(delete(SourceVersion).where(SourceVersion.record_id.in_(records)))
    session.execute(delete(DisputedWord).where(DisputedWord.record_id.in_(records)))
    session.execute(delete(SourceRecord).where(SourceRecord.id.in_(records)))
