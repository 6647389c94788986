"""Links that work once, until a moment, for one account: printed and handed over, never a password in an email."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Link, new_uid
from cp.rules.access import Actor
from cp.services import audit
from cp.services.sessions import hashed, new_token
from cp.terms import Act, LinkKind

LASTS = {LinkKind.JOIN: timedelta(days=7), LinkKind.PASSWORD: timedelta(days=1), LinkKind.FACTOR: timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody with this link may do, once, and for whom."""

    link_id: int
    kind: LinkKind
    ends_at: datetime
    account: Account


def make(session: Session, account: Account, kind: LinkKind, by: Actor | None) -> str:
    """A link's token, told this once: what is kept is its hash. Earlier links of this kind for this account end.

    `by` is None at the server itself.
    """
    now = clock.now()
    end(session, account, kind)
    token = new_token()
    made_by = by.account_id if by else None
    session.add(
        Link(
            kind=kind, account_id=account.id, token_hash=hashed(token), made_by_id=made_by, made_at=now,
            ends_at=now + LASTS[kind],
        )
    )  # fmt: skip
    about = audit.About(object_id=account.uid, reason=f"link_{kind}")
    audit.record(session, by, Act.PRINT_LINK if by else Act.SET_UP, about, request_id=new_uid())
    return token


def end(session: Session, account: Account, *kinds: LinkKind) -> None:
    """Those of these kinds that could still be used are of no use from now on."""
    now = clock.now()
    earlier = update(Link).where(Link.account_id == account.id, Link.kind.in_(kinds), *_usable(now))
    session.execute(earlier.values(ends_at=now))


def find(session: Session, token: str) -> Held | None:
    """What a token is good for; None when it is unknown, used, late, or the account has no use for it now."""
    query = select(Link, Account).join(Account, Account.id == Link.account_id)
    found = session.execute(query.where(Link.token_hash == hashed(token), *_usable(clock.now()))).one_or_none()
    if found is None:
        return None
    link, account = found
    joined_already = link.kind is LinkKind.JOIN and account.opened_on is not None
    return Held(link.id, link.kind, link.ends_at, account) if account.active and not joined_already else None


def use(session: Session, held: Held) -> bool:
    """Use it up. Of two at once, one does; the other is answered as somebody who came late."""
    now = clock.now()
    taken = update(Link).where(Link.id == held.link_id, *_usable(now)).values(used_at=now).returning(Link.id)
    return session.scalar(taken) is not None


def _usable(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Link.used_at.is_(None), Link.ends_at > now
