"""Spreadsheets, and the process that reads them."""

import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO

import pytest

from cp.feeds import workbook, workbook_alone
from cp.feeds.archive import Refused, form_of
from cp.feeds.reading import read
from cp.feeds.sheet import Row, Unreadable
from cp.terms import FileForm
from tests.feeds.files import HEADINGS, PELL, QUIST, cell, in_sheet, ods, ods_content, sheet, xlsx
from tools.steps import ROOT

BOTH = (Row(2, PELL), Row(3, QUIST))


@pytest.mark.parametrize(
    ("data", "form"),
    [pytest.param(xlsx(), FileForm.XLSX, id="XLSX"), pytest.param(ods(), FileForm.ODS, id="ODS")],
)
def test_a_spreadsheet_reads_like_the_same_text(data: bytes, form: FileForm) -> None:
    sheet = read(data, f"pupils.{form}")

    assert (sheet.form, sheet.headings, sheet.rows, sheet.notes) == (form, HEADINGS, BOTH, ())


def test_dates_numbers_and_truths_come_as_a_person_would_write_them() -> None:
    row = (
        "<row><c s='1'><v>42064</v></c><c s='1'><v>42064.5</v></c><c><v>9434765919</v></c><c><v>1.5</v></c>"
        f"<c t='b'><v>1</v></c>{cell(' x ')}<c t='str'><f>1+1</f><v>2</v></c></row>"
    )
    data = xlsx({"Pupils": in_sheet(f"<row>{cell('A') * 7}</row>{row}")})

    sheet = read(data, "pupils.xlsx")

    assert sheet.rows == (Row(2, ("2015-03-01", "2015-03-01 12:00:00", "9434765919", "1.5", "TRUE", "x", "2")),)


def test_blank_rows_and_columns_count_as_the_program_shows_them() -> None:
    data = xlsx({"Pupils": sheet([["", "", ""], ["", *HEADINGS], ["", "", ""], ["", *PELL]])})

    found = read(data, "pupils.xlsx")

    assert (found.headings, found.rows) == (("", *HEADINGS), (Row(4, ("", *PELL)),))


def test_cells_stand_where_their_references_say() -> None:
    rows = (
        f'<row r="4">{cell("A", "C4")}{cell("B", "D4")}</row><row r="6"><c r="C6"><v>0</v></c></row>'
        f'<row r="7">{cell("1", "C7")}{cell("2", "D7")}</row>'
    )

    found = read(xlsx({"Pupils": in_sheet(rows)}), "pupils.xlsx")

    assert (found.headings, found.rows) == (("A", "B"), (Row(6, ("0", "")), Row(7, ("1", "2"))))


def test_an_ods_may_leave_out_blank_rows_and_break_lines_in_a_cell() -> None:
    blank = '<table:table-row table:number-rows-repeated="{0}"><table:table-cell table:number-columns-repeated="{1}"/>'
    row = (
        '<table:table-row><table:table-cell office:value-type="date" office:date-value="2015-03-01"/>'
        '<table:table-cell office:value-type="string"><text:p>a</text:p><text:p>b</text:p></table:table-cell>'
    )
    more = "".join(f"{one}</table:table-row>" for one in (blank.format(2, 1), row, blank.format(1_048_570, 16_384)))

    found = read(ods(ods_content([["A", "B"]], more)), "pupils.ods")

    assert found.rows == (Row(4, ("2015-03-01", "a\nb")),)


def test_the_first_sheet_that_shows_and_has_rows_is_read() -> None:
    data = xlsx(
        {"Old!": sheet([HEADINGS, QUIST]), "Notes": sheet([]), "Class 1": sheet([HEADINGS, PELL]), "2": sheet()}
    )

    found = read(data, "pupils.xlsx")

    assert (found.rows, found.notes) == ((Row(2, PELL),), ("Only the sheet “Class 1” was read.",))


def test_rows_repeated_by_an_ods_come_as_many_times() -> None:
    more = '<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="string">' + (
        "<text:p>Zed</text:p></table:table-cell></table:table-row>"
    )

    found = read(ods(ods_content(more=more)), "pupils.ods")

    assert found.rows == (*BOTH, *(Row(number, ("Zed", "", "")) for number in (4, 5, 6)))


ASKED = {
    "a file to read": "open('/dev/zero')",
    "a file to write": "open('/tmp/contactpoint-must-not-be', 'w')",
    "a socket": "import socket; socket.socket()",
    "a program": "print('refused' if os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)[1] else 'run')",
    "much memory": "bytes(2_000_000_000)",
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED.keys())
def test_the_process_that_reads_is_given_nothing(asked: str) -> None:
    program = (
        "import socket, os; from cp.feeds import workbook_alone; workbook_alone.confine()\n"
        f"try: {asked}\nexcept (OSError, MemoryError): print('refused')"
    )

    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert said.stdout == "refused\n"


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_SECONDS", 0.01)

    with pytest.raises(Unreadable, match="too large to read, or damaged"):
        read(xlsx(), "pupils.xlsx")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{",
        b"[]\n",
        b'{"form":"xlsx","sheet":"P","sheets":1}\n[1,["A","B"]]\n[2,["a","b"]]\n',
        b'{"refused":"?"}\n',
    ],
    ids=["nothing", "half a line", "no head", "no end", "an unknown word"],
)
def test_an_answer_that_is_not_whole_is_no_sheet(said: bytes) -> None:
    with pytest.raises(Unreadable, match="too large to read, or damaged"):
        workbook.sheet_of(BytesIO(said))


def test_every_word_with_which_a_file_is_refused_has_its_sentence() -> None:
    words = {"password", "macros", "binary", "document", "packed", "damaged", "too much"}

    assert set(workbook.REFUSED) == words


def test_what_is_read_alone_is_said_line_by_line() -> None:
    said: Iterator[object] = workbook_alone.answer(xlsx())

    assert list(said) == [
        {"form": FileForm.XLSX, "sheet": "Pupils", "sheets": 1},
        (1, list(HEADINGS)),
        (2, list(PELL)),
        (3, list(QUIST)),
        "end",
    ]


def test_a_damaged_zip_is_refused_before_anything_is_unpacked() -> None:
    with pytest.raises(Refused, match="damaged"):
        form_of(xlsx()[:-30])
