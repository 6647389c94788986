"""How often an organisation supplies: by when its next file is due, whether it came in time, what may be set for it."""

from collections.abc import Collection
from datetime import date, timedelta

from cp.rules.days import anniversary, working_days_after
from cp.terms import Frequency, OrganisationKind

OFTEN = {OrganisationKind.INDEPENDENT_SCHOOL: Frequency.TERMLY, OrganisationKind.GP_PRACTICE: Frequency.MONTHLY}
"""By kind of organisation; the systems of schools and councils send every night."""
WEEK = timedelta(days=7)
TERMS = ((1, 31), (4, 30), (9, 30))
"""The month in which each of the three terms begins, and its last day: by then the term's file is due."""
JOIN_BETWEEN, LOOK_BETWEEN = (26, 60), (10, 14)
"""Whole bits of weight, both ends included."""


def how_often(kind: OrganisationKind, said: Frequency | None) -> Frequency:
    """What was said of this organisation, or else what holds for its kind.

    Every working day, but termly of an independent school, and monthly of a practice, whose list is a national one.

    Policy: domain 5; the supply issue.
    """
    return said or OFTEN.get(kind, Frequency.DAILY)


def due_after(last: date, often: Frequency) -> date:
    """The last day, London's, on which the next file is in time.

    The next working day; a week on; the same day of the next month; the last day of the month in which the next of the
    three terms begins, which are those that follow 31 December, 31 March and 31 August.

    Policy: domain 5; the terms are those of the Education (Start of Compulsory School Age) Order 1998.
    """
    match often:
        case Frequency.DAILY:
            return working_days_after(last, 1)
        case Frequency.WEEKLY:
            return last + WEEK
        case Frequency.MONTHLY:
            return anniversary(last, 0, 1)
    return next(
        date(year, month, end)
        for year in (last.year, last.year + 1)
        for month, end in TERMS
        if date(year, month, 1) > last
    )  # fmt: skip


def overdue(due_on: date | None, today: date) -> bool:
    """From the day after the last good one. Of whoever never sent a file nothing is due yet.

    Policy: domain 5; the supply issue.
    """
    return due_on is not None and due_on < today


def came_in_time(sent_on: Collection[date], often: Frequency, today: date) -> list[bool]:
    """Of each file that was due since the first, the oldest first, whether one came by its day.

    One that came too late, but before the one after it was due, is the file it was late for: the next is due after it.
    What is due today and has not come is neither.

    Policy: the supply issue.
    """
    found, last = list[bool](), min(sent_on, default=today)
    while (due := due_after(last, often)) <= today:
        by = max((day for day in sent_on if last < day <= due), default=None)
        if by is None and due == today:
            break
        late = min((day for day in sent_on if due < day <= due_after(due, often)), default=due)
        found.append(by is not None)
        last = by or late
    return found


def may_be_set(at: int | None, between: tuple[int, int]) -> bool:
    """Whether a threshold of one supplier may be this, in whole bits; None was no number.

    A row joins by itself only from a weight at which no row was measured to join a wrong record; and nobody may be
    taken for a stranger whom everybody else's rows would be looked at for: a second record might hide nothing.

    Policy: the supply issue; decision 32.
    """
    least, most = between
    return at is not None and least <= at <= most
