"""Credentials of other systems: how long one may work, whether it works today, how often it may ask."""

from datetime import date, timedelta
from typing import Literal

from cp.rules.days import anniversary

REQUESTS, REQUESTED_WITHIN = 120, timedelta(hours=1)
"""Requests of one credential: at 500 rows each, the roll of any school many times over."""
LONGEST_YEARS = 1

EndProblem = Literal["past", "too_long"]


def credential_opens(ends_on: date, revoked: bool, today: date) -> bool:
    """Whether another system may send by it today: until the day on which it ends, and never once it is revoked.

    Policy: the supply issue; design, section 1.3.
    """
    return not revoked and today < ends_on


def credential_end_problem(ends_on: date, today: date) -> EndProblem | None:
    """Why a credential may not be made to end on this day: it works for a day at least, and for a year at most.

    Policy: the supply issue; a year at most, so that no system sends that everybody has forgotten.
    """
    if ends_on <= today:
        return "past"
    return "too_long" if ends_on > anniversary(today, LONGEST_YEARS) else None
