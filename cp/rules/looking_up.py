"""How many records one account may open, how often it may search, and when it is asked why or stopped."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from cp.terms import BodyKind

SOFT, HARD = 40, 200
"""Children outside one's own list in a week; records of any kind in a day."""
WEEK, DAY = timedelta(days=7), timedelta(hours=24)
SOFT_BETWEEN, HARD_BETWEEN = (5, 200), (20, 500)
"""What an authority may set them to."""
MOST_ALLOWED = 50
"""How many records more a manager's one answer gives."""
SEARCHES, SEARCHED_WITHIN = 60, timedelta(hours=1)


class Verdict(StrEnum):
    GO = "go"
    SAY_MORE = "say_more"
    STOP = "stop"
    GO_AND_REVIEW = "go_and_review"


def look_up(  # noqa: PLR0913 - one for each column of the table
    on_own_list: bool,
    others_in_7_days: int,
    records_in_24_hours: int,
    urgent: bool,
    *,
    soft: int = SOFT,
    hard: int = HARD,
    allowed_besides: int = 0,
) -> Verdict:
    """Whether one more record may be opened. Both counts are of distinct children, without the one asked for.

    Above `soft` children off one's own list in the last 7 x 24 hours, more is asked; at `hard` records of any kind in
    the last 24 hours, with what a manager allowed besides, it stops. Urgent is always open and always reviewed.

    Policy: the access issue; rolling hours, and one's own list counting to the day's limit: proposed.
    """
    if urgent:
        return Verdict.GO_AND_REVIEW
    if records_in_24_hours >= hard + allowed_besides:
        return Verdict.STOP
    return Verdict.GO if on_own_list or others_in_7_days < soft else Verdict.SAY_MORE


def limit_problem(limit: int | None, between: tuple[int, int]) -> str | None:
    """What is wrong with a limit that an authority would set: it may neither be switched off nor stop all work.

    Policy: the access issue; the bounds are proposed.
    """
    if limit is None:
        return "not_a_number"
    return None if between[0] <= limit <= between[1] else "out_of_bounds"


def sets_limits(body_kind: BodyKind) -> bool:
    """The limits hold for the whole authority, so a manager at a school or a practice does not set them.

    Policy: the access issue; proposed.
    """
    return body_kind is BodyKind.AUTHORITY


def again_at(newest: Sequence[datetime], most: int, within: timedelta) -> datetime | None:
    """When something that may be done `most` times within a while may be done again, to the minute; None: now.

    `newest`: when it was done in that while, newest first.

    Policy: pages, section 3.
    """
    if len(newest) < most:
        return None
    free = newest[most - 1] + within
    whole = free.replace(second=0, microsecond=0)
    return whole if whole == free else whole + timedelta(minutes=1)
