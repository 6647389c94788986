"""A security code of a demonstration person that will be accepted now, however soon it is asked for again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Factor, Setting
from cp.services import factors
from cp.services.signing_in import folded


def next_code(session: Session, email: str) -> tuple[str | None, float]:
    """A code and 0, or None and the seconds until there is one. Raises LookupError for anybody else's email.

    A code counts once, so the half minutes already printed or used are passed over; the one after the present half
    minute is accepted too, and then there is nothing for it but to wait.
    """
    factor = _authenticator(session, email)
    now = clock.now()
    printed = _printed(session, factor)
    step = max(factors.step_of(now), 1 + max(factor.last_step or 0, int(printed.value)))
    if step > factors.step_of(now) + 1:
        return None, (step - 1) * factors.STEP - now.timestamp()
    printed.value, printed.set_at = str(step), now
    return factors.code_at(factor.secret, step), 0


def _authenticator(session: Session, email: str) -> Factor:
    query = (
        select(Factor)
        .join(Account, Account.id == Factor.account_id)
        .where(
            Account.email == folded(email), Account.demonstration, Factor.secret_sealed.is_not(None),
            Factor.confirmed_at.is_not(None),
        )
        .order_by(Factor.id.desc())
        .limit(1)
    )  # fmt: skip
    factor = session.scalars(query.with_for_update(of=Factor)).one_or_none()
    if factor is None:
        raise LookupError(email)
    return factor


def _printed(session: Session, factor: Factor) -> Setting:
    """Where the newest half minute whose code was printed is kept; 0 before the first."""
    name = f"demonstration code {factor.uid}"
    kept = session.scalars(select(Setting).where(Setting.name == name)).one_or_none()
    if kept is None:
        kept = Setting(name=name, version=1, value="0", set_at=datetime.fromtimestamp(0, clock.now().tzinfo))
        session.add(kept)
    return kept
