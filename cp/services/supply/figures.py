"""What each file was like, kept on the file: its rows are forgotten, and figures of many files are read at once.

Counted from what the file says and from nothing else: a file has the same figures whatever the directory holds.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import sealing
from cp.feeds.supplied import Checked, Problem
from cp.models import SupplyFile, SupplyRow
from cp.terms import Fault, Given, RowState, SupplyState

FILES = 10
"""Of how many earlier files rows may come again corrected."""
TAKEN_BACK = (SupplyState.UNDOING, SupplyState.UNDONE)


def note(file: SupplyFile, found: Sequence[Checked]) -> None:
    """How many of its rows have what, and in how many nothing has to be looked at."""
    given = Counter(fact for one in found for fact in one.given)
    file.with_birth, file.with_home = given[Given.BORN], given[Given.HOME]
    file.with_carer, file.with_number = given[Given.CARER], given[Given.NUMBER]
    file.faultless = sum(not one.problems for one in found)


def found(rows: Sequence[Checked], of_file: Sequence[Problem]) -> dict[str, int]:
    """How many things there are of each kind that somebody has to look at."""
    counted = Counter(one.fault for row in rows for one in row.problems) + Counter(one.fault for one in of_file)
    return {fault.value: counted[fault] for fault in Fault}


def again_key(key: str | None) -> int | None:
    """By which a row that comes again is known; None where the row does not say whose it is."""
    return sealing.ring().lasting_look_up("supplied row again", key) if key else None


def corrected(session: Session, file: SupplyFile) -> None:
    """Rows of earlier files that were not sent, and are ready in this one: each counts once, on the file it was in."""
    ready = select(SupplyRow.again_key).where(SupplyRow.file_id == file.id, SupplyRow.state == RowState.READY)
    for before in _with_rows_to_correct(session, file):
        query = select(SupplyRow).where(
            SupplyRow.file_id == before.id, SupplyRow.state == RowState.HELD, SupplyRow.again_key.in_(ready)
        )
        for row in session.scalars(query).all():
            row.again_key, before.corrected = None, before.corrected + 1


def _with_rows_to_correct(session: Session, file: SupplyFile) -> Sequence[SupplyFile]:
    query = select(SupplyFile).where(
        SupplyFile.organisation_id == file.organisation_id, SupplyFile.id < file.id, SupplyFile.sent_at.is_not(None),
        SupplyFile.state.not_in(TAKEN_BACK), SupplyFile.ready + SupplyFile.corrected < SupplyFile.total,
    )  # fmt: skip
    return session.scalars(query.order_by(SupplyFile.id.desc()).limit(FILES).with_for_update()).all()
