"""Numbers for new records."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules import number

DIGITS = 10**9


def unused(session: Session) -> str:
    """Nine random digits, and their check digit, that no record ever had, of whatever state."""
    while True:
        made = number.make(f"{secrets.randbelow(DIGITS):09d}")
        if session.scalars(select(Child.id).where(Child.number == made)).first() is None:
            return made
