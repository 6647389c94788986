"""Rows as they are kept, for the tests of checking."""

from collections.abc import Mapping
from datetime import date

from cp.feeds.checking import check
from cp.feeds.supplied import Checked, Context, LastTime, Supplied
from cp.terms import Column, Fault, SourceKind

TODAY = date(2026, 11, 23)
C = Column
GOOD: dict[Column, str] = {C.GIVEN_NAMES: "Sam", C.FAMILY_NAME: "Ash", C.BORN_ON: "14/03/2016"}
HEADINGS: dict[Column, str] = {
    column: column.replace("_", " ").title() for column in Column if column is not C.WHOLE_NAME
}


def context(*, day_first: bool = True, last: LastTime | None = None) -> Context:
    return Context(TODAY, SourceKind.SCHOOL, day_first, last)


def checked(*rows: Mapping[Column, str], last: LastTime | None = None) -> list[Checked]:
    """Rows from the second on, as under a heading."""
    return check(list(enumerate(rows, 2)), HEADINGS, context(last=last))


def one(**cells: str) -> Checked:
    """A row that is right but for what is said here, the columns in small letters; "" empties a cell."""
    kept = GOOD | {Column(name): text for name, text in cells.items()}
    (found,) = checked({column: text for column, text in kept.items() if text})
    return found


def said(**cells: str) -> Supplied:
    """What such a row says, if nothing in it is odd."""
    found = one(**cells)
    assert found.problems == ()
    assert found.said
    return found.said


def saw(found: Checked) -> list[tuple[Fault, str, str]]:
    """What somebody is asked to look at: how bad, in which column, what was seen."""
    return [(problem.fault, problem.heading, problem.saw) for problem in found.problems]
