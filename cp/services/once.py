"""Every form counts once: the same key again gets the same answer and does nothing."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Once
from cp.rules.access import Actor


def answered(session: Session, actor: Actor, key: str | None) -> str | None:
    """What this form was answered with before; None the first time, or when it carries no key."""
    if not key:
        return None
    query = select(Once.result).where(Once.account_id == actor.account_id, Once.key == _kept(key))
    return session.scalars(query).one_or_none()


def answer(session: Session, actor: Actor, key: str | None, result: str) -> str:
    """Note the answer in the same transaction as what was done. Two at once: the second one's commit fails whole."""
    if key:
        session.add(Once(account_id=actor.account_id, key=_kept(key), result=result, at=clock.now()))
        session.flush()
    return result


def _kept(key: str) -> str:
    """What a browser sent may be of any length and hold anything."""
    return hashlib.sha256(key.encode()).hexdigest()
