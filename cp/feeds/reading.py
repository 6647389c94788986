"""A supplier's file, whatever it is, read into a Sheet."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from cp.feeds.csv_file import read_csv
from cp.feeds.ctf import read_ctf
from cp.feeds.recognising import is_xml, is_zip, refuse_what_is_none
from cp.feeds.sheet import MOST_BYTES, Sheet, Unreadable
from cp.feeds.workbook import read_workbook
from cp.terms import FileForm

_NAMED = {
    ".csv": FileForm.CSV,
    ".xlsx": FileForm.XLSX,
    ".ods": FileForm.ODS,
    ".xml": FileForm.CTF,
}


def read(data: bytes, name: str) -> Sheet:
    """The rows of a file. What it is shows in its bytes; `name` only tells when it says something else.

    Unreadable with a sentence for the supplier if it cannot be taken. No other exception comes out, nothing is written
    to a disk, and what ContactPoint must never hold of a Common Transfer File is not in the Sheet.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(
            f"The file has more than {MOST_BYTES >> 20} MB. Send it in two parts, or without the columns not needed"
        )
    refuse_what_is_none(data)
    sheet = _reader(data)(data)
    named = _NAMED.get(PurePath(name).suffix.lower())
    if named in {None, sheet.form}:
        return sheet
    return replace(
        sheet, notes=(*sheet.notes, f"The file is named like {_SAID[named]}, but it is {_SAID[sheet.form]}.")
    )


def _reader(data: bytes) -> Callable[[bytes], Sheet]:
    if is_zip(data):
        return read_workbook
    return read_ctf if is_xml(data) else read_csv


_SAID = {
    FileForm.CSV: "a CSV file",
    FileForm.XLSX: "an XLSX spreadsheet",
    FileForm.ODS: "an ODS spreadsheet",
    FileForm.CTF: "a Common Transfer File",
}
