"""Sessions at the server: begun, found again at each request, ended for good."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import (
    Account,
    SignedIn,
)  # fmt: skip
from cp.services import looks
from cp.services.who import GRANTED
from cp.terms import Role

TOKEN = 32
CODE_WITHIN = timedelta(minutes=10)


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN)


def hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def begin(session: Session, account: Account, role: Role, address_key: int, now: datetime) -> str:
    """A session that still waits for its second factor. Returns the token for the cookie."""
    token = new_token()
    session.add(
        SignedIn(
            token_hash=hashed(token), account_id=account.id, role=role, address_key=address_key,
            started_at=now, last_used_at=now,
        )
    )  # fmt: skip
    return token


def complete(session: Session, session_id: int, now: datetime, roles: Sequence[Role] = ()) -> str:
    """The second factor was given: a new token, and every other session of the account ends. Returns the token.

    `roles` are those in force now: nobody is signed in before they have said in which of several.
    """
    row = session.get_one(SignedIn, session_id)
    others = update(SignedIn).where(
        SignedIn.account_id == row.account_id, SignedIn.id != row.id, SignedIn.ended_at.is_(None)
    )
    ended = session.execute(others.values(ended_at=now, end_reason="elsewhere").returning(SignedIn.factor_at)).all()
    looks.close(session, row.account_id, now)
    token = new_token()
    row.token_hash, row.factor_at, row.started_at, row.last_used_at = hashed(token), now, now, now
    row.role, row.choosing = next(iter(roles), row.role), len(roles) > 1
    row.said = "signed_in_elsewhere" if any(factor_at for (factor_at,) in ended) else None
    return token


def renew(session: Session, session_id: int, now: datetime) -> str:
    """The second factor was given again: a new token for the same session. Returns the token."""
    row, token = session.get_one(SignedIn, session_id), new_token()
    row.token_hash, row.factor_at = hashed(token), now
    return token


def choose(session: Session, session_id: int, role: Role) -> None:
    """Of several roles, this one: from now on the person is signed in."""
    row = session.get_one(SignedIn, session_id)
    row.role, row.choosing = role, False


def touch(session: Session, session_id: int, now: datetime, said: str | None = None) -> bool:
    """The person did something: the idle limit runs from now. `said` is the code the next page speaks, or None.

    False, and nothing is done, where the session has ended meanwhile, or its account or its role was taken away.
    """
    values = {"row": session_id, "now": now, "code": said, "today": clock.today()}
    return session.connection().execute(_TOUCH, values).rowcount == 1


_TOUCH = (
    update(SignedIn)
    .where(
        SignedIn.id == bindparam("row"), SignedIn.ended_at.is_(None), GRANTED,
        exists().where(Account.id == SignedIn.account_id, Account.active),
    )
    .values(last_used_at=bindparam("now"), said=bindparam("code"))
)  # fmt: skip


def end_all(session: Session, account_id: int, reason: str, now: datetime, but: int | None = None) -> None:
    """Every session of an account but this one, half-way ones too."""
    theirs = update(SignedIn).where(SignedIn.account_id == account_id, SignedIn.ended_at.is_(None))
    session.execute(theirs.where(SignedIn.id != (but or 0)).values(ended_at=now, end_reason=reason))
    looks.close(session, account_id, now)


def end(session: Session, session_id: int, reason: str, now: datetime) -> None:
    ending = update(SignedIn).where(SignedIn.id == session_id, SignedIn.ended_at.is_(None))
    ended = session.scalar(ending.values(ended_at=now, end_reason=reason).returning(SignedIn.account_id))
    if ended is not None:
        looks.close(session, ended, now)
