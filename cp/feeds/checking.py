"""From kept rows to checked ones: what each says of a child, and what is the matter with it."""

from collections.abc import Iterable, Mapping
from datetime import date

from cp.feeds.carers import carers_of
from cp.feeds.facts import born_of, changed_birth, gender_said_by, numbers_of, time_here
from cp.feeds.given import given_in
from cp.feeds.naming import names_of, other_names_of
from cp.feeds.places import address_of
from cp.feeds.supplied import Checked, Context, Reading, Supplied, children_of
from cp.feeds.twice import twice
from cp.terms import Column, NumberKind


def check(
    rows: Iterable[tuple[int, Mapping[Column, str]]], headings: Mapping[Column, str], context: Context
) -> list[Checked]:
    """Every row, in the order of the file, with what it says and what somebody should look at.

    A row is wrong, and says nothing, only where it has no name or no date of birth that can be right. Any other cell
    that cannot be read is left out and listed, and the rest of its row is sent. `rows` as `columns.keep` gives them.

    Sch. 1: nothing is read but what may be held. Policy: the supply issue; pages, section 9.
    """
    children = children_of(context.kind)
    readings = [Reading(number, cells, headings, children) for number, cells in rows]
    return twice(readings, [_checked(row, context) for row in readings])


def _checked(row: Reading, context: Context) -> Checked:
    name, born = names_of(row), born_of(row, context)
    numbers = numbers_of(row)
    upn = dict(numbers).get(NumberKind.UPN)
    key = row.cell(Column.ROW_KEY) or (f"upn:{upn}" if upn else None)
    if name is None or born is None:
        return Checked(row.number, key, None, tuple(row.problems), given_in(row, None))
    changed_birth(row, key, born, context)
    said = _said(row, name, born, numbers, time_here(row, born, context))
    return Checked(row.number, key, said, tuple(row.problems), given_in(row, said))


def check_told(cells: Mapping[Column, str], headings: Mapping[Column, str], context: Context) -> Checked:
    """One child whom somebody tells of: as a row, but that a date of birth may be missing, where it is not known.

    Sch. 1. Policy: the supply issue.
    """
    row = Reading(1, cells, headings, children_of(context.kind))
    name = names_of(row)
    born = born_of(row, context) if row.cell(Column.BORN_ON) else None
    said = _said(row, name, born, (), (None, None)) if name else None
    return Checked(row.number, None, said, tuple(row.problems))


def _said(
    row: Reading, name: tuple[str, str], born: date | None, numbers: tuple[tuple[NumberKind, str], ...],
    stay: tuple[date | None, date | None],
) -> Supplied:  # fmt: skip
    started, left = stay
    return Supplied(
        *name,
        born,
        gender=gender_said_by(row),
        names=other_names_of(row, *name),
        address=address_of(row),
        carers=carers_of(row),
        numbers=numbers,
        started_on=started,
        left_on=left,
    )
