"""What is remembered of an organisation that sends files."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Supplier


def held(session: Session, organisation_id: int) -> Supplier:
    """Held until the transaction ends; made where there is none yet."""
    query = select(Supplier).where(Supplier.organisation_id == organisation_id)
    found = session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        found = Supplier(organisation_id=organisation_id)
        session.add(found)
        session.flush()
    return found
