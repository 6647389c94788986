"""What is unusual about a file as a whole, though each of its rows may be right."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cp.feeds.columns import called
from cp.feeds.dates_written import day_and_month, written_date
from cp.feeds.supplied import Checked, Context, LastTime, Problem, children_of
from cp.terms import Column, Fault

FEWEST = 20
"""Rows: of fewer nothing is said."""
MOST_ALIKE = 0.5
"""The share of pupils who may have one birth date or, of a file that is whole, one postcode."""
LAST_MONTH = 12

Cells = Mapping[Column, str]


def file_problems(
    rows: Sequence[tuple[int, Cells]], checked: Sequence[Checked], headings: Mapping[Column, str], context: Context
) -> tuple[Problem, ...]:
    """What somebody should say yes to before any row of the file is sent. `rows` are those that `check` was given.

    That all pupils are of one gender, or of one age, is usual.

    Policy: the supply issue; pages, section 9. The numbers are proposed.
    """
    who = children_of(context.kind).many
    found = [*_size(len(checked), context.last, who), *_one_birth_date(checked, who), *_one_postcode(checked, who)]
    found += _exchanged([cells.get(Column.BORN_ON, "") for _, cells in rows], context)
    return tuple(
        Problem(Fault.UNUSUAL, None, headings.get(column, called(column)) if column else "All", saw, do, saw)
        for column, saw, do in found
    )


_Told = Iterator[tuple[Column | None, str, str]]


def _size(rows: int, last: LastTime | None, who: str) -> _Told:
    """Half as many as last time may be one class, unless that was said; twice as many may be two years, or schools."""
    if last is None or not last.rows:
        return
    if rows * 2 <= last.rows and last.all_again:
        saw = f"This file has {rows} {who}, last time it had {last.rows}"
        yield None, saw, f"Is it everyone? If not, choose the file again and say that it lists only some {who}"
    elif rows >= last.rows * 2:
        yield (
            None,
            f"This file has {rows} {who}, last time it had {last.rows}",
            "Does it list anybody twice, or others’ as well?",
        )


def _one_birth_date(checked: Sequence[Checked], who: str) -> _Told:
    births = Counter(one.said.born_on for one in checked if one.said)
    for born, count in births.most_common(1):
        if births.total() >= FEWEST and count >= births.total() * MOST_ALIKE:
            saw = f"{count} of {births.total()} {who} were born on {born:%d/%m/%Y}"
            yield Column.BORN_ON, saw, "Check the column: it may have been filled down by mistake"


def _one_postcode(checked: Sequence[Checked], who: str) -> _Told:
    places = Counter(one.said.address.postcode for one in checked if one.said and one.said.address)
    del places[""]
    for postcode, count in places.most_common(1):
        if count >= FEWEST and count == places.total():
            yield Column.POSTCODE, f"All {count} {who} live in {postcode}", "Is that your own postcode?"


def _exchanged(cells: Sequence[str], context: Context) -> _Told:
    """Day and month in each other's place throughout: a spreadsheet that was set to American dates.

    It turns those it can into dates, exchanged, and leaves the others as they were written: so each way of writing is
    looked at by itself.
    """
    in_order = [(cell, day_and_month(cell)) for cell in cells]
    numbers = [pair for _, pair in in_order if pair]
    first, second = (0, 1) if context.day_first else (1, 0)
    in_numbers = [number[first] for number in numbers]
    as_dates = [born.day for cell, pair in in_order if pair is None and (born := _read(cell, context))]
    if any(number[second] > LAST_MONTH for number in numbers) and max(in_numbers) <= LAST_MONTH:
        order, other = ("month", "day") if context.day_first else ("day", "month")
        do = f"Export the file with the {other} first, or with dates like 2016-03-14, and choose that"
        yield Column.BORN_ON, f"The dates seem to have the {order} first", do
    elif any(len(days) >= FEWEST and max(days) <= LAST_MONTH for days in (in_numbers, as_dates)):
        saw = "No date has a day after the 12th, so day and month may have been exchanged"
        yield Column.BORN_ON, saw, "Compare a few birth dates with your own records"


def _read(cell: str, context: Context) -> date | None:
    found = written_date(cell, context.day_first) if cell else None
    return found if isinstance(found, date) else None
