"""What a log of contacts says of an organisation: since when it is contacted, and what is to follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cp.rules.days import anniversary
from cp.terms import ContactOutcome

REACHED_NOBODY = frozenset({ContactOutcome.NO_ANSWER, ContactOutcome.MESSAGE_LEFT, ContactOutcome.WRONG_PERSON})
OLDEST_YEARS, FURTHEST_YEARS = 2, 1
"""How far back a contact may lie, and how far ahead its next step."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One that was not taken back; `next_on` where its next step is open."""

    made_on: date
    outcome: ContactOutcome
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Of an organisation: each a day, or None where there is none."""

    contacted_on: date | None = None
    duty_explained_on: date | None = None
    next_on: date | None = None


def log_says(entries: Iterable[Entry]) -> Said:
    """The first day on which somebody was reached, the first on which the duty was explained, the earliest open step.

    Where nobody answered, a message was left or it was the wrong person, the contact is still to be made.

    Policy: the implementation issue.
    """
    held = tuple(entries)
    return Said(
        _first(one.made_on for one in held if one.outcome not in REACHED_NOBODY),
        _first(one.made_on for one in held if one.outcome is ContactOutcome.DUTY_EXPLAINED),
        _first(one.next_on for one in held),
    )


def said_after(held: Said, before: Said, now: Said) -> Said:
    """What holds of an organisation once its log, which said `before`, says `now`.

    A day that the log had given goes with the entry that gave it. One that stands from elsewhere (a letter, the
    school's own answer) stays, unless the log has an earlier one. The open step is the log's alone.

    Policy: the implementation issue.
    """
    return Said(
        _day(held.contacted_on, before.contacted_on, now.contacted_on),
        _day(held.duty_explained_on, before.duty_explained_on, now.duty_explained_on),
        now.next_on,
    )


def made_problem(day: date, today: date) -> str | None:
    """`future` or `old` where nobody can have made a contact on this day to write down now; None where they can.

    Policy: a slip of the year is found before it is kept.
    """
    if day > today:
        return "future"
    return "old" if day < anniversary(today, -OLDEST_YEARS) else None


def next_problem(day: date, today: date) -> str | None:
    """`past` or `far` where no next step can be planned for this day; None where one can.

    Policy: a slip of the year is found before it is kept.
    """
    if day < today:
        return "past"
    return "far" if day > anniversary(today, FURTHEST_YEARS) else None


def _day(held: date | None, before: date | None, now: date | None) -> date | None:
    return now if held == before else _first((held, now))


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
