"""A record shielded: at once, and out of every index that an ordinary search touches."""

import secrets
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models.child import Child
from cp.services import audit, find
from cp.terms import Act, ShieldGround


def shield(session: Session, number: str, ground: ShieldGround) -> bool | None:
    """True when it is now shielded, False when it was already, None when there is no such record.

    The hidden facts leave the index in the same transaction.
    """
    child = session.scalars(select(Child).where(Child.number == number).with_for_update()).one_or_none()
    if child is None:
        return None
    if child.shielded:
        return False
    child.shielded_at, child.shield_ground = clock.now(), ground
    child.version += 1
    session.flush()
    find.reindex(session, child.id)
    about = audit.About(subject_id=child.subject_id, reason=ground.value)
    audit.record(session, None, Act.SHIELD, about, request_id=UUID(bytes=secrets.token_bytes(16)))
    return True
