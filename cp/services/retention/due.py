"""The days on which a record is archived and destroyed, kept right whenever what they follow from has changed."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from cp.models import LegalHold, StayConsent
from cp.models.child import Child, ChildLocation
from cp.rules import derive
from cp.rules import retention as rule
from cp.rules.contents import ADULT_AT
from cp.services import reading
from cp.terms import AddressState, ArchiveReason, LeaveKind, RecordState

_HERE = aliased(ChildLocation)
_GONE = (
    (ChildLocation.child_id == Child.id)
    & (ChildLocation.state == AddressState.LEFT_AREA)
    & ~exists().where(_HERE.child_id == ChildLocation.child_id, _HERE.state == AddressState.CURRENT)
)
_STAYS = (
    select(func.max(StayConsent.to_age))
    .where(StayConsent.child_id == Child.id, StayConsent.withdrawn_on.is_(None))
    .scalar_subquery()
)
_HELD = (
    select(func.max(LegalHold.ends_on))
    .where(LegalHold.child_id == Child.id, LegalHold.agreed_at.is_not(None))
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Ends:
    """What the end of a record follows from."""

    born: date
    died: date | None
    left_on: date | None
    leave: LeaveKind | None
    stays_to: int
    held_until: date | None

    @property
    def archive_on(self) -> date:
        return rule.archive_on(self.born, self.died, self.left_on, self.leave, self.stays_to)

    @property
    def because(self) -> ArchiveReason:
        return rule.archive_because(self.born, self.died, self.left_on, self.leave, self.stays_to)

    def destroy_on(self, archived_on: date) -> date:
        return rule.destroy_on(archived_on, self.held_until)


def keep(session: Session, children: Collection[int]) -> None:
    """Set the days of these records afresh, in the transaction of what changed them. The caller holds the children.

    To be called by whoever changes a birth, a death, where a child is, a consent to stay, a hold or a record's state.
    """
    for child, ends in of(session, children):
        if child.archived_on is None:
            child.archive_on = ends.archive_on
        elif child.state is not RecordState.MERGED:
            child.destroy_on = ends.destroy_on(child.archived_on)
    session.flush()


def fill(session: Session, most: int) -> int:
    """Work out the days of records that have none yet. Returns how many."""
    query = select(Child.id).where(Child.archived_on.is_(None), Child.archive_on.is_(None)).order_by(Child.id)
    ids = session.scalars(query.limit(most).with_for_update(skip_locked=True)).all()
    keep(session, ids)
    return len(ids)


def first(born: date, died: date | None, addresses: Iterable[derive.Address]) -> date:
    """When a record is archived that is made just now, of these facts."""
    gone = [(at.from_on, at.leave_kind) for at in addresses if at.state is AddressState.LEFT_AREA and at.from_on]
    left_on, leave = gone[-1] if gone else (None, None)
    return rule.archive_on(born, died, left_on, leave, ADULT_AT)


def of(session: Session, children: Collection[int]) -> Iterator[tuple[Child, Ends]]:
    """Each of these records with what its end follows from. Of two days of leaving the later one counts."""
    if not children:
        return
    session.flush()
    reading.also(session, children)
    found: dict[int, tuple[Child, Ends]] = {}
    for child, left_on, leave, to_age, held in session.execute(_facts(children)):
        ends = Ends(child.born_on, child.died_on, left_on, leave, to_age or ADULT_AT, held)
        found[child.id] = child, ends
    yield from found.values()


def _facts(children: Collection[int]) -> Select[Child, date | None, LeaveKind | None, int | None, date | None]:
    """No day of leaving comes before the others, so that one that is known counts."""
    return (
        select(Child, ChildLocation.from_on, ChildLocation.leave_kind, _STAYS, _HELD)
        .outerjoin(ChildLocation, _GONE)
        .where(Child.id.in_(children))
        .order_by(Child.id, ChildLocation.from_on.is_not(None), ChildLocation.from_on, ChildLocation.id)
    )
