"""Numbers for new records."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules import number
from cp.services.find.lists import among

DIGITS = 10**9


def unused(session: Session) -> str:
    """Nine random digits, and their check digit, that no record ever had, of whatever state."""
    return some_unused(session, 1)[0]


def some_unused(session: Session, count: int) -> list[str]:
    """So many of these, each another one."""
    found: set[str] = set()
    while len(found) < count:
        made = {number.make(f"{secrets.randbelow(DIGITS):09d}") for _ in range(count - len(found))}
        found |= made - set(session.scalars(select(Child.number).where(among(Child.number, made))))
    return list(found)
