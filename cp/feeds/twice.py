"""The same pupil in two rows of one file: by the supplier's key, by the pupil number, by name and birth date."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cp.feeds.supplied import Checked, Problem, Reading, problem
from cp.matching.names import fold
from cp.terms import Column, Fault, NumberKind


class _Same(NamedTuple):
    """What two rows have in common, and the column it stands in; no column for the name and birth date."""

    column: Column | None
    value: str


class _Found(NamedTuple):
    at: int
    problem: Problem


def twice(rows: Sequence[Reading], checked: Sequence[Checked]) -> list[Checked]:
    """The rows, with what is there twice marked so and not sent.

    Of two rows that say the same the later one is marked; of two children with one key or number both are, since
    nobody here can know which of them is right.
    """
    first: dict[_Same, int] = {}
    result = list(checked)
    for at, one in enumerate(checked):
        marks = list(_marks(rows[at], one))
        same = next((mark for mark in marks if mark in first), None)
        for found in _compared(rows, checked, at, first[same], same) if same else ():
            held = result[found.at]
            said = held.said if found.problem.fault is Fault.UNUSUAL else None
            result[found.at] = replace(held, said=said, problems=(*held.problems, found.problem))
        for mark in marks:
            first.setdefault(mark, at)
    return result


def _marks(row: Reading, one: Checked) -> Iterator[_Same]:
    """By what a row is known to be of a child that another row is of; nothing of a row that is not sent."""
    if one.said is None:
        return
    if key := row.cell(Column.ROW_KEY):
        yield _Same(Column.ROW_KEY, key.casefold())
    if number := dict(one.said.numbers).get(NumberKind.UPN):
        yield _Same(Column.UPN, number)
    yield _Same(None, _child(one))


def _child(one: Checked) -> str:
    said = one.said
    return f"{fold(said.given_names)}/{fold(said.family_name)}/{said.born_on}" if said else ""


def _compared(
    rows: Sequence[Reading], checked: Sequence[Checked], at: int, before: int, same: _Same
) -> Iterator[_Found]:
    """What there is to say of a row and of the earlier one that it repeats."""
    earlier, later = rows[before], rows[at]
    if later.cells == earlier.cells:
        yield _told(at, later, None, f"is the same as row {earlier.number}", "Nothing: it is sent once")
    elif _child(checked[at]) == _child(checked[before]):
        yield _same_child(checked, before, at, later)
    else:
        what = "key" if same.column is Column.ROW_KEY else "number"
        for here, row, other in ((before, earlier, later), (at, later, earlier)):
            saw = f"is the same as in row {other.number}, with another name"
            yield _told(here, row, same.column, saw, f"Give each {row.children.one} their own {what}")


def _same_child(checked: Sequence[Checked], before: int, at: int, later: Reading) -> _Found:
    """One name and birth date: one child, unless two pupil numbers say that they are two."""
    number = checked[before].number
    if _differ(checked[before], checked[at]):
        saw = f"is the same name and birth date as row {number}, another pupil number"
        return _told(
            at, later, None, saw, f"Check that they are two {later.children.many}. Both are sent", Fault.UNUSUAL
        )
    saw = f"is the same {later.children.one} as row {number}, with other details"
    return _told(at, later, None, saw, "Leave one row, or give both their own pupil numbers. The first is sent")


def _differ(one: Checked, other: Checked) -> bool:
    upns = [dict(each.said.numbers).get(NumberKind.UPN) for each in (one, other) if each.said]
    return None not in upns and len(set(upns)) > 1


def _told(at: int, row: Reading, column: Column | None, saw: str, do: str, fault: Fault = Fault.TWICE) -> _Found:
    return _Found(at, problem(fault, row.number, column, saw, do, row.headings))
