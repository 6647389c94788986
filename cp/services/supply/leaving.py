"""Whoever is not in a whole list any longer has left: the source's own word, kept like any other."""

from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Involvement, SourceRecord, SourceVersion, SupplyFile, SupplyRow
from cp.rules import derive
from cp.rules.days import london_day
from cp.services.source_facts import said
from cp.services.supply import rows
from cp.services.supply.keeping import derive_and_say, say
from cp.services.supply.senders import Sender


def batch(session: Session, sender: Sender, file: SupplyFile, most: int) -> bool:
    """Say of the next of them that they have left. False where nobody is left to say it of: it takes no step more.

    A row that was not sent is in the list all the same. Where one of those does not tell whose it is, nobody has left:
    it may be anybody's.
    """
    unsent = _keys_unsent(session, sender, file)
    if None in unsent:
        file.facts = file.facts | {"nobody_left": True}
        return False
    gone = _gone(session, sender, file, unsent, most)
    on = london_day(file.sent_at) if file.sent_at else clock.today()
    say(session, file, [(record, derive.left(said(version, record.kind), on)) for version, record in gone])
    derive_and_say(session, sender, file, {record.child_id for _, record in gone})
    return len(gone) == most


def _keys_unsent(session: Session, sender: Sender, file: SupplyFile) -> set[str | None]:
    query = select(SupplyRow).where(SupplyRow.file_id == file.id, SupplyRow.record_id.is_(None))
    return rows.keys(sender, file, session.scalars(query).all())


def _gone(
    session: Session, sender: Sender, file: SupplyFile, unsent: Collection[str | None], most: int
) -> list[tuple[SourceVersion, SourceRecord]]:
    """What this source last said of children who are still on its roll, and whom no row of the file is about."""
    on_roll = exists().where(
        Involvement.child_id == SourceRecord.child_id, Involvement.organisation_id == sender.organisation_id,
        Involvement.source_id == SourceVersion.id, Involvement.ended_on.is_(None),
    )  # fmt: skip
    listed = aliased(SourceRecord)
    in_file = exists().where(
        SupplyRow.file_id == file.id, SupplyRow.record_id == listed.id, listed.child_id == SourceRecord.child_id
    )
    query = (
        select(SourceVersion, SourceRecord)
        .join(SourceRecord, SourceRecord.id == SourceVersion.record_id)
        .where(
            SourceRecord.organisation_id == sender.organisation_id, SourceVersion.withdrawn_at.is_(None),
            on_roll, ~in_file, SourceRecord.row_key.not_in(unsent),
        )
        .order_by(SourceRecord.id)
        .limit(most)
    )  # fmt: skip
    return [(version, record) for version, record in session.execute(query)]
