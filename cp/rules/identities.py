"""An old identity: sealed to two named people, who open it together and for a short time."""

from collections.abc import Collection
from datetime import datetime, timedelta

NAMED = 2
ANSWERED_WITHIN = timedelta(hours=24)
OPEN_FOR = timedelta(minutes=15)


def may_open_old_identity(first: int, second: int | None, named: Collection[int]) -> bool:
    """Both of the two people named for it, acting together, and nobody else: not two others, not a holder of a right.

    Policy: the guidance on new identities; the protection issue.
    """
    return len(set(named)) == NAMED and {first, second} == set(named)


def opening_waits(asked_at: datetime | None, opened_at: datetime | None, now: datetime) -> bool:
    """Whether the other of the two may still agree: within 24 hours of the asking, and once.

    Policy: the protection issue, 24 hours proposed.
    """
    return asked_at is not None and opened_at is None and asked_at <= now < asked_at + ANSWERED_WITHIN


def opened_together(opened_at: datetime | None, now: datetime) -> bool:
    """Whether either of the two may look now: for 15 minutes after the other agreed.

    Policy: the protection issue, as long as an override; proposed.
    """
    return opened_at is not None and opened_at <= now < opened_at + OPEN_FOR
