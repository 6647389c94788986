"""Whom an implementation manager brings in: the organisations of their own authority, closed ones too."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp.models import Organisation
from cp.rules.access import Actor
from cp.services import audit
from cp.terms import BodyKind


def ours(authority_id: int) -> Select[Organisation]:
    """Every one of an authority but itself."""
    return select(Organisation).where(
        Organisation.authority_id == authority_id, Organisation.body_kind != BodyKind.AUTHORITY
    )


def one_of_ours(session: Session, actor: Actor, uid: UUID) -> Organisation:
    """Raises Refusal: one of another authority is not there."""
    found = session.scalars(ours(actor.authority_id).where(Organisation.uid == uid)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found
