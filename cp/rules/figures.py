"""What is published of a count: how numbers of people are rounded, how long things took, by which weeks."""

from collections.abc import Collection
from datetime import date, timedelta

NEAREST, TENTHS = 5, 10
WEEK = timedelta(days=7)


def rounded(people: int) -> int:
    """A count of people as it is published: to the nearest 5, each count by itself.

    0, 1 and 2 are all 0, and 3 and 4 are 5: whoever reads it cannot tell one person from none, nor see one come or go
    but where the count crosses a boundary. A whole number is never half way between two fives. A total is rounded
    from the exact total, and may differ from the sum of its rounded parts. Raises ValueError below 0.

    Policy: the implementation issue; small counts are suppressed as peers, row 48, asks.
    """
    if people < 0:
        raise ValueError("a count is never less than 0")
    return (people + NEAREST // 2) // NEAREST * NEAREST


def days_within(days: Collection[int], tenths: int) -> int | None:
    """Within how many days at least so many tenths of them were done; None where nothing was.

    The smallest of the numbers themselves for which it holds (the nearest rank), so that no half day comes of it:
    five tenths are the median, and the slowest tenth took at least what nine tenths took at most.

    Policy: the implementation issue.
    """
    if not days:
        return None
    rank = -(-len(days) * tenths // TENTHS)
    return sorted(days)[rank - 1]


def weeks(first: date, today: date) -> list[date]:
    """The Mondays of the weeks that a roll-out is drawn by: from the week before anything was done to this one.

    Policy: the implementation issue.
    """
    monday, last = _monday(first) - WEEK, _monday(today)
    return [monday + WEEK * at for at in range((last - monday).days // WEEK.days + 1)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
