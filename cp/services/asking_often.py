"""How often strangers use a public form: counted beside the guesses, under keys of its own, so that neither slows the
other."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.models import Attempt
from cp.rules.signing_in import counted_by

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def so_far(session: Session, form: str, address: str) -> tuple[int, int]:
    """In the last hour from this address; in the last day from everywhere."""
    now, (everywhere, here) = clock.now(), _keys(form, address)
    asked = select(func.count()).where(Attempt.account_key == everywhere)
    in_hour = session.scalar(asked.where(Attempt.address_key == here, Attempt.at > now - HOUR)) or 0
    return in_hour, session.scalar(asked.where(Attempt.at > now - DAY)) or 0


def count(session: Session, form: str, address: str) -> None:
    everywhere, here = _keys(form, address)
    session.add(Attempt(at=clock.now(), account_key=everywhere, address_key=here, code=False, succeeded=True))


def _keys(form: str, address: str) -> tuple[int, int]:
    ring = sealing.ring()
    return ring.lasting_look_up(form, ""), ring.lasting_look_up(form, counted_by(address))
