"""What reading a file gives, whatever its form was: headings and rows of text."""

from dataclasses import dataclass
from typing import NamedTuple

from cp.terms import FileForm

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 400_000
MOST_COLUMNS = 500
LONGEST_CELL = 2_000
"""Characters. Nothing that ContactPoint keeps is a tenth as long."""


class Row(NamedTuple):
    """One row as the supplier finds it: `number` counts from 1 as their own program shows it, headings included.

    In a Common Transfer File it is the pupil's place in the file.
    """

    number: int
    cells: tuple[str, ...]
    """As many as there are headings, without outer space; "" where a cell is empty. Dates as YYYY-MM-DD where the file
    holds them as dates, else as they were written."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was read. Nothing is kept of it but what is here."""

    form: FileForm
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """Sentences for the supplier: what was unusual, and did no harm."""
    school: str | None = None
    """The seven digits of the school that a Common Transfer File says it comes from."""


class Unreadable(Exception):
    """The file cannot be taken. The text is a sentence for the supplier: what it is, and what to send instead."""
