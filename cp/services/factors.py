"""Second factors: an authenticator's time-based codes, and ten printed codes that count once each."""

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.models import Account, Factor
from cp.rules.access import Actor
from cp.rules.signing_in import code_accepted
from cp.services import audit
from cp.terms import Act

STEP = 30
PRINTED = 10
PROPOSED_FOR = timedelta(minutes=10)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def code_at(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).at(step * STEP)


def code_of(session: Session, account_id: int, typed: str, now: datetime) -> str | None:
    """Use a code: `authenticator` or `printed`, or None when it does not count. A code counts once."""
    code = "".join(typed.split()).replace("-", "").casefold()
    if len(code) == 6 and code.isdecimal():
        return _authenticator(session, account_id, code, now)
    return _printed(session, account_id, code, now)


def _authenticator(session: Session, account_id: int, code: str, now: datetime) -> str | None:
    query = select(Factor).where(
        Factor.account_id == account_id, Factor.secret_sealed.is_not(None), Factor.confirmed_at.is_not(None)
    )
    for factor in session.scalars(query.with_for_update()):
        step = matching_step(factor.secret, code, now)
        if code_accepted(step, step_of(now), factor.last_step):
            factor.last_step = step
            factor.used_at = now
            return "authenticator"
    return None


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The newest half minute, of this one and its neighbours, whose code this is."""
    steps = (step_of(now) + 1, step_of(now), step_of(now) - 1)
    return next((step for step in steps if compare_digest(code_at(secret, step).encode(), code.encode())), None)


def _printed(session: Session, account_id: int, code: str, now: datetime) -> str | None:
    factor = session.scalar(
        select(Factor)
        .where(Factor.account_id == account_id, Factor.code_hash == _hash(account_id, code), Factor.used_at.is_(None))
        .with_for_update()
    )
    if factor is None:
        return None
    factor.used_at = now
    return "printed"


def _hash(account_id: int, code: str) -> bytes:
    return sealing.ring().lasting_digest("printed code", f"{account_id}.{code}")


def printed_left(session: Session, account_id: int) -> int:
    unused = (Factor.account_id == account_id, Factor.code_hash.is_not(None), Factor.used_at.is_(None))
    return session.scalar(select(func.count()).select_from(Factor).where(*unused)) or 0


def has_authenticator(session: Session, account_id: int) -> bool:
    query = select(Factor.id).where(
        Factor.account_id == account_id, Factor.secret_sealed.is_not(None), Factor.confirmed_at.is_not(None)
    )
    return session.scalars(query).first() is not None


def propose(session: Session, account_id: int, browser: bytes) -> tuple[str, str]:
    """A secret to enrol, and the address that a QR code carries: the same in this browser for ten minutes.

    What any other browser was shown before counts no more: whoever saw it must not know the codes of later.
    """
    now = clock.now()
    waiting = _waiting(session, account_id, browser, now)
    if waiting is None:
        session.execute(delete(Factor).where(*_unconfirmed(account_id)))
        waiting = Factor(account_id=account_id, secret=pyotp.random_base32(), proposed_at=now, proposed_to=browser)
        session.add(waiting)
        session.flush()
    account = session.get_one(Account, account_id)
    uri = pyotp.TOTP(waiting.secret).provisioning_uri(name=account.email, issuer_name="ContactPoint")
    return waiting.secret, uri


def _unconfirmed(account_id: int) -> tuple[ColumnElement[bool], ...]:
    return Factor.account_id == account_id, Factor.secret_sealed.is_not(None), Factor.confirmed_at.is_(None)


def _waiting(session: Session, account_id: int, browser: bytes, now: datetime) -> Factor | None:
    fresh = (Factor.proposed_to == browser, Factor.proposed_at > now - PROPOSED_FOR)
    return session.scalars(select(Factor).where(*_unconfirmed(account_id), *fresh)).first()


def confirm(session: Session, account_id: int, browser: bytes, typed: str, now: datetime) -> bool:
    """Enrol the secret proposed in this browser by a code from it; authenticators enrolled before no longer count."""
    code = "".join(typed.split())
    waiting = _waiting(session, account_id, browser, now)
    step = matching_step(waiting.secret, code, now) if waiting else None
    if waiting is None or step is None:
        return False
    session.execute(
        delete(Factor).where(
            Factor.account_id == account_id, Factor.secret_sealed.is_not(None), Factor.confirmed_at.is_not(None)
        )
    )
    waiting.confirmed_at, waiting.last_step = now, step
    return True


def replace(session: Session, actor: Actor, browser: bytes, typed: str) -> list[str] | None:
    """Another authenticator takes the place of the present one, with ten new printed codes; None for a wrong code."""
    if not confirm(session, actor.account_id, browser, typed, clock.now()):
        return None
    audit.record(session, actor, Act.ENROL_FACTOR, audit.About(reason="authenticator"))
    return print_codes(session, actor)


def print_codes(session: Session, actor: Actor) -> list[str]:
    """Ten new single-use codes, shown this once; those printed before no longer count."""
    codes = make_codes(session, actor.account_id)
    audit.record(session, actor, Act.ENROL_FACTOR, audit.About(reason="printed_codes"))
    return codes


def make_codes(session: Session, account_id: int) -> list[str]:
    session.execute(delete(Factor).where(Factor.account_id == account_id, Factor.code_hash.is_not(None)))
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(PRINTED)]
    session.add_all(
        Factor(account_id=account_id, code_hash=_hash(account_id, code), confirmed_at=clock.now()) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]
