"""The worker's part: a file is sent, or undone, one batch after the other, each whole or not at all.

Killed anywhere it goes on: what is left follows from the rows' states, which change in the transaction of what was
done with them. Two files of one organisation go one after the other, however many workers there are.
"""

from collections.abc import Collection, Sequence
from functools import cache, partial

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import SupplyFile, SupplyRow
from cp.services.find.lists import among
from cp.services.retention.pacing import Pace
from cp.services.supply import ahead, confirming, leaving, live, pairing, rows, senders, told, undoing
from cp.services.supply.ahead import Ahead
from cp.services.supply.company import AIM, Company
from cp.services.supply.keeping import keep
from cp.services.supply.placing import Placed
from cp.services.supply.senders import Sender
from cp.terms import FileForm, SupplyState

BATCH = 35
"""Rows in one transaction before it is known how long they take: on SQLite everybody else waits for it to write."""
WORKING = (SupplyState.SENDING, SupplyState.UNDOING)


def due(session: Session, aside: Collection[int] = ()) -> int | None:
    """The id of the file that comes next; `aside`: ids of files that are passed over."""
    file = session.scalars(_due(aside)).first()
    return file.id if file else None


def look(session: Session, aside: Collection[int] = ()) -> Ahead | None:
    """What the next `step` will need and holds nobody up: best in a transaction of its own. None where that is little.

    Whatever changes in between, `step` sees: this only saves it time.
    """
    file = session.scalars(_due(aside)).first()
    if file is None or file.state is not SupplyState.SENDING or file.form is FileForm.TOLD:
        return None
    pace, company = _own(session.connection().dialect.name)
    pace.aim(company.aim(session))
    return _look(session, senders.of_file(session, file), file, pace.next)


def step(session: Session, looked: Ahead | None = None, aside: Collection[int] = ()) -> bool:
    """Take the oldest file that is due and do its next batch. False where there is none."""
    file = session.scalars(_due(aside).with_for_update(skip_locked=True)).first()
    if file is None:
        return pairing.after_joining(session)
    sender, (pace, company) = senders.of_file(session, file), _own(session.connection().dialect.name)
    if file.state is SupplyState.UNDOING:
        undoing.batch(session, sender, file, BATCH)
    elif not live.halted(session, sender, file):
        mine = looked if looked and looked.file_id == file.id else None
        pace.run(partial(batch, session, sender, file, mine))
    company.wrote(session)
    return True


def pause(session: Session, seconds: float) -> float:
    """Seconds to wait after a `look` and a `step` that took so long together: none where nobody else is at work."""
    return _own(session.get_bind().dialect.name)[1].pause(seconds)


def _due(aside: Collection[int]) -> Select[SupplyFile]:
    """Behind a file that is set aside its own organisation's wait: they would be said before what they follow."""
    before = aliased(SupplyFile)
    waits = exists().where(
        before.organisation_id == SupplyFile.organisation_id, before.state.in_(WORKING), before.id < SupplyFile.id
    )
    next_one = SupplyFile.state.in_(WORKING), ~waits, SupplyFile.id.not_in(aside)
    return select(SupplyFile).where(*next_one).order_by(SupplyFile.id).limit(1)


@cache
def _own(engine: str) -> tuple[Pace, Company]:
    """How this process has got on so far, and whom it met."""
    return Pace(BATCH, AIM[engine]), Company()


def batch(session: Session, sender: Sender, file: SupplyFile, looked: Ahead | None = None, most: int = BATCH) -> int:
    """The next ready rows; where none is left, whoever is missing from a whole list, or is named as having left; then
    it is sent. Returns how many rows were placed, those that only said the same again counting by their share."""
    ahead_of = looked or _look(session, sender, file, most)
    again = confirming.confirm(session, file, ahead_of.upto) if ahead_of else 0
    held = _held(session, file, ahead_of)
    if looked and not (held or again):
        return batch(session, sender, file, None, most)
    if held:
        placed = _placed(session, sender, file, held, ahead_of)
        keep(session, sender, file, placed)
        pairing.set_apart(session, placed)
        file.done += len(held)
    file.done += again
    if not (held or again) and not _leavers(session, sender, file):
        file.state, file.ended_at = SupplyState.SENT, clock.now()
    session.flush()
    return len(held) + -(-again // confirming.SHARE)


def _look(session: Session, sender: Sender, file: SupplyFile, most: int) -> Ahead | None:
    if file.form is FileForm.TOLD:
        return None
    following = confirming.following(session, file, most)
    return ahead.look(session, sender, file, following) if following.upto else None


def _held(session: Session, file: SupplyFile, looked: Ahead | None) -> Sequence[SupplyRow]:
    """The rows to place: those that were looked at, as far as nobody has sent them since; what was told, whole."""
    if looked is None:
        return session.scalars(confirming.ready(file)).all()
    ready = confirming.ready(file).where(among(SupplyRow.id, looked.placed.keys()))
    return session.scalars(ready).all()


def _placed(
    session: Session, sender: Sender, file: SupplyFile, held: Sequence[SupplyRow], looked: Ahead | None
) -> list[Placed]:  # fmt: skip
    at = senders.by_itself(session, sender.organisation_id)
    if looked:
        return ahead.placed(session, sender.organisation_id, looked, held, at)
    return told.place(session, sender.organisation_id, rows.read(sender, file, held), at)


def _leavers(session: Session, sender: Sender, file: SupplyFile) -> bool:
    """Whether there were any still to be said of."""
    if leaving.named(session, sender, file, BATCH):
        return True
    return file.whole and leaving.batch(session, sender, file, BATCH)
