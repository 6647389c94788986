"""A list with headings, row by row: what each row states, or what is wrong with it."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Generic, Literal, NamedTuple, TypeVar

from cp.feeds.sheet import Unreadable
from cp.rules.phones import phone_normal
from cp.rules.typed import plain

Standing = Literal["open", "closed", "proposed"]
T = TypeVar("T")

LONGEST_NAME = 200
LONGEST_SHOWN = 40
MOST_NAMED = 3
AS_IT_WAS = "send it as it was downloaded."
_DAY = re.compile("(?P<day>[0-9]{1,2})[-/](?P<month>[0-9]{1,2})[-/](?P<year>[0-9]{4})")
_ISO = re.compile("(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


class Problem(NamedTuple):
    """What is wrong, where a spreadsheet shows it: rows count from 1, headings included."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Register(Generic[T]):
    """What was read: `left_out` rows are of no concern here, those with `problems` may be missing or incomplete."""

    rows: tuple[T, ...]
    problems: tuple[Problem, ...] = ()
    left_out: int = 0


class Spoilt(Exception):
    """A row that cannot be taken at all. `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


@dataclass(slots=True)
class Line:
    """One row while it is read. What it can do without is noted in `problems`; what it cannot raises Spoilt."""

    number: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: str) -> str:
        return plain(self.cells[column])

    def note(self, column: str, sentence: str) -> None:
        self.problems.append(Problem(self.number, column, sentence))

    def spoilt(self, column: str, sentence: str) -> Spoilt:
        return Spoilt(Problem(self.number, column, sentence))

    def matching(self, column: str, pattern: str, wanted: str) -> str:
        """The text, which has this pattern. Raises Spoilt, naming what was `wanted`, where it has not."""
        found = self.text(column).upper()
        if re.fullmatch(pattern, found):
            return found
        raise self.spoilt(column, f"{_shown(found)} is not {wanted}.")

    def name(self, column: str) -> str:
        """A name that is there and not too long. Raises Spoilt."""
        found = self.text(column)
        if not found:
            raise self.spoilt(column, "The name is missing.")
        if len(found) > LONGEST_NAME:
            raise self.spoilt(column, f"The name is longer than {LONGEST_NAME} characters.")
        return found

    def day(self, column: str) -> date | None:
        """31-08-2024, 31/08/2024 or 2024-08-31; None where the cell is empty. Raises Spoilt for any other."""
        if not (written := self.text(column)):
            return None
        found = _DAY.fullmatch(written) or _ISO.fullmatch(written)
        try:
            return date(*(int(found[part]) for part in ("year", "month", "day"))) if found else self._no_day(column)
        except ValueError:
            return self._no_day(column)

    def _no_day(self, column: str) -> date:
        raise self.spoilt(column, f"{_shown(self.text(column))} is not a day, like 31-08-2024.")

    def period(self, opened: str, closed: str) -> tuple[date | None, date | None]:
        """The first and the last day, of these two columns. Raises Spoilt where the last comes first."""
        first, last = self.day(opened), self.day(closed)
        if first and last and last < first:
            raise self.spoilt(closed, "It closed before it opened.")
        return first, last

    def phone(self, column: str) -> str | None:
        """As it is kept; noted where nobody could dial it. A spreadsheet takes the first nought away."""
        written = self.text(column)
        found = phone_normal(written) or phone_normal(f"0{written}")
        if written and found is None:
            self.note(column, f"{_shown(written)} is not a telephone number: none was taken.")
        return found


def lines(data: bytes, columns: Collection[str]) -> Iterator[Line]:
    """Each row with these columns of it, whatever others there are. Empty rows count, and are passed over.

    Windows-1252, as the registers write, or UTF-8, as a spreadsheet may have saved it again. Raises Unreadable.
    """
    number = 1
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), _encoding(data), newline=""))
    try:
        headings = [plain(heading) for heading in next(reader, [])]
        chosen = itemgetter(*map(_places(headings, columns).__getitem__, columns))
        for number, row in enumerate(reader, 2):
            if len(row) == len(headings):
                yield Line(number, dict(zip(columns, chosen(row), strict=True)))
            elif row:
                yield Line(number, {}, [Problem(number, "", _cells(len(row), len(headings)))])
    except UnicodeDecodeError:
        raise Unreadable(f"The file is neither Windows-1252 nor UTF-8 text: {AS_IT_WAS}") from None
    except csv.Error:
        raise Unreadable(f"After row {number} the file is no CSV: {AS_IT_WAS}") from None


def gather(
    read: Iterable[Line], wanted: Callable[[Line], bool], one: Callable[[Line], T], key: Callable[[T], str]
) -> Register[T]:
    """Reads the rows `wanted` by `one`; of those with the same `key` the first counts."""
    rows: dict[str, tuple[int, T]] = {}
    problems: list[Problem] = []
    left_out = 0
    for line in read:
        if line.cells and not wanted(line):
            left_out += 1
        elif line.cells:
            _take(rows, line, one, key)
        problems += line.problems
    return Register(tuple(found for _, found in rows.values()), tuple(problems), left_out)


def _take(rows: dict[str, tuple[int, T]], line: Line, one: Callable[[Line], T], key: Callable[[T], str]) -> None:
    try:
        found = one(line)
    except Spoilt as spoilt:
        line.problems.append(spoilt.problem)
        return
    before, _ = rows.setdefault(key(found), (line.number, found))
    if before != line.number:
        line.note("", f"{key(found)} stands in row {before} already: this row was not taken.")


def _encoding(data: bytes) -> str:
    """By what it decodes as: letters with accents in Windows-1252 are never right UTF-8 by chance."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _places(headings: list[str], columns: Collection[str]) -> dict[str, int]:
    if missing := [f"“{column}”" for column in columns if column not in headings]:
        more = f" and {len(missing) - MOST_NAMED} others" if len(missing) > MOST_NAMED else ""
        raise Unreadable(f"The file has no column {', '.join(missing[:MOST_NAMED])}{more}: {AS_IT_WAS}")
    return {column: headings.index(column) for column in columns}


def _cells(count: int, wanted: int) -> str:
    return f"The row has {count} cells where there are {wanted} headings: it was not taken."


def _shown(text: str) -> str:
    return f"“{text[:LONGEST_SHOWN]}”" if text else "An empty cell"
