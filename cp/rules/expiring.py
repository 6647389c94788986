"""What an account needs that ends soon, so that nobody is surprised."""

from dataclasses import dataclass
from datetime import date, timedelta

from cp.rules.conditions import CHECK_YEARS, TRAINING_MONTHS, review_due_on
from cp.rules.days import anniversary

WARNED = (7, 30, 60)
"""Days before the last good one."""


@dataclass(frozen=True, slots=True)
class Expiring:
    """`code` is what the person will be refused for after `last_on`, which is at most `within` days away."""

    code: str
    last_on: date
    within: int


def expiring(
    *,
    check_issued_on: date | None,
    trained_on: date | None,
    accreditation_ends_on: date | None,
    kept_on: date | None,
    delegation_ends_on: date | None,
    today: date,
) -> list[Expiring]:
    """What ends within 60, 30 or 7 days, the soonest first. What has ended already is refused, not warned of.

    Policy: the access issue.
    """
    ends = {
        "check": check_issued_on and anniversary(check_issued_on, CHECK_YEARS),
        "training": trained_on and anniversary(trained_on, 0, TRAINING_MONTHS),
        "accreditation": accreditation_ends_on,
        "delegation_ended": delegation_ends_on,
    }
    last = {code: end - timedelta(days=1) for code, end in ends.items() if end} | {"review": review_due_on(kept_on)}
    found = [
        Expiring(code, last_on, within)
        for code, last_on in last.items()
        if last_on is not None and (within := _within((last_on - today).days))
    ]
    return sorted(found, key=lambda one: one.last_on)


def _within(days_left: int) -> int | None:
    return next((days for days in WARNED if days_left <= days), None) if days_left >= 0 else None
