"""The rows of a file that were not sent, as a list for the supplier to correct and to send back."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.feeds.fixing import fix_list
from cp.feeds.supplied import Checked
from cp.models import SupplyRow
from cp.rules.access import Actor
from cp.services import audit
from cp.services.supply import files, rows
from cp.terms import Act, RowState


def to_correct(session: Session, actor: Actor, uid: UUID) -> bytes:
    """CSV in the supplier's own columns, those that were kept. Raises Refusal."""
    file = files.own(session, actor, uid)
    query = select(SupplyRow).where(SupplyRow.file_id == file.id, SupplyRow.state == RowState.HELD)
    held = session.scalars(query.order_by(SupplyRow.number)).all()
    meant = rows.meanings(file)
    cells = [(row.number, rows.cells_of(row, meant)) for row in held]
    headings = {column: file.facts["headings"][at] for at, column in meant.items()}
    audit.record(session, actor, Act.TAKE_FIX_LIST, audit.About(object_id=file.uid, results=len(held)))
    return fix_list(cells, map(_checked, held), headings)


def _checked(row: SupplyRow) -> Checked:
    return Checked(row.number, None, None, tuple(rows.problems(row.facts, row.number)))
