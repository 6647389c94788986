"""The list of rows to put right, in the supplier's own columns: theirs to correct and to send back as it is."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cp.feeds.headings import folded
from cp.feeds.sheet import Row, Sheet
from cp.feeds.supplied import Checked
from cp.terms import Column

FRONT = ("Row", "What to put right")
NOT_WHOLE = "This is a list of rows to put right: whoever is not in it stays as they are."

_FORMULA = re.compile("'*\\s*[=+\\-@\\t\\r\\n\\0\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet may take for a formula. The wide signs count as the plain ones in some of them.
Apostrophes before it are part of it, so that what was guarded can be told from what was written so.
"""


def fix_list(
    rows: Iterable[tuple[int, Mapping[Column, str]]], checked: Iterable[Checked], headings: Mapping[Column, str]
) -> bytes:
    """The rows that have a problem, as CSV in UTF-8 with its mark, which every spreadsheet program opens.

    `rows` are those that were checked, `headings` the supplier's own in their order. Two columns stand in front: the
    row's number in their file, and all that is to be put right in it. A cell that a spreadsheet would take for a
    formula has an apostrophe before it. What was left out of the file is not in the list either. A column without a
    heading gets one, by which it is known when the list comes back.
    """
    named = [heading or column.replace("_", " ") for column, heading in headings.items()]
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow([*FRONT, *map(_guarded, named)])
    to_do = {one.number: _told(one) for one in checked if one.problems}
    for number, cells in rows:
        if number in to_do:
            own = [cells.get(column, "") for column in headings]
            lines.writerow([number, *map(_guarded, [to_do[number], *own])])
    return text.getvalue().encode("utf-8-sig")


def comes_back(sheet: Sheet) -> bool:
    """Whether it is a list that was made here. It lists whoever had a problem: nobody is missing from it."""
    return tuple(map(folded, sheet.headings[:2])) == tuple(map(folded, FRONT))


def taken_back(sheet: Sheet) -> Sheet:
    """A corrected list without our two columns and apostrophes; any other sheet as it is."""
    if not comes_back(sheet):
        return sheet
    rows = tuple(Row(row.number, _unguarded(row.cells[2:])) for row in sheet.rows)
    return replace(sheet, headings=_unguarded(sheet.headings[2:]), rows=rows, notes=(*sheet.notes, NOT_WHOLE))


def _told(one: Checked) -> str:
    """What was seen and what to do, of every problem; without the number, which stands beside it."""
    start = f"Row {one.number}: "
    found = (problem.sentence.removeprefix(start) for problem in one.problems)
    return " ".join(
        f"{said[:1].upper()}{said[1:]}. {problem.do}."
        for said, problem in zip(found, one.problems, strict=True)
    )  # fmt: skip


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell for cell in cells)
