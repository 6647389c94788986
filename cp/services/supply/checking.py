"""A file is checked: each row is ready, or held with what has to be put right. Nothing of any child is changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from cp import sealing
from cp.feeds.supplied import Checked, LastTime, Problem
from cp.models import SupplyFile, SupplyRow
from cp.services.supply import rows
from cp.services.supply.senders import Sender
from cp.terms import Fault, RowState, SupplyState

AT_ONCE = 1_000


def check(session: Session, sender: Sender, file: SupplyFile) -> None:
    """Look at every row, by what the columns are confirmed to mean."""
    held = session.scalars(select(SupplyRow).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number)).all()
    found = rows.checked(sender, file, held, last_time(session, file))
    of_file, of_rows = _apart(found)
    file.facts = file.facts | {"problems": [as_kept(one) for one in of_file]}
    ready = [one for one in found if one.number in {row.number for row in held} and is_ready(one)]
    file.ready, file.state = len(ready), SupplyState.CHECKED
    _note(session, held, of_rows)


def is_ready(one: Checked) -> bool:
    return one.said is not None and not one.problems


def _apart(found: Sequence[Checked]) -> tuple[list[Problem], dict[int, Checked]]:
    """What is said of the file as a whole, and the rest by row."""
    whole = [problem for one in found for problem in one.problems if problem.number is None]
    return whole, {one.number: one for one in found}


def as_kept(one: Problem) -> list[Any]:
    return [one.fault, one.heading, one.sentence, one.do, one.saw]


def _note(session: Session, held: Sequence[SupplyRow], found: dict[int, Checked]) -> None:
    """Seal each row's problems beside its cells. `sendable`: only unusual, it may be sent as it is."""
    ring, table = sealing.ring(), SupplyRow.__tablename__
    changed: list[dict[str, Any]] = []
    for row in held:
        one = found[row.number]
        problems = [problem for problem in one.problems if problem.number is not None]
        unusual = one.said is not None and all(problem.fault is Fault.UNUSUAL for problem in problems)
        facts = row.facts | {"problems": [as_kept(problem) for problem in problems], "sendable": unusual}
        changed.append({"row_id": row.id, "now": RowState.READY if one.said and not problems else RowState.HELD,
                        "sealed": ring.seal(facts, table, "facts", row.uid)})  # fmt: skip
    session.flush()
    session.expire_all()
    note = (
        update(SupplyRow.__table__)  # type: ignore[arg-type]
        .where(SupplyRow.__table__.c.id == bindparam("row_id"))
        .values(state=bindparam("now"), facts_sealed=bindparam("sealed"))
    )
    for at in range(0, len(changed), AT_ONCE):
        session.connection().execute(note, changed[at : at + AT_ONCE])


def last_time(session: Session, file: SupplyFile) -> LastTime | None:
    """How many rows this supplier's newest whole list had."""
    query = (
        select(func.max(SupplyFile.id))
        .where(
            SupplyFile.organisation_id == file.organisation_id, SupplyFile.state == SupplyState.SENT, SupplyFile.whole,
            SupplyFile.id < file.id,
        )
    )  # fmt: skip
    before = session.scalar(query)
    return LastTime(session.get_one(SupplyFile, before).total) if before else None
