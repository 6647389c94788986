"""What the next rows of a file say and whom the index gives for them: read while others write, and put right after."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.services import find
from cp.services.find.lists import among
from cp.services.supply import candidates, rows
from cp.services.supply.candidates import Row
from cp.services.supply.confirming import Next
from cp.services.supply.senders import Sender

LATE = {"sqlite": 0, "postgresql": 200}
"""Entries of the audit that another transaction may have numbered before those that were read, and written after."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """`read`: rows of this file by their ids; `alike`: whom the index gave for those that were not tied, when the last
    entry of the audit was `entry`. `upto`: the number of the last row that comes next."""

    file_id: int
    upto: int
    read: dict[int, Row]
    alike: find.Alike
    entry: int


def look(session: Session, sender: Sender, file: SupplyFile, following: Next) -> Ahead:
    """Reads, and holds nobody up. What it found may have changed before the rows are placed: see `whom`."""
    entry = session.scalar(select(func.max(AuditEvent.id))) or 0
    held = session.scalars(select(SupplyRow).where(among(SupplyRow.id, following.others)).order_by(SupplyRow.number))
    read = rows.read(sender, file, held.all())
    return Ahead(
        file.id, following.upto, {row.held.id: row for row in read}, candidates.alike(session, sender, read), entry
    )


def whom(session: Session, ahead: Ahead) -> find.Alike:
    """The same as if it were asked now: every change of a record has its entry in the audit."""
    since = ahead.entry - LATE[session.connection().dialect.name]
    subjects = {one for one in session.scalars(select(AuditEvent.subject_id).where(AuditEvent.id > since)) if one}
    changed = session.scalars(select(Child.id).where(Child.subject_id.in_(subjects))).all() if subjects else ()
    ahead.alike.look_at(session, changed)
    return ahead.alike
