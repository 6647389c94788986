"""Whether the system can work: the database answers and the audit takes an entry."""

from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cp.services import audit
from cp.terms import Act


def fit(session: Session) -> bool:
    """Write an entry and take it back: nothing less shows that one could be kept."""
    try:
        audit.record(session, None, Act.READ_PUBLIC, request_id=UUID(int=0))
        session.rollback()
    except SQLAlchemyError:
        return False
    session.info.pop("entries", None)
    return True
