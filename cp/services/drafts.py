"""A form that was sent after its session had ended: kept sealed for half an hour, for that account only."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Draft
from cp.rules.access import Actor

KEPT_FOR = timedelta(minutes=30)
MOST = 20_000
"""Characters of a form that are kept."""


def keep(session: Session, account_id: int, token_hash: bytes, path: str, fields: Mapping[str, list[str]]) -> datetime:
    """Keep what was typed; only the newest form counts. Returns until when."""
    session.execute(delete(Draft).where((Draft.account_id == account_id) | (Draft.kept_until < clock.now())))
    until = clock.now() + KEPT_FOR
    if sum(len(value) for values in fields.values() for value in values) <= MOST:
        session.add(
            Draft(account_id=account_id, token_hash=token_hash, path=path, fields=dict(fields), kept_until=until)
        )
    return until


def waiting(session: Session, token_hash: bytes) -> datetime | None:
    """Until when something is kept that this browser sent; None if nothing is."""
    query = select(Draft.kept_until).where(Draft.token_hash == token_hash, Draft.kept_until > clock.now())
    return session.scalars(query).first()


def clear(session: Session, token_hash: bytes) -> None:
    session.execute(delete(Draft).where(Draft.token_hash == token_hash))


def hand_on(session: Session, earlier: bytes, later: bytes) -> None:
    """The browser has a new token; what it sent before is still waiting."""
    session.execute(update(Draft).where(Draft.token_hash == earlier).values(token_hash=later))


def claim(session: Session, account_id: int, token_hash: bytes) -> tuple[str, UUID] | None:
    """After signing in: the page to go back to and the draft's id. What somebody else typed here is thrown away."""
    draft = session.scalars(select(Draft).where(Draft.token_hash == token_hash)).first()
    if draft is None:
        return None
    if draft.account_id != account_id or draft.kept_until <= clock.now():
        session.delete(draft)
        return None
    draft.token_hash = None
    return draft.path, draft.uid


def take(session: Session, actor: Actor, uid: UUID, path: str) -> dict[str, list[str]] | None:
    """What was typed into the form at `path`, once; None when it is not this person's or is gone."""
    query = select(Draft).where(Draft.uid == uid, Draft.account_id == actor.account_id, Draft.path == path)
    draft = session.scalars(query.where(Draft.kept_until > clock.now())).first()
    if draft is None:
        return None
    fields: dict[str, list[str]] = draft.fields
    session.delete(draft)
    return fields
