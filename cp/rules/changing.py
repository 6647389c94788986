"""What somebody says has changed in a child's life: by when it is looked at, and on which day a child may have died."""

from datetime import date
from typing import Literal

from cp.rules.days import working_days_after
from cp.terms import ChangeKind

LOOKED_AT_IN = {ChangeKind.DIED: 1, ChangeKind.MOVED_AWAY: 5, ChangeKind.LEFT_SCHOOL: 5,
                ChangeKind.NUMBER_FAILED: 5}  # fmt: skip
"""Working days."""


def change_due_on(kind: ChangeKind, told_on: date) -> date:
    """The day by which the management team has looked at it: a death first, so that nobody writes to the family.

    Policy: the supply issue; the days are proposed.
    """
    return working_days_after(told_on, LOOKED_AT_IN[kind])


def death_problem(died_on: date, born_on: date, today: date) -> Literal["future", "before_birth"] | None:
    """What is wrong with a day of death; None where it may be right.

    Sch. 1 para 4 says when a child was born; a death is after that and not yet to come. Policy: the supply issue.
    """
    if died_on > today:
        return "future"
    return "before_birth" if died_on < born_on else None
