"""A link by which a school answers for itself: how long it works, and when answers may still be changed."""

from datetime import date, datetime, timedelta
from typing import Literal

from cp.rules.days import LONDON, london_day, working_days_after
from cp.rules.implementing import WITHIN
from cp.terms import Need

WORKS_FOR = timedelta(days=21)
LinkState = Literal["open", "agreed", "ended", "closed"]


def link_ends(made_on: date) -> datetime:
    """The first moment without it: midnight in London after its last day, which is three weeks on.

    Policy: the implementation issue; the three weeks are proposed.
    """
    after = made_on + WORKS_FOR + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=LONDON)


def last_day_of(ends_at: datetime) -> date:
    """The last day, London's, on which a link that ends at this moment worked.

    Policy: a day is said, never a midnight.
    """
    return london_day(ends_at - timedelta(microseconds=1))


def link_state(
    ends_at: datetime, closed_on: date | None, finished: bool, means_agreed_on: date | None, now: datetime
) -> LinkState:
    """`closed`: the organisation is no more; `ended`: late, or another took its place; `agreed`: every question is
    answered and the means is agreed, so that nothing is changed any longer; else `open`.

    `closed_on` is the first day without the organisation.

    Policy: the implementation issue; pages 13.
    """
    if closed_on is not None and closed_on <= london_day(now):
        return "closed"
    if ends_at <= now:
        return "ended"
    return "agreed" if finished and means_agreed_on is not None else "open"


def calls_by(answered_on: date, today: date) -> date | None:
    """By when the manager calls about the means that is proposed; None once that day has passed.

    Policy: pages 13; as many working days as offering a means has (`implementing.waits_for`).
    """
    by = working_days_after(answered_on, WITHIN[Need.OFFER_MEANS])
    return by if by >= today else None
