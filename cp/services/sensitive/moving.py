"""What sensitive services recorded goes with the child when two records are joined, and back again."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cp.models.sensitive import SensitiveInvolvement
from cp.services import blinding, reading


def any_of(session: Session, child_uid: UUID) -> bool:
    """Whether a sensitive service has recorded anything of this child; told to nobody."""
    reading.apart(session)
    kept = exists().where(SensitiveInvolvement.child_key.in_(blinding.of_child(child_uid)))
    return bool(session.scalar(select(kept)))


def move(session: Session, from_uid: UUID, to_uid: UUID, only: Collection[int] | None = None) -> list[int]:
    """Entries about the one child are about the other from now on; with `only`, those of them with these ids.

    Returns the ids of what was moved, for whoever may have to take it back. Who acts sees none of it.
    """
    reading.apart(session)
    query = select(SensitiveInvolvement).where(SensitiveInvolvement.child_key.in_(blinding.of_child(from_uid)))
    moved = []
    for row in session.scalars(query.order_by(SensitiveInvolvement.id)):
        if row.entry.get("child") == str(from_uid) and (only is None or row.id in only):
            row.child_key, row.entry = blinding.of_child(to_uid)[0], row.entry | {"child": str(to_uid)}
            moved.append(row.id)
    session.flush()
    return moved
