"""The worker's part: a file is sent, or undone, one batch after the other, each whole or not at all.

Killed anywhere it goes on: what is left follows from the rows' states, which change in the transaction of what was
done with them. Two files of one organisation go one after the other, however many workers there are.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import SupplyFile, SupplyRow
from cp.services.supply import leaving, pairing, rows, senders, undoing
from cp.services.supply.keeping import keep
from cp.services.supply.placing import place
from cp.services.supply.senders import Sender
from cp.terms import RowState, SupplyState

BATCH = 25
"""Rows in one transaction: on SQLite everybody else waits for it to write."""
WORKING = (SupplyState.SENDING, SupplyState.UNDOING)


def step(session: Session) -> bool:
    """Take the oldest file that is due and do its next batch. False where there is none."""
    file = _due(session)
    if file is None:
        return pairing.after_joining(session)
    sender = senders.of_file(session, file)
    if file.state is SupplyState.UNDOING:
        undoing.batch(session, sender, file, BATCH)
    else:
        batch(session, sender, file)
    return True


def _due(session: Session) -> SupplyFile | None:
    """Held against another worker."""
    before = aliased(SupplyFile)
    waits = exists().where(
        before.organisation_id == SupplyFile.organisation_id, before.state.in_(WORKING), before.id < SupplyFile.id
    )
    query = select(SupplyFile).where(SupplyFile.state.in_(WORKING), ~waits).order_by(SupplyFile.id).limit(1)
    return session.scalars(query.with_for_update(skip_locked=True)).first()


def batch(session: Session, sender: Sender, file: SupplyFile) -> None:
    """The next ready rows; where none is left, whoever is missing from a whole list; then it is sent."""
    query = select(SupplyRow).where(SupplyRow.file_id == file.id, SupplyRow.state == RowState.READY)
    held = session.scalars(query.order_by(SupplyRow.number).limit(BATCH)).all()
    if held:
        placed = place(session, sender.organisation_id, rows.read(sender, file, held),
                       senders.thresholds(session, sender.organisation_id))  # fmt: skip
        keep(session, sender, file, placed)
        pairing.set_apart(session, placed)
        file.done += len(held)
    elif not (file.whole and leaving.batch(session, sender, file, BATCH)):
        file.state, file.ended_at = SupplyState.SENT, clock.now()
    session.flush()
