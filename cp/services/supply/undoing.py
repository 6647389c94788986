"""A file is undone: what it said is withdrawn, and the records follow from what is said without it."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import SourceRecord, SourceVersion, SupplyFile, SupplyRow
from cp.rules.days import london_day
from cp.services import deriving, on_roll
from cp.services.supply import pairing, standing
from cp.services.supply.keeping import derive_and_say
from cp.services.supply.senders import Sender
from cp.services.supply.unmaking import unmake
from cp.services.supply.words import confirmed, newest_of
from cp.terms import RowState, SupplyState

TAKEN = (RowState.SENT, RowState.WAITING)


def batch(session: Session, sender: Sender, file: SupplyFile, most: int) -> None:
    """Take the next of its words back, and of its rows; where nothing is left, it is undone.

    Both in one step, so that the number of steps does not say whether a row had come to anything.
    """
    words, taken = _words(session, sender, file, most), _rows(session, file, most)
    if not (words or taken):
        file.state, file.undone_at = SupplyState.UNDONE, clock.now()
        standing.renew(session, file.organisation_id)
    session.flush()


def _words(session: Session, sender: Sender, file: SupplyFile, most: int) -> bool:
    """Withdraw what the file said; a record that nobody speaks for any longer, and nobody works on, is no more. One
    that somebody works on stands as it did before the file."""
    query = select(SourceVersion).where(SourceVersion.file_id == file.id, SourceVersion.withdrawn_at.is_(None))
    said = session.scalars(query.order_by(SourceVersion.id).limit(most)).all()
    heirs = _heirs(session, file, [version.record_id for version in said])
    for version in said:
        if heir := heirs.get(version.record_id):
            _inherit(session, version, heir)
        else:
            version.withdrawn_at = clock.now()
    session.flush()
    records = {version.record_id for version in said}
    of = set(session.scalars(select(SourceRecord.child_id).where(SourceRecord.id.in_(records))))
    silent = derive_and_say(session, sender, file, of)
    for child_id in sorted(silent.difference(unmake(session, of))):
        deriving.as_it_last_stood(session, child_id)
    return bool(said)


def _heirs(session: Session, file: SupplyFile, records: Collection[int]) -> dict[int, SupplyRow]:
    """By source record: the row of the next file, where that said the very same again."""
    later = select(SupplyRow).where(
        SupplyRow.record_id.in_(records), SupplyRow.file_id > file.id, SupplyRow.state == RowState.SENT
    )
    heirs: dict[int, SupplyRow] = {}
    for row in session.scalars(later.order_by(SupplyRow.file_id)):
        heirs.setdefault(row.record_id or 0, row)
    return {record_id: row for record_id, row in heirs.items() if confirmed(row)}


def _inherit(session: Session, version: SourceVersion, heir: SupplyRow) -> None:
    """What two files said is the later one's word alone, once the earlier is undone."""
    file = session.get_one(SupplyFile, heir.file_id)
    version.file_id, version.said_on = file.id, london_day(file.sent_at or file.received_at)
    version.confirmed_on = None if version.confirmed_on == version.said_on else version.confirmed_on
    heir.facts, heir.before_on = {name: fact for name, fact in heir.facts.items() if name != "before"}, None


def _rows(session: Session, file: SupplyFile, most: int) -> bool:
    query = select(SupplyRow).where(SupplyRow.file_id == file.id, SupplyRow.state.in_(TAKEN))
    held = session.scalars(query.order_by(SupplyRow.number).limit(most)).all()
    _unconfirm(session, file, held)
    pairing.drop(session, [row.id for row in held])
    for row in held:
        row.state = RowState.UNDONE
    return bool(held)


def _unconfirm(session: Session, file: SupplyFile, held: Sequence[SupplyRow]) -> None:
    """Where a row only said the same again, the day on which that was said before counts as it did."""
    again = {row.record_id: before for row in held if row.record_id and (before := confirmed(row))}
    on = london_day(file.sent_at) if file.sent_at else None
    newest = newest_of(session, list(again))
    for record_id, version in newest.items():
        if version.confirmed_on == on:
            version.confirmed_on = again[record_id] if again[record_id] > version.said_on else None
    on_roll.confirm(session, [version.id for version in newest.values()])
