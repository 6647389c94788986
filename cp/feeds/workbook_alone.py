"""The program that reads a spreadsheet by itself: the file on its standard input, rows on its standard output.

Each line is JSON: first what was read, or `{"refused": …}` with a word of `cp.feeds.workbook.REFUSED`; then the number
and the texts of each row that has any; last "end". Before it looks at the file it gives up memory, files, sockets and
time.
"""

import codecs
import datetime
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from cp.feeds.archive import Refused, form_of
from cp.feeds.sheet import LONGEST_CELL, MOST_COLUMNS

MOST_MEMORY = 1536 * 1024 * 1024
"""Bytes of address space."""
MOST_CPU = 60
"""Seconds of work."""


def confine() -> None:
    """From here on this process opens no file and no socket, starts nothing, and writes only to what it has open."""
    try:
        import resource
    except ImportError:  # Windows, where only the time is limited
        return
    codecs.lookup("cp437")  # old names in a zip are in it, and no module can be loaded afterwards
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: MOST_CPU,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for limit, most in limits.items():
        with suppress(ValueError, OSError):  # a platform that does not know one of them
            resource.setrlimit(limit, (most, most))


def answer(data: bytes) -> Iterator[Any]:
    """What is said of a file, an item a line."""
    try:
        form = form_of(data)
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        name, sheet = _first_with_rows(book)
    except Refused as refused:
        yield {"refused": str(refused)}
        return
    except PasswordError:
        yield {"refused": "password"}
        return
    except CalamineError:
        yield {"refused": "damaged"}
        return
    yield {"form": form, "sheet": name[:LONGEST_CELL], "sheets": len(book.sheet_names)}
    most = LONGEST_CELL + 1
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if row.count("") < len(row):
            yield number, [(cell if type(cell) is str else _text(cell))[:most] for cell in row[: MOST_COLUMNS + 1]]
    yield "end"


def _first_with_rows(book: CalamineWorkbook) -> tuple[str, CalamineSheet]:
    """The first sheet if none has any."""
    seen = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible] or book.sheet_names
    for name in seen:
        sheet = book.get_sheet_by_name(name)
        if sheet.height:
            return name, sheet
    if not seen:
        raise Refused("damaged")
    return seen[0], book.get_sheet_by_name(seen[0])


def _text(cell: object) -> str:
    """A cell as a person would write it: dates as YYYY-MM-DD, whole numbers without a point."""
    match cell:
        case bool():
            return str(cell).upper()
        case float():
            return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
        case datetime.datetime():
            return cell.isoformat(" ") if cell.time() != datetime.time() else cell.date().isoformat()
        case datetime.date() | datetime.time():
            return cell.isoformat()
    return str(cell)


def say(data: bytes, said: IO[bytes]) -> None:
    """The answer in the lines that the other side reads."""
    for item in answer(data):
        said.write(json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")
    said.flush()


if __name__ == "__main__":
    confine()
    say(sys.stdin.buffer.read(), sys.stdout.buffer)
