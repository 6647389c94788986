"""What a checked row is: what it says of a child, and what somebody should look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cp.feeds.columns import called
from cp.rules.derive import Address, CarerSaid, OtherName
from cp.rules.typed import plain
from cp.terms import Column, Fault, Gender, Given, NumberKind, SourceKind

LONGEST_QUOTED = 60
"""Characters of a cell that a sentence repeats."""

_SAYS_NOTHING = frozenset({
    "unknown", "not known", "n/a", "n.a.", "n/k", "#n/a", "#ref!", "#value!", "none", "none known", "tbc", "tba", "tbd",
    "to be confirmed", "not applicable", "not available", "not given", "not provided", "not supplied", "not recorded",
    "no data", "no name", "no address", "blank", "empty",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class LastTime:
    """What this supplier's last whole file said: how many rows, and the birth dates by row key. `all_again`: this one
    is said to list everybody, too."""

    rows: int
    born_on: Mapping[str, date] = field(default_factory=dict)
    all_again: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """What a row is read against. `today` is London's day."""

    today: date
    kind: SourceKind
    day_first: bool = True
    last: LastTime | None = None


class Called(NamedTuple):
    """What a supplier calls the children in its file."""

    one: str
    many: str


def children_of(kind: SourceKind) -> Called:
    """Schools speak of pupils."""
    return Called("pupil", "pupils") if kind is SourceKind.SCHOOL else Called("child", "children")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at. `number` is None for the file as a whole; `heading` is the supplier's own, or `All`."""

    fault: Fault
    number: int | None
    heading: str
    sentence: str
    """All of it: `Row 14: date of birth 31/02/2015 is not a date: February 2015 had 28 days`."""
    do: str
    saw: str
    """The sentence without the row and the column, for a table that has them."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a row says, in the shapes of `derive.Said`. None and () say nothing."""

    given_names: str
    family_name: str
    born_on: date | None
    """Of a row of a file never None: whoever tells of one child may not know it."""
    gender: Gender | None = None
    names: tuple[OtherName, ...] = ()
    address: Address | None = None
    carers: tuple[CarerSaid, ...] = ()
    numbers: tuple[tuple[NumberKind, str], ...] = ()
    started_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One row. `said` is None where it is wrong or there twice; an unusual row says what is sent if it is left so.

    `key` is the supplier's own for the pupil, or `upn:` and the pupil number, or None.
    """

    number: int
    key: str | None
    said: Supplied | None
    problems: tuple[Problem, ...] = ()
    given: frozenset[Given] = frozenset()
    """What it has, right or not, of what a record is found by."""


class Reading:
    """One row while it is read: its cells, and what was found wrong so far."""

    def __init__(
        self, number: int, cells: Mapping[Column, str], headings: Mapping[Column, str], children: Called
    ) -> None:
        self.number, self.cells, self.headings, self.children = number, cells, headings, children
        self.problems: list[Problem] = []
        self._plain: dict[Column, str] = {}

    def cell(self, column: Column) -> str:
        """The cell made plain; "" too where it only says that nothing is known."""
        said = self._plain.get(column)
        if said is None:
            found = self.cells.get(column)
            said = self._plain[column] = fact(found) if found else ""
        return said

    def tell(self, fault: Fault, column: Column | None, saw: str, do: str) -> None:
        self.problems.append(problem(fault, self.number, column, saw, do, self.headings))

    def wrong(self, column: Column, saw: str, do: str) -> None:
        """The row cannot be sent."""
        self.tell(Fault.WRONG, column, saw, do)

    def odd(self, column: Column, saw: str, do: str) -> None:
        """The row can be sent as it was read."""
        self.tell(Fault.UNUSUAL, column, saw, do)

    def left_out(self, column: Column, saw: str, what: str) -> None:
        """A cell that cannot be read, in a row that is sent without it."""
        self.odd(column, saw, f"Check the {what}. A row that is sent as it is goes without it")


def problem(
    fault: Fault, number: int, column: Column | None, saw: str, do: str, headings: Mapping[Column, str]
) -> Problem:
    """`saw` follows what the column is called: `31/02/2015 is not a date`, `is empty`."""
    heading = headings.get(column, called(column)) if column else "All"
    said = f"{called(column)} {saw}" if column else saw.removeprefix("is ")
    short = f"{saw[3:4].upper()}{saw[4:]}" if saw.startswith("is ") else saw
    return Problem(fault, number, heading, f"Row {number}: {said}", do, short)


def fact(text: str) -> str:
    """A cell made plain; "" where it stands for nothing: `N/A`, `Unknown`, `-`."""
    said = plain(text)
    return "" if said.casefold() in _SAYS_NOTHING or not any(map(str.isalnum, said)) else said


def quoted(text: str) -> str:
    """A cell as a sentence repeats it: in one line, and not all of a long one."""
    said = plain(text)
    return said if len(said) <= LONGEST_QUOTED else f"{said[:LONGEST_QUOTED]}…"
