"""How often somebody guessed wrong, kept in the database so that every process counts alike."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from cp import sealing
from cp.models import Attempt
from cp.rules.signing_in import Failures, counted_by, wait_after, wait_for_code

HOUR, DAY, SHORT = timedelta(hours=1), timedelta(days=1), timedelta(minutes=5)


class Keys(NamedTuple):
    """Blind look-ups of the email typed and of the address it was typed at."""

    account: int
    address: int


def keys(email: str, address: str) -> Keys:
    ring = sealing.ring()
    return Keys(ring.lasting_look_up("email", email), ring.lasting_look_up("address", counted_by(address)))


def note(session: Session, keys: Keys, now: datetime, *, succeeded: bool, code: bool = False) -> Attempt:
    attempt = Attempt(at=now, account_key=keys.account, address_key=keys.address, code=code, succeeded=succeeded)
    session.add(attempt)
    session.flush()
    return attempt


def wait(session: Session, keys: Keys, now: datetime) -> int | None:
    """Seconds before a password may be tried for this email from this address; None at once."""
    of_account = session.execute(
        select(Attempt.at, Attempt.address_key)
        .where(Attempt.account_key == keys.account, Attempt.at > now - HOUR, ~Attempt.succeeded, ~Attempt.code)
        .order_by(Attempt.at)
    ).all()
    known = _known(session, keys)
    since = known.get(keys.address)
    failures = Failures(
        here=[at for at, address in of_account if address == keys.address and (since is None or at > since)],
        strangers=[at for at, address in of_account if address not in known],
        address=_at(session, Attempt.address_key == keys.address, now - HOUR),
        in_all=session.scalar(select(func.count()).where(Attempt.at > now - SHORT, ~Attempt.succeeded)) or 0,
    )
    return wait_after(failures, since is not None, now)


def wait_for_next_code(session: Session, keys: Keys, now: datetime) -> int | None:
    """Seconds before another security code may be tried for this account; None at once."""
    return wait_for_code(_at(session, (Attempt.account_key == keys.account) & Attempt.code, now - DAY), now)


def forget(session: Session, now: datetime, most: int) -> int:
    """Wrong guesses slow nobody after a day; what was right says for longer where somebody works."""
    old = select(Attempt.id).where(~Attempt.succeeded, Attempt.at < now - 2 * DAY).limit(most)
    return len(session.execute(delete(Attempt).where(Attempt.id.in_(old)).returning(Attempt.id)).all())


def known(session: Session, address: str) -> bool:
    """Whether anybody has signed in from there."""
    here = Attempt.address_key == keys("", address).address
    return session.scalars(select(Attempt.id).where(here, Attempt.succeeded).limit(1)).first() is not None


def _known(session: Session, keys: Keys) -> dict[int, datetime]:
    """The addresses this account has signed in from, each with the last time."""
    query = (
        select(Attempt.address_key, func.max(Attempt.at))
        .where(Attempt.account_key == keys.account, Attempt.succeeded)
        .group_by(Attempt.address_key)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _at(session: Session, which: object, since: datetime) -> list[datetime]:
    query = select(Attempt.at).where(which, Attempt.at > since, ~Attempt.succeeded)  # type: ignore[arg-type]
    return list(session.scalars(query.order_by(Attempt.at)))
