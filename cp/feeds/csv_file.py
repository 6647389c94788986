"""CSV: text with a separator, in all the ways in which schools' systems and spreadsheet programs write it."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper
from itertools import islice

from cp.feeds.encodings import OLD_LETTERS, encoding_of
from cp.feeds.sheet import LONGEST_CELL, MOST_COLUMNS, Sheet, Unreadable
from cp.feeds.table import Raw, table
from cp.terms import FileForm

LONGEST_LINE = MOST_COLUMNS * LONGEST_CELL
MOST_LINES_OF_ROW = 1_000
_DELIMITERS = ",;\t|"
_SAYS_SEPARATOR = re.compile('"?sep=(.)"?\r?\n?', re.IGNORECASE)
_SAMPLE = 1 << 16
_SAMPLE_ROWS = 20


def read_csv(data: bytes) -> Sheet:
    """The rows of a text file, numbered as a spreadsheet program shows them: one for a row, however many lines it has.

    A quotation mark inside a cell makes its row one that cannot be read; one that is never closed would swallow the
    pupils after it, so the file is Unreadable.
    """
    encoding = encoding_of(data)
    with TextIOWrapper(BytesIO(data), encoding, newline="") as text:
        sample = text.read(_SAMPLE)
        said = _SAYS_SEPARATOR.match(sample)
        delimiter = said[1] if said and said[1] in _DELIMITERS else _delimiter(sample)
        text.seek(0)
        lines = _Lines(text)
        if said:
            next(lines)  # an instruction to the program, which shows no row for it
        return table(FileForm.CSV, _records(lines, delimiter), [OLD_LETTERS] if encoding == "cp1252" else [])


def _delimiter(sample: str) -> str:
    """The one by which most rows come apart into as many cells as each other, and into most cells."""
    return max(_DELIMITERS, key=lambda one: _even(sample, one))


def _even(sample: str, delimiter: str) -> int:
    try:
        rows = list(islice(csv.reader(StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS))
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max((width * count for width, count in widths.items()), default=0)


class _Lines:
    """The lines of a text, none of them endless, and how many were taken for the row at hand."""

    def __init__(self, text: TextIOWrapper) -> None:
        self.text = text
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.taken += 1
        line = self.text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == LONGEST_LINE or self.taken > MOST_LINES_OF_ROW:
            raise csv.Error("endless")
        return line


def _records(lines: _Lines, delimiter: str) -> Iterator[Raw]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    number = 0
    while True:
        number += 1
        lines.taken = 0
        try:
            yield Raw(number, next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            if lines.taken > 1 or "expected after" not in str(error):
                raise Unreadable(
                    f"Row {number} has no end. Look there for a quotation mark that is opened and never closed"
                ) from error
            yield Raw(number, None)
