"""How long what is kept for a purpose of its own is kept."""

from datetime import date

from cp.rules.days import anniversary

CRITERIA_YEARS = 1


def criteria_kept_until(searched_on: date) -> date:
    """The first day on which what was searched for is gone. The audit still says that somebody searched, and why.

    Policy: design, section 9: search criteria 12 months.
    """
    return anniversary(searched_on, CRITERIA_YEARS)
