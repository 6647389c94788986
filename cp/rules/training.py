"""The day on which somebody completed their training, as they say it themselves."""

from datetime import date

from cp.rules.conditions import TRAINING_MONTHS
from cp.rules.days import anniversary


def training_problem(completed_on: date, recorded_on: date | None, today: date) -> str | None:
    """`in_future`, `too_old` (it would be out of date already) or `earlier` than what is recorded; None to record it.

    Lords Hansard 22 June 2009. Policy: design, section 9.
    """
    if completed_on > today:
        return "in_future"
    if today >= anniversary(completed_on, 0, TRAINING_MONTHS):
        return "too_old"
    return "earlier" if recorded_on is not None and completed_on < recorded_on else None
