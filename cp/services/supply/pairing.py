"""Rows that may be of a record that is there wait, each with its records, for somebody of the management team."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Pair, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import telling_apart
from cp.services.find.lists import among
from cp.services.supply.placing import Placed
from cp.terms import PairState, RecordState, RowState, SupplyState


def set_apart(session: Session, placed: Sequence[Placed]) -> None:
    """The rows that a person has to look at, beside each record that they may be of. Nothing of them is shown yet.

    One that nobody may be shown waits beside none.
    """
    waiting = [one for one in placed if one.waits]
    children = {child_id for one in waiting for child_id, _ in one.maybe}
    answers = dict(session.execute(select(Child.id, Child.authority_id).where(Child.id.in_(children))).all())
    for one in waiting:
        row = one.row.held
        row.state = RowState.WAITING
        session.add_all(
            Pair(authority_id=answers[child_id], row_id=row.id, child_id=child_id, made_at=clock.now(), why=why)
            for child_id, why in one.maybe
        )
    session.flush()


def drop(session: Session, rows: Collection[int]) -> None:
    """Nothing is to be decided of these rows any longer."""
    waiting = update(Pair).where(Pair.row_id.in_(rows), Pair.state == PairState.WAITING)
    session.execute(waiting.values(state=PairState.OVER, decided_at=clock.now()))


def tell_apart(session: Session, actor: Actor, row_id: int, child_id: int) -> None:
    """The record that a row has come to is none of those beside which it waited."""
    for other in session.scalars(select(Pair.child_id).where(Pair.row_id == row_id)).all():
        telling_apart.records(session, actor, other, child_id)


def place_again(session: Session, children: Collection[int]) -> None:
    """Rows that wait beside a record that is no more, or is another one now, look for theirs again."""
    held = among(Pair.child_id, children), Pair.state == PairState.WAITING, SupplyRow.state == RowState.WAITING
    rows = select(SupplyRow).join(Pair, Pair.row_id == SupplyRow.id).where(*held)
    if found := session.scalars(rows).unique().all():
        send_again(session, found)


def again_beside(session: Session, row: SupplyRow) -> None:
    """What was said of a row holds for the same row of another file: it looks again whose it is, and is not asked about
    as if nothing had been said."""
    file = session.get_one(SupplyFile, row.file_id)
    beside = select(Pair.child_id).where(Pair.row_id == row.id)
    same = SupplyRow.again_key == row.again_key, SupplyFile.organisation_id == file.organisation_id
    rows = (
        select(SupplyRow)
        .join(SupplyFile, SupplyFile.id == SupplyRow.file_id)
        .join(Pair, Pair.row_id == SupplyRow.id)
        .where(Pair.child_id.in_(beside), Pair.state == PairState.WAITING)
        .where(*same, SupplyRow.state == RowState.WAITING, SupplyRow.id != row.id)
    )
    send_again(session, session.scalars(rows).unique().all())


def send_again(session: Session, rows: Sequence[SupplyRow]) -> None:
    """As if these had not been sent yet: the worker looks whose they are. What was asked about them is asked anew, but
    for what was told apart. Of a file that is being undone no row looks again."""
    files = _held(session, {row.file_id for row in rows})
    again = [row for row in rows if row.file_id in files]
    ids = [row.id for row in again]
    session.execute(delete(Pair).where(Pair.row_id.in_(ids), Pair.state != PairState.DIFFERENT))
    for row in again:
        row.state, row.record_id, row.before_on = RowState.READY, None, None
        row.facts = {name: fact for name, fact in row.facts.items() if name != "before"}
        file = files[row.file_id]
        file.done -= 1
        _go_on(file)
    session.flush()


def look_who_left(session: Session, file: SupplyFile) -> None:
    """A row of a whole list has come to its record: whoever was on the roll by the row's key may be missing now."""
    if file.whole:
        for held in _held(session, {file.id}).values():
            _go_on(held)


def _go_on(file: SupplyFile) -> None:
    if file.state is SupplyState.SENT:
        file.state = SupplyState.SENDING


def _held(session: Session, ids: Collection[int]) -> dict[int, SupplyFile]:
    """By id those of these files that are not being undone, as they stand now, until the transaction ends: the worker
    counts the rows of the same files."""
    query = select(SupplyFile).where(
        SupplyFile.id.in_(ids), SupplyFile.state.not_in((SupplyState.UNDOING, SupplyState.UNDONE))
    )
    query = query.order_by(SupplyFile.id).with_for_update().execution_options(populate_existing=True)
    return {file.id: file for file in session.scalars(query)}


def after_joining(session: Session) -> bool:
    """Rows that wait beside a record that was joined into another look again. Whether there were any."""
    joined = select(Pair.child_id).join(Child, Child.id == Pair.child_id)
    joined = joined.where(Pair.state == PairState.WAITING, Child.state == RecordState.MERGED)
    children = session.scalars(joined.limit(100)).all()
    place_again(session, children)
    return bool(children)
