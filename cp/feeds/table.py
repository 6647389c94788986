"""From rows as a file has them to a Sheet: which one holds the headings, and what becomes of those that do not fit."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from cp.feeds.cells import Cells
from cp.feeds.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Row, Sheet, Unreadable
from cp.matching.reasons import listed
from cp.terms import FileForm

MOST_CELLS = 12_000_000
"""400,000 rows of 30 columns."""
MOST_LINES = 1_048_576
"""As many rows as a spreadsheet program can show, blank ones too."""
_LOOKED_AT = 10
_NAMED = 10


class Raw(NamedTuple):
    """One row as it stands in the file. `cells` is None if they cannot be told apart."""

    number: int
    cells: Sequence[str] | None


def table(form: FileForm, raw: Iterable[Raw], notes: Sequence[str] = ()) -> Sheet:
    """The Sheet of these rows.

    Blank rows are stepped over. Of the first ten others, the headings are the first that is filled in more than half as
    many cells as the fullest, so that a title, a date or the name of a school above them is stepped over too.

    A row with more cells than the headings has a stray separator somewhere, and nobody can say where: it comes out
    empty, so that it is found wrong and sent by nobody, and a note gives its number. Unreadable if there are no rows
    under the headings, too much of anything, or more rows that do not fit than ones that do.
    """
    cells = Cells()
    filled = _filled(raw, cells)
    first = list(islice(filled, _LOOKED_AT))
    place = _headings_at(first)
    under = _Under(first[place][1] or (), chain(first[place + 1 :], filled))
    rows = tuple(under.rows())
    under.refuse_if_broken(len(rows))
    said = (*notes, *_of_titles(place), *under.notes(), *notes_of_cells(cells))
    return Sheet(form, under.headings, rows, said)


_Filled = tuple[int, tuple[str, ...] | None]


def _filled(raw: Iterable[Raw], cells: Cells) -> Iterator[_Filled]:
    """Every row that is not blank, with its cells made plain."""
    plain = cells.plain
    for number, written in raw:
        if number > MOST_LINES:
            raise Unreadable(TOO_MANY_ROWS)
        if written is None:
            yield number, None
        elif any(made := tuple(map(plain, written))):
            yield number, made


def _headings_at(first: list[_Filled]) -> int:
    counts = [sum(map(bool, cells or ())) for _, cells in first]
    fullest = max(counts, default=0)
    if fullest == 0:
        raise Unreadable("There is nothing in the file. Choose the export that has your pupils in it")
    if fullest == 1:
        raise Unreadable("There is only one column in the file. Choose an export with names and birth dates in columns")
    return next(place for place, count in enumerate(counts) if count * 2 > fullest)


class _Under:
    """The rows under the headings, and what was unusual about them."""

    def __init__(self, row: tuple[str, ...], filled: Iterable[_Filled]) -> None:
        self.room = len(row)
        self.headings = _without_empty_end(row)
        self.filled = filled
        self.unfit: list[int] = []
        self.again = 0
        self.beside = False
        if len(self.headings) > MOST_COLUMNS:
            raise Unreadable(
                f"There are more than {MOST_COLUMNS} columns in the file. Leave out those that are not needed"
            )

    def rows(self) -> Iterator[Row]:
        width = len(self.headings)
        empty = ("",) * width
        most = min(MOST_ROWS, MOST_CELLS // width)
        for count, (number, cells) in enumerate(self._without_headings()):
            if count >= most:
                raise Unreadable(TOO_MANY_ROWS if most == MOST_ROWS else TOO_MANY_CELLS)
            if cells is None or self._is_longer(cells):
                self.unfit.append(number)
                yield Row(number, empty)
                continue
            self.beside = self.beside or any(cells[width:])
            yield Row(number, cells if len(cells) == width else (cells + empty)[:width])

    def _is_longer(self, cells: tuple[str, ...]) -> bool:
        return len(cells) > self.room and any(cells[self.room :])

    def _without_headings(self) -> Iterator[_Filled]:
        """Two exports put behind each other have the headings again."""
        for number, cells in self.filled:
            if cells is not None and cells[: len(self.headings)] == self.headings:
                self.again += 1
            else:
                yield number, cells

    def refuse_if_broken(self, count: int) -> None:
        if count == 0:
            raise Unreadable("There are headings in the file and no rows under them. Choose the export with the pupils")
        if len(self.unfit) * 2 > count:
            raise Unreadable(
                "Most rows have more cells than there are headings. Export the file again as XLSX, and send that"
            )

    def notes(self) -> Iterator[str]:
        if self.again:
            yield "The headings came again further down, and were stepped over there."
        if self.beside:
            yield "Cells to the right of the last heading were left out."
        if self.unfit:
            yield f"{_rows_named(self.unfit)} cannot be read: more cells than headings, or a stray quotation mark."


def _without_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _rows_named(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Row {numbers[0]}"
    named = [str(number) for number in numbers[:_NAMED]]
    more = len(numbers) - len(named)
    return f"Rows {listed([*named, f'{more} more'] if more else named)}"


def _of_titles(place: int) -> Iterator[str]:
    if place:
        yield f"{'1 row was' if place == 1 else f'{place} rows were'} stepped over above the headings."


def notes_of_cells(cells: Cells) -> Iterator[str]:
    """What the supplier is told of the cells that were changed."""
    if cells.unseen:
        yield "Characters that cannot be seen were taken out."
    if cells.long:
        yield f"Cells of more than {LONGEST_CELL:,} characters were left out."


TOO_MANY_ROWS = f"There are more than {MOST_ROWS:,} rows in the file. Send it in two parts"
TOO_MANY_CELLS = f"There are more than {MOST_CELLS:,} cells in the file. Leave out the columns that are not needed"
