"""What sensitive services recorded of a child ends with the record: nothing of it goes to the archive."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp.models.sensitive import SensitiveInvolvement
from cp.services import blinding, reading
from cp.services.find.lists import among


def forget(session: Session, children: Iterable[UUID]) -> int:
    """Delete every entry of these children, in force or ended. Returns how many there were."""
    keys = [key for child_uid in children for key in blinding.of_child(child_uid)]
    reading.apart(session)
    theirs = select(SensitiveInvolvement.id).where(among(SensitiveInvolvement.child_key, keys))
    ids = session.scalars(theirs).all()
    if ids:
        session.execute(delete(SensitiveInvolvement).where(SensitiveInvolvement.id.in_(ids)))
    return len(ids)
