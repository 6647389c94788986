"""What the next rows of a file say and whom the index gives for them: read while others write, and put right after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.matching.joining import Thresholds
from cp.models import AuditEvent, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.services import find
from cp.services.audit_seals.taking import XMIN
from cp.services.find.lists import among
from cp.services.supply import among as among_themselves
from cp.services.supply import candidates, placing, rows, senders
from cp.services.supply.confirming import Next
from cp.services.supply.placing import Placed
from cp.services.supply.senders import Sender
from cp.terms import Act


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of one file's next rows, up to that number, what they say and where they belong, as things stood when `begun`:
    those of them that are like none before them."""

    file_id: int
    upto: int
    placed: dict[int, Placed]
    """By the rows' ids."""
    alike: find.Alike
    """Whom the index gave for those that were not tied."""
    thresholds: Thresholds
    begun: int


def look(session: Session, sender: Sender, file: SupplyFile, following: Next) -> Ahead:
    """Reads, and holds nobody up. What it found may have changed before the rows are kept: see `placed`."""
    begun = session.scalar(_BEGUN[session.connection().dialect.name]) or 0
    at = senders.by_itself(session, sender.organisation_id)
    held = session.scalars(select(SupplyRow).where(among(SupplyRow.id, following.others)).order_by(SupplyRow.number))
    read = among_themselves.first(rows.read(sender, file, held.all()))
    alike = candidates.alike(session, sender, read)
    placed = placing.place(session, sender.organisation_id, read, at, alike)
    return Ahead(file.id, following.upto, {one.row.held.id: one for one in placed}, alike, at, begun)


_BEGUN = {"sqlite": select(func.max(AuditEvent.id) + 1), "postgresql": select(XMIN)}
"""Before it every entry of the audit was written, and is seen: on PostgreSQL entries come in no order of their ids."""
LOOKS = (Act.OPEN_RECORD, Act.PRINT_RECORD)
"""Most of what others do, and it changes no record."""
_SINCE = {"sqlite": AuditEvent.id, "postgresql": AuditEvent.transaction_id}


def placed(
    session: Session, organisation_id: int, ahead: Ahead, held: Sequence[SupplyRow], at: Thresholds
) -> list[Placed]:
    """Where these rows belong, as if it were asked now: every change of a record has its entry in the audit."""
    found = [replace(one, row=replace(one.row, held=row)) for row in held if (one := ahead.placed.get(row.id))]
    since = _SINCE[session.connection().dialect.name] >= ahead.begun
    told = AuditEvent.subject_id.is_not(None), AuditEvent.act.not_in(LOOKS)
    subjects = session.scalars(select(AuditEvent.subject_id).where(since, *told)).all()
    if not subjects and at == ahead.thresholds:
        return found
    changed = session.scalars(select(Child.id).where(among(Child.subject_id, {*subjects}))).all()
    ahead.alike.look_at(session, changed)
    return placing.place(session, organisation_id, [one.row for one in found], at, ahead.alike)
