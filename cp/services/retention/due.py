"""The days on which a record is archived and destroyed, kept right whenever what they follow from has changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, func, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.util import identity_key

from cp.models import LegalHold, StayConsent
from cp.models.child import Child, ChildLocation
from cp.rules import derive
from cp.rules import retention as rule
from cp.rules.contents import ADULT_AT
from cp.services import reading
from cp.services.find.lists import among
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


class Record(NamedTuple):
    """A record as it stands, with what its end follows from."""

    id: int
    uid: UUID
    subject_id: UUID
    number: str
    state: RecordState
    archive_on: date | None
    archived_on: date | None
    destroy_on: date | None
    ends: Ends

    @property
    def wrong(self) -> dict[str, date]:
        """The day that should stand in its column and does not. One joined into another is destroyed with that."""
        name, day = "archive_on", self.ends.archive_on
        if self.archived_on is not None:
            name, day = "destroy_on", self.ends.destroy_on(self.archived_on)
        joined = self.archived_on is not None and self.state is RecordState.MERGED
        return {} if joined or getattr(self, name) == day else {name: day}


STANDS = len(Record._fields) - 1


def keep(session: Session, children: Collection[int]) -> None:
    """Set the days of these records afresh, in the transaction of what changed them. The caller holds the children.

    To be called by whoever changes a birth, a death, where a child is, a consent to stay, a hold or a record's state.
    """
    put(session, [(one.id, one.wrong) for one in of(session, children)])


def put(session: Session, changed: Iterable[tuple[int, dict[str, Any]]], **besides: Any) -> None:
    """Give each of these records its values, if it has any, and what is `besides`. Objects of the session follow."""
    session.flush()
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for child_id, values in changed:
        if values:
            alike[tuple(values)].append({"child_id": child_id} | {f"to_{name}": to for name, to in values.items()})
            if (child := session.identity_map.get(identity_key(Child, child_id))) is not None:
                session.expire(child, [*values, *besides])
    for names, rows in alike.items():
        given = {name: bindparam(f"to_{name}") for name in names} | besides
        session.connection().execute(update(Child).where(Child.id == bindparam("child_id")).values(given), rows)


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


def of(session: Session, children: Collection[int]) -> list[Record]:
    """Each of these records with what its end follows from. Of two days of leaving the later one counts."""
    if not children:
        return []
    session.flush()
    reading.also(session, children)
    found: dict[int, Record] = {}
    for row in session.connection().execute(_facts(children)):
        born, died, left_on, leave, to_age, held = row[STANDS:]
        found[row[0]] = Record._make([*row[:STANDS], Ends(born, died, left_on, leave, to_age or ADULT_AT, held)])
    return list(found.values())


def _facts(children: Collection[int]) -> Select[*tuple[Any, ...]]:
    """No day of leaving comes before the others, so that one that is known counts."""
    return (
        select(
            Child.id, Child.uid, Child.subject_id, Child.number, Child.state, Child.archive_on, Child.archived_on,
            Child.destroy_on, Child.born_on, Child.died_on, ChildLocation.from_on, ChildLocation.leave_kind, _STAYS,
            _HELD,
        )
        .outerjoin(ChildLocation, _GONE)
        .where(among(Child.id, children))
        .order_by(Child.id, ChildLocation.from_on.is_not(None), ChildLocation.from_on, ChildLocation.id)
    )  # fmt: skip
