"""The list of rows to put right: safe to open, and to be sent back as it is."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cp.feeds.checking import check
from cp.feeds.columns import guess, headings_of, keep
from cp.feeds.fixing import FRONT, fix_list, taken_back
from cp.feeds.headings import meaning_of
from cp.feeds.sheet import Row, Sheet
from cp.feeds.supplied import Checked, Problem
from cp.services.supply.receiving import KNOWN
from cp.terms import Column, Fault, FileForm
from tests.feeds.rows import context
from tests.scale import scaled

C = Column
HEADINGS = ("Adno", "Legal Surname", "Ethnicity", "Forename", "DOB", "Mother's Mobile")
FORMULAS = [
    "=1+1", "+44 161 496 0001", "-", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "\0=1+1", "   =1+1", "\u00a0=1+1",
    "＝1+1", "'=1+1", "''  @A1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.test")',
]  # fmt: skip


def opened(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_sheet(data: bytes) -> Sheet:
    headings, *lines = opened(data)
    return Sheet(FileForm.CSV, tuple(headings), tuple(Row(at, tuple(line)) for at, line in enumerate(lines, 2)))


def problem(saw: str = "is empty") -> Problem:
    return Problem(Fault.WRONG, 2, "DOB", f"Row 2: date of birth {saw}", "Add the date of birth", saw)


def test_the_list_has_the_rows_with_a_problem_in_the_suppliers_own_columns() -> None:
    rows = (
        Row(2, ("1", "Ash", "White", "Sam", "31/02/2016", "0161 496 0001")),
        Row(3, ("2", "Bell", "White", "Ana", "02/05/2015", "")),
        Row(4, ("3", "Cole", "White", "", "", "+44 161 496 0002")),
    )
    sheet = Sheet(FileForm.CSV, HEADINGS, rows)
    meant = guess(HEADINGS, [row.cells for row in rows])
    kept, headings = keep(sheet, meant), headings_of(meant)

    data = fix_list(kept, check(kept, headings, context()), headings)

    assert data.startswith(b"\xef\xbb\xbfRow,What to put right,Adno,")
    assert opened(data) == [
        ["Row", "What to put right", "Adno", "Legal Surname", "Forename", "DOB", "Mother's Mobile"],
        [
            "2",
            "Date of birth 31/02/2016 is not a date: February 2016 had 29 days. Check the date.",
            "1", "Ash", "Sam", "31/02/2016", "0161 496 0001",
        ],
        [
            "4",
            "Given name is empty. Add the given name, or leave it if the pupil has only one name. "
            "Date of birth is empty. Add the date of birth.",
            "3", "Cole", "", "", "'+44 161 496 0002",
        ],
    ]  # fmt: skip


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_is_a_formula_and_what_comes_back_is_what_was_sent(cell: str) -> None:
    data = fix_list([(2, {C.TOWN: cell})], [Checked(2, None, None, (problem(),))], {C.TOWN: cell})

    assert [text for line in opened(data) for text in line if begins_a_formula(text)] == []
    back = taken_back(as_sheet(data))
    assert (back.headings, [row.cells for row in back.rows]) == ((cell,), [(cell,)])


def test_not_even_what_we_say_is_a_formula() -> None:
    at_odds = Problem(Fault.WRONG, None, "All", "=1+1", "=2", "=1+1")

    data = fix_list([(2, {C.TOWN: "x"})], [Checked(2, None, None, (at_odds,))], {C.TOWN: "Town"})

    assert opened(data)[1] == ["2", "'=1+1. =2.", "x"]


@settings(max_examples=scaled(200, 20_000), deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_cells_come_back_as_they_were(cells: list[str]) -> None:
    columns = list(Column)[: len(cells)]
    kept = dict(zip(columns, cells, strict=True))
    headings = {column: column.title() for column in columns}

    data = fix_list([(2, kept)], [Checked(2, None, None, (problem(),))], headings)

    assert [text for line in opened(data) for text in line if begins_a_formula(text)] == []
    assert [row.cells for row in taken_back(as_sheet(data)).rows] == [tuple(cells)]


def test_a_file_that_is_no_list_of_ours_is_taken_as_it_is() -> None:
    sheet = Sheet(FileForm.CSV, ("Row", "Town"), (Row(2, ("'=1+1", "'t Veld")),))

    assert taken_back(sheet) == sheet


@pytest.mark.parametrize("column", Column)
def test_a_column_without_a_heading_is_known_when_the_list_comes_back(column: Column) -> None:
    data = fix_list([(2, {column: "x"})], [Checked(2, None, None, (problem(),))], {column: ""})

    (heading,) = taken_back(as_sheet(data)).headings
    known = meaning_of(heading)
    assert known is not None
    assert known.column is column


@pytest.mark.parametrize("form", KNOWN)
def test_the_columns_of_what_was_no_spreadsheet_are_known_when_the_list_comes_back(form: FileForm) -> None:
    known = KNOWN[form]

    assert {one.heading: one.column for one in guess(tuple(known), [])} == known


def test_an_apostrophe_of_a_name_stays() -> None:
    sheet = Sheet(FileForm.CSV, (*FRONT, "Surname"), (Row(2, ("9", "Check it", "'t Veld")),))

    assert taken_back(sheet).rows == (Row(2, ("'t Veld",)),)


def begins_a_formula(cell: str) -> bool:
    """Said in another way than the code says it: the first sign that can be seen, and the signs that cannot."""
    return cell[:1] in tuple("\t\r\n\0") or cell.strip()[:1] in tuple("=+-@＝＋－＠")
