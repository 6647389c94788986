"""XLSX and ODS. They are packed and intricate, so a process of its own reads them, which can do nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import IO, Any

import cp
from cp.feeds.cells import Cells
from cp.feeds.recognising import DOCUMENT, PACKED, PASSWORD
from cp.feeds.sheet import LONGEST_CELL, MOST_COLUMNS, Sheet, Unreadable
from cp.feeds.table import Raw, table
from cp.terms import FileForm

MOST_SECONDS = 120
DAMAGED = "The spreadsheet is damaged, or cut short. Save it again and send it"
TOO_MUCH = "The spreadsheet is too large to read, or damaged. Save it as CSV and send that"
REFUSED = {
    "password": PASSWORD,
    "macros": "The spreadsheet has macros. Save it as XLSX without macros and send it again",
    "binary": "That is a spreadsheet of another kind (XLSB). Save it as XLSX or CSV, and send that",
    "document": DOCUMENT,
    "packed": PACKED,
    "damaged": DAMAGED,
    "too much": TOO_MUCH,
}
"""What the other process says of a file that it does not take, and the sentence for it."""

_LONGEST_LINE = (MOST_COLUMNS + 1) * (LONGEST_CELL + 1) * 6
_PASSED_ON = ("LD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT")
"""All of the environment that the process is given: what Python may need to start, and no secret of ours."""


def read_workbook(data: bytes) -> Sheet:
    """The first visible sheet that has rows.

    The file goes to the other process and its rows come back through pipes. Unreadable if it refuses, misbehaves, needs
    more memory than it is allowed or more than MOST_SECONDS. It is started afresh and not forked, so the threads and
    connections of a server are not in it.
    """
    with _alone() as process:
        with suppress(BrokenPipeError):  # it has stopped already; what it said tells why
            process.stdin.write(data)
        with suppress(BrokenPipeError):
            process.stdin.close()
        return sheet_of(process.stdout)


def sheet_of(answer: IO[bytes]) -> Sheet:
    """The Sheet that the process says. Unreadable if it refuses, or if what it says is not whole."""
    lines = _lines(answer)
    head = next(lines)
    if not isinstance(head, dict):
        raise Unreadable(TOO_MUCH)
    if "refused" in head:
        raise Unreadable(REFUSED.get(str(head["refused"]), TOO_MUCH))
    return table(FileForm(head["form"]), _rows(lines), _notes(head))


@contextmanager
def _alone() -> Iterator[Any]:
    """The process, which is ended in any case."""
    process: Any = subprocess.Popen(  # of any type, for its pipes are there: they are asked for
        [sys.executable, "-s", "-m", "cp.feeds.workbook_alone"],
        cwd=Path(cp.__file__).parent.parent,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    watch = Timer(MOST_SECONDS, process.kill)
    watch.start()
    try:
        yield process
    finally:
        watch.cancel()
        process.kill()
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.wait()


def _lines(answer: IO[bytes]) -> Iterator[Any]:
    """What the process says, line by line until it says that this was all."""
    while line := answer.readline(_LONGEST_LINE):
        try:
            said = json.loads(line)
        except ValueError as error:
            raise Unreadable(TOO_MUCH) from error
        if said == "end":
            return
        yield said
    raise Unreadable(TOO_MUCH)


def _rows(lines: Iterator[Any]) -> Iterator[Raw]:
    for number, cells in lines:
        yield Raw(number, cells)


def _notes(head: dict[str, Any]) -> list[str]:
    return [f"Only the sheet “{Cells().plain(head['sheet'])}” was read."] if head["sheets"] > 1 else []
