"""Text files: how they are written, where the headings are, which rows come out and what is said of the rest."""

import csv
from io import StringIO
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp.feeds.reading import read
from cp.feeds.sheet import LONGEST_CELL, Row, Unreadable
from cp.terms import FileForm
from tests.feeds.files import HEADINGS, PELL, PUPILS, QUIST, text

BOTH = (Row(2, PELL), Row(3, QUIST))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", list(",;\t|"))
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["CRLF", "LF", "CR"])
def test_a_file_reads_the_same_however_it_is_written(encoding: str, separator: str, end: str) -> None:
    data = text(separator=separator, end=end).encode(encoding)

    sheet = read(data, "pupils.csv")

    assert (sheet.form, sheet.headings, sheet.rows, sheet.notes, sheet.school) == (
        FileForm.CSV,
        HEADINGS,
        BOTH,
        (),
        None,
    )


def test_letters_of_windows_come_out_right_and_are_to_be_looked_at() -> None:
    data = text([HEADINGS, ("O’Pell", "Zoë", "2015-03-01")]).encode("cp1252")

    sheet = read(data, "pupils.csv")

    assert sheet.rows == (Row(2, ("O’Pell", "Zoë", "2015-03-01")),)
    assert sheet.notes == (
        "The file does not say how its letters are written. Look whether names with accents came out right.",
    )


def test_rows_are_numbered_as_a_spreadsheet_program_shows_them() -> None:
    data = (
        b'sep=;\r\nPupils;;\r\n\r\nSurname;Forename;DOB\r\nPell;"Ada\r\nMay";2015-03-01\r\n\r\nQuist;Ben;2016-11-30\r\n'
    )

    sheet = read(data, "pupils.csv")

    assert sheet.rows == (Row(4, ("Pell", "Ada\nMay", "2015-03-01")), Row(6, QUIST))
    assert sheet.notes == ("1 row was stepped over above the headings.",)


def test_titles_above_the_headings_are_stepped_over_and_headings_that_come_again() -> None:
    wide, pell = (*HEADINGS, "UPN"), (*PELL, "A999000115001")
    data = text([("School",), ("Printed", "1 May"), wide, pell, wide, pell]).encode()

    sheet = read(data, "pupils.csv")

    assert (sheet.headings, sheet.rows) == (wide, (Row(4, pell), Row(6, pell)))
    assert sheet.notes == (
        "2 rows were stepped over above the headings.",
        "The headings came again further down, and were stepped over there.",
    )


def test_a_short_row_is_filled_and_a_row_that_is_too_long_comes_out_empty_with_its_number() -> None:
    rows = [HEADINGS, ("Pell",), (*QUIST, "more"), PELL, (*PELL, "", "")]

    sheet = read(text(rows).encode(), "pupils.csv")

    assert sheet.rows == (Row(2, ("Pell", "", "")), Row(3, ("", "", "")), Row(4, PELL), Row(5, PELL))
    assert sheet.notes == ("Row 3 cannot be read: more cells than headings, or a stray quotation mark.",)


def test_a_stray_quotation_mark_spoils_its_own_row_and_no_other() -> None:
    data = text().replace("Ada", '"Ada" May').encode()

    sheet = read(data, "pupils.csv")

    assert sheet.rows == (Row(2, ("", "", "")), Row(3, QUIST))


def test_many_rows_that_cannot_be_read_are_named_only_in_part() -> None:
    rows = [HEADINGS, *[PELL] * 14, *[(*QUIST, "more")] * 12]

    sheet = read(text(rows).encode(), "pupils.csv")

    assert sheet.notes == (
        "Rows 16, 17, 18, 19, 20, 21, 22, 23, 24, 25 and 2 more cannot be read: more cells than headings, or a stray "
        "quotation mark.",
    )


def test_cells_without_a_heading_are_left_out() -> None:
    rows = [(*HEADINGS, "", ""), (*PELL, "a remark", ""), (*QUIST, "", "")]

    sheet = read(text(rows).encode(), "pupils.csv")

    assert (sheet.headings, sheet.rows) == (HEADINGS, BOTH)
    assert sheet.notes == ("Cells to the right of the last heading were left out.",)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        pytest.param("  Ada\u00a0 ", "Ada", id="outer space"),
        pytest.param("Zoe\u0308", "Zoë", id="normal form"),
        pytest.param("A\tB", "A B", id="a tab"),
        pytest.param("A\vB\u2028C\x85D", "A\nB\nC\nD", id="breaks of line"),
        pytest.param("Ne\u0301e 1st", "Née 1st", id="an accent of its own"),
        pytest.param("عل\u200cی", "عل\u200cی", id="a joiner that belongs to the name"),
    ],
)
def test_a_cell_is_made_plain(written: str, plain: str) -> None:
    data = text([HEADINGS, ("Pell", written, "2015-03-01")], separator=";").encode()

    sheet = read(data, "pupils.csv")

    assert (sheet.rows, sheet.notes) == ((Row(2, ("Pell", plain, "2015-03-01")),), ())


@pytest.mark.parametrize("unseen", list("\x07\u00ad\u061c\u200b\u200e\u202e\u2066\ufeff\U000e0041"))
def test_a_character_that_nobody_can_see_is_taken_out_and_said(unseen: str) -> None:
    data = text([*PUPILS, ("Pell", f"A{unseen}da", "2015-03-01")]).encode()

    sheet = read(data, "pupils.csv")

    assert sheet.rows == (*BOTH, Row(4, PELL))
    assert sheet.notes == ("Characters that cannot be seen were taken out.",)


def test_a_cell_is_emptied_when_it_is_longer_than_anything_that_is_kept() -> None:
    data = text([HEADINGS, ("Pell", "A" * LONGEST_CELL, "x"), ("Quist", "A" * (LONGEST_CELL + 1), "x")]).encode()

    sheet = read(data, "pupils.csv")

    assert sheet.rows == (Row(2, ("Pell", "A" * LONGEST_CELL, "x")), Row(3, ("Quist", "", "x")))
    assert sheet.notes == ("Cells of more than 2,000 characters were left out.",)


def test_a_name_that_says_another_kind_of_file_is_noted_and_the_bytes_are_believed() -> None:
    sheet = read(text().encode(), "Pupils 2026.XLSX")

    assert (sheet.form, sheet.rows) == (FileForm.CSV, BOTH)
    assert sheet.notes == ("The file is named like an XLSX spreadsheet, but it is a CSV file.",)


def test_a_quotation_mark_that_is_never_closed_loses_no_pupil_quietly() -> None:
    data = text([HEADINGS, PELL, ('"Quist', "Ben", "x"), PELL]).encode()

    with pytest.raises(Unreadable, match="Row 3 has no end"):
        read(data, "pupils.csv")


def test_a_quotation_mark_that_is_closed_in_another_row_loses_no_pupil_quietly() -> None:
    data = text([HEADINGS, ('"Quist', "Ben", "x"), ("Pell", '"Ada"', "y"), PELL]).encode()

    with pytest.raises(Unreadable, match="Row 2 has no end"):
        read(data, "pupils.csv")


cells = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_whatever_a_program_writes_is_read_as_many_rows(rows: list[tuple[str, ...]], separator: str) -> None:
    written = StringIO()
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([HEADINGS, *rows])

    sheet = read(written.getvalue().encode(), "pupils.csv")

    assert [row.cells for row in sheet.rows] == [tuple(normalize("NFC", cell) for cell in row) for row in rows]
