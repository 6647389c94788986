"""Whether the system can work: the database answers, the audit takes an entry, and what is written stays."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Setting
from cp.services import audit
from cp.terms import Act

NAME = "health"


def fit(session: Session) -> bool:
    """Try an entry and take it back, then keep one row: only a commit finds out that the disk is full."""
    try:
        audit.record(session, None, Act.READ_PUBLIC, request_id=UUID(int=0))
        session.rollback()
        session.info.pop("entries", None)
        _keep_one_row(session)
        session.commit()
    except SQLAlchemyError:
        session.rollback()
        return False
    return True


def _keep_one_row(session: Session) -> None:
    kept = update(Setting).where(Setting.name == NAME, Setting.authority_id.is_(None)).values(set_at=clock.now())
    if session.execute(kept.returning(Setting.id)).first() is None:
        session.add(Setting(name=NAME, value="written", set_at=clock.now()))
