"""A messy file of a thousand pupils: every mistake is found where it is, and nothing that is right is called wrong."""

import csv
import io
from datetime import date
from itertools import islice

import pytest

from bench.census import children
from bench.messy import COLUMNS, OF_EACH_KIND, Messy, messy
from bench.population import generate
from bench.shapes import Child
from cp.feeds.checking import check
from cp.feeds.columns import Meant, guess, headings_of, keep, problems_of_mapping
from cp.feeds.fixing import fix_list, taken_back
from cp.feeds.headings import never_held
from cp.feeds.sheet import Row, Sheet
from cp.feeds.supplied import Checked, Context
from cp.feeds.whole_file import file_problems
from cp.terms import Column, Fault, FileForm, Gender, SourceKind

TODAY = date(2026, 11, 22)
PUPILS = 1000
CONTEXT = Context(TODAY, SourceKind.SCHOOL)


@pytest.fixture(scope="module")
def pupils() -> list[Child]:
    """No two of one name and birth date: of those a school has to say that they are two."""
    known = children(generate(1800, 1, TODAY))
    at_school = (child for child in known if any(one.kind == "school" for one in child.said))
    apart = {(child.given_names, child.family_name, child.born_on): child for child in at_school}
    return list(islice(apart.values(), PUPILS))


@pytest.fixture(scope="module")
def file(pupils: list[Child]) -> Messy:
    return messy(pupils, 1)


@pytest.fixture(scope="module")
def sheet(file: Messy) -> Sheet:
    return read(file.data)


@pytest.fixture(scope="module")
def meant(sheet: Sheet) -> tuple[Meant, ...]:
    return guess(sheet.headings, [row.cells for row in sheet.rows])


@pytest.fixture(scope="module")
def found(sheet: Sheet, meant: tuple[Meant, ...]) -> list[Checked]:
    return check(keep(sheet, meant), headings_of(meant), CONTEXT)


def read(data: bytes) -> Sheet:
    headings, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    rows = (Row(at, tuple(cell.strip() for cell in line)) for at, line in enumerate(lines, 2))
    return Sheet(FileForm.CSV, tuple(headings), tuple(rows))


def test_every_column_is_guessed_right_and_what_may_not_be_held_is_left_out(meant: tuple[Meant, ...]) -> None:
    assert [(one.heading, one.column) for one in meant] == list(COLUMNS)
    assert [one.heading for one in meant if one.never] == [
        "Ethnicity", "SEN Status", "FSM", "Photo", "Medical Notes", "First Language", "Attendance %", "KS2 Results",
        "Comments",
    ]  # fmt: skip
    assert problems_of_mapping(meant) == []


def test_every_mistake_is_found_in_its_row_and_its_column(
    file: Messy, meant: tuple[Meant, ...], found: list[Checked]
) -> None:
    headings: dict[Column | None, str] = {None: "All"}
    headings |= {one.column: one.heading for one in meant if one.column}

    seen = {(problem.number, problem.fault, problem.heading) for one in found for problem in one.problems}

    assert len(found) == PUPILS + 2 * OF_EACH_KIND
    assert len({one.kind for one in file.planted}) >= 25
    assert [one for one in file.planted if (one.row, one.fault, headings[one.column]) not in seen] == []


def test_nothing_that_is_right_is_called_wrong(file: Messy, found: list[Checked]) -> None:
    spoilt = {one.row for one in file.planted}
    wrong = {one.row for one in file.planted if one.fault is Fault.WRONG}

    assert [one for one in found if one.number not in spoilt and not one.said] == []
    assert [one.number for one in found if Fault.WRONG in {problem.fault for problem in one.problems}] == sorted(wrong)


def test_few_of_the_other_rows_are_to_be_looked_at(file: Messy, found: list[Checked]) -> None:
    spoilt = {one.row for one in file.planted}

    others = [one for one in found if one.number not in spoilt]
    assert len(others) > PUPILS * 0.8
    asked = [problem.sentence for one in others for problem in one.problems]
    assert len(asked) <= len(others) * 0.02, asked


def test_an_untidy_row_says_what_a_tidy_one_says(pupils: list[Child], file: Messy, found: list[Checked]) -> None:
    spoilt = {one.row for one in file.planted}

    compared = [
        (child, one.said) for child, one in zip(pupils, found, strict=False) if one.number not in spoilt and one.said
    ]
    told_apart = [
        (child.key, said)
        for child, said in compared
        if (child.born_on, child.gender) != (said.born_on, said.gender or Gender.NOT_SPECIFIED)
        or f"{child.given_names} {child.family_name}".upper() != f"{said.given_names} {said.family_name}".upper()
        or [carer.name for carer in child.carers[:2]] != [carer.name for carer in said.carers]
    ]
    assert told_apart == []


def test_the_file_as_a_whole_is_usual(sheet: Sheet, meant: tuple[Meant, ...], found: list[Checked]) -> None:
    assert file_problems(keep(sheet, meant), found, headings_of(meant), CONTEXT) == ()


def test_the_fix_list_can_be_sent_back_as_it_is(sheet: Sheet, meant: tuple[Meant, ...], found: list[Checked]) -> None:
    kept, headings = keep(sheet, meant), headings_of(meant)

    again = taken_back(read(fix_list(kept, found, headings)))
    meant_again = guess(again.headings, [row.cells for row in again.rows])

    to_do = {one.number for one in found if one.problems}
    assert headings_of(meant_again) == headings
    assert [cells for _, cells in keep(again, meant_again)] == [cells for number, cells in kept if number in to_do]


def test_the_same_children_and_seed_make_the_same_file(pupils: list[Child], file: Messy) -> None:
    assert messy(pupils, 1) == file
    assert messy(pupils, 2).data != file.data


def test_a_few_pupils_are_too_few(pupils: list[Child]) -> None:
    with pytest.raises(ValueError, match="149 pupils are too few"):
        messy(pupils[:149], 1)


def test_what_may_not_be_held_is_in_the_file() -> None:
    assert len([heading for heading, column in COLUMNS if column is None and never_held(heading)]) == 9
    assert OF_EACH_KIND >= 2
