"""Reading the archive: who is found there, how a request to read stands, until when what was agreed to holds."""

from datetime import date, datetime, timedelta
from typing import Literal

from cp.rules.days import london_day

ANSWERED_WITHIN_DAYS = 7
KEPT_DAYS = 2 * ANSWERED_WITHIN_DAYS
"""After so many nothing of a request can still be open, and it goes."""

Standing = Literal["found", "waits", "open", "declined", "over"]
SecondProblem = Literal["purpose", "second"]


def archived_name_matches(given: str, family: str, held_given: tuple[str, str], held_family: str) -> bool:
    """Whether a name asked for is a record's: the family name, and all given names or (`held_given`) the first.

    All of them folded as the index of live records folds names, without accents, case, hyphens and spaces. No other
    spelling is tried. A person with a single name has no family name.

    Policy: the archive is in no index, so nothing near is looked for; proposed.
    """
    return bool(given) and given in held_given and family == held_family


def reading_stands(asked_at: datetime, two: bool, agreed: bool | None, answered_at: datetime | None,
                   now: datetime) -> Standing:  # fmt: skip
    """Found, a request of one person alone holds until the end of that day in London. `two`: another was asked, who
    may answer within 7 days, this one counted; what they agreed to holds until the end of the day of their answer.

    Policy: proposed. A look at the archive is planned, and a record is one page: a day of work is enough.
    """
    today, asked_on = london_day(now), london_day(asked_at)
    if not two:
        return "found" if today == asked_on else "over"
    if agreed:
        return "open" if answered_at is not None and london_day(answered_at) == today else "over"
    if today >= answer_by(asked_on):
        return "over"
    return "waits" if agreed is None else "declined"


def answer_by(asked_on: date) -> date:
    """The first day on which it can no longer be answered.

    Policy: proposed.
    """
    return asked_on + timedelta(days=ANSWERED_WITHIN_DAYS)


def second_problem(purpose: bool, first: int, second: int | None) -> SecondProblem | None:
    """What is missing for two to read it: one of the three purposes, and another person of the team.

    Commons Hansard 21 April 2009. Policy: two people, the sealing issue.
    """
    if not purpose:
        return "purpose"
    return "second" if second is None or second == first else None
