"""Rows that another system sends: the same way as a file, so that they are checked, placed and undone like any other.

The receipt follows from what was sent alone: it is made before anything of it is placed, and nobody's record is looked
at for it.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.facts import leaving_of
from cp.feeds.rows_sent import RowSent, Sent
from cp.feeds.sheet import Row, Sheet
from cp.feeds.supplied import Problem, Reading, children_of
from cp.models import SupplyFile, SupplyRow
from cp.services import audit
from cp.services.supply import checking, receiving, rows, steering
from cp.services.supply.live import NotLive
from cp.services.supply.receiving import Arrived
from cp.services.supply.senders import Sender
from cp.services.supply.steering import NotNow
from cp.terms import Act, Column, FileForm, RowState, SupplyState

NEEDED = (Column.GIVEN_NAMES, Column.FAMILY_NAME, Column.BORN_ON)
"""What is looked for in each row, even where none has it."""

Receipt = dict[str, Any]
Told = tuple[bool, Sequence[Problem]]
"""Whether a row was accepted, and what there is to say of it."""


def send(session: Session, sender: Sender, name: str, sent: Sent, data: bytes) -> tuple[SupplyFile, Receipt]:
    """What was made of it, which is due for the worker, and the receipt. `name`: what the system is called.

    Where nothing may be applied yet it is a test: checked like any other, and not sent.
    """
    leavers = [row for row in sent.rows if row.leaves]
    sheet = _sheet([row for row in sent.rows if not row.leaves])
    arrived = Arrived(f"Rows from {name}", data, whole=False)
    file = checking.received(session, sender, receiving.prepare(session, sender, sheet, arrived))
    told = _left(session, sender, file, leavers)
    with suppress(NotNow, NotLive):
        steering.go(session, file, too=sent.unusual_too)
    if file.state is SupplyState.SENDING:
        about = audit.About(object_id=file.uid, results=file.ready)
        audit.record(session, None, Act.SEND_FILE, about, request_id=sender.request_id)
    told |= _checked(session, file)
    return file, _receipt(file, [(row, *told[row.number]) for row in sent.rows])


def _sheet(staying: Sequence[RowSent]) -> Sheet:
    used = {column for row in staying for column in row.cells} | {*NEEDED}
    columns = [column for column in Column if column in used]
    made = tuple(Row(row.number, tuple(row.cells.get(column, "") for column in columns)) for row in staying)
    return Sheet(FileForm.MACHINE, tuple(column.value for column in columns), made)


def _left(session: Session, sender: Sender, file: SupplyFile, leavers: Iterable[RowSent]) -> dict[int, Told]:
    """Note who has left, for the worker. By the row's number, what is to be told of it."""
    told: dict[int, Told] = {}
    left: list[list[str]] = []
    for row in leavers:
        headings = {column: column.value for column in row.cells}
        reading = Reading(row.number, row.cells, headings, children_of(sender.kind))
        if day := leaving_of(reading, clock.today()):
            left.append([row.key, day.isoformat()])
        told[row.number] = (day is not None, reading.problems)
    file.total, file.ready = file.total + len(told), file.ready + len(left)
    file.facts = file.facts | {"left": left}
    session.flush()
    return told


def _checked(session: Session, file: SupplyFile) -> dict[int, Told]:
    query = select(SupplyRow).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number)
    return {
        row.number: (row.state is RowState.READY, rows.problems(row.facts, row.number))
        for row in session.scalars(query)
    }


def _receipt(file: SupplyFile, told: Sequence[tuple[RowSent, bool, Sequence[Problem]]]) -> Receipt:
    accepted = sum(taken for _, taken, _ in told)
    return {
        "receipt": str(file.uid),
        "accepted": accepted,
        "held": len(told) - accepted,
        "rows": [
            {"row": row.number, "row_key": row.key, "accepted": taken, "problems": list(map(_problem, found))}
            for row, taken, found in told
        ],
        "problems": [_problem(one) for one in rows.problems(file.facts, None)],
    }


def _problem(one: Problem) -> dict[str, str]:
    where = {"property": one.heading} if one.heading in list(Column) else {}
    return {**where, "detail": one.saw, "do": one.do}
