"""Disputes: which facts, by when they are answered, what may be found, what a source may bring back."""

from collections.abc import Collection
from datetime import date
from typing import Literal, TypeAlias

from cp.rules.days import working_days_after
from cp.terms import Disputable, DisputeFinding, Part

ANSWERED_IN = 10
"""Working days."""
LONGEST, SHORTEST = 20, 1
"""Between which an authority may set it."""
State: TypeAlias = Literal["none", "disputed", "overdue", "decided"]
_PART_OF = {
    Disputable.NAME: Part.IDENTITY,
    Disputable.BORN_ON: Part.IDENTITY,
    Disputable.GENDER: Part.IDENTITY,
    Disputable.ADDRESS: Part.LOCATION,
    Disputable.CARER: Part.CARERS,
    Disputable.SCHOOL: Part.INVOLVEMENTS,
    Disputable.GP: Part.INVOLVEMENTS,
}
_ALWAYS_KNOWN = (Disputable.NAME, Disputable.BORN_ON)
_SAID_BY_ITSELF = (Disputable.SCHOOL, Disputable.GP)


def may_be_disputed(parts: Collection[Part]) -> frozenset[Disputable]:
    """The facts that somebody may dispute, and may read to be disputed: those that they are shown.

    Policy: the supply issue; what a shield hides is absent everywhere.
    """
    return frozenset(fact for fact, part in _PART_OF.items() if part in parts)


def answer_due(disputed_on: date, within: int | None = None, holidays: Collection[date] = ()) -> date:
    """The last good day for an answer: ten working days on, or as many as the authority has set, within bounds.

    Policy: the supply issue; pages 5, where it is 14 days.
    """
    days = ANSWERED_IN if within is None else min(max(within, SHORTEST), LONGEST)
    return working_days_after(disputed_on, days, holidays)


def dispute_state(disputed_on: date | None, due_on: date | None, decided_on: date | None, today: date) -> State:
    """Disputed until somebody has decided; overdue after the last good day. Late stays disputed: nothing lapses.

    Policy: the supply issue; Hansard 5 November 2008, for correcting.
    """
    if disputed_on is None:
        return "none"
    if decided_on is not None and decided_on <= today:
        return "decided"
    return "overdue" if due_on is not None and today > due_on else "disputed"


def findings_open(fact: Disputable) -> tuple[DisputeFinding, ...]:
    """What may be found. No record is without a name and a date of birth; a school says for itself who is there.

    Sch. 1 paras 1-4. Policy: the supply issue.
    """
    if fact in _ALWAYS_KNOWN:
        return DisputeFinding.RIGHT, DisputeFinding.WRONG
    if fact in _SAID_BY_ITSELF:
        return DisputeFinding.RIGHT, DisputeFinding.NOT_KNOWN
    return tuple(DisputeFinding)


def fed_value(state: State, same: bool, found_wrong: bool) -> Literal["show", "show_disputed", "raise"]:
    """What becomes of what a source says now, `same` where that is the disputed value.

    A value that was found wrong is raised with its supplier and not shown; until then the mark stays.

    Policy: the supply issue.
    """
    if not same or state == "none":
        return "show"
    if state == "decided":
        return "raise" if found_wrong else "show"
    return "show_disputed"
