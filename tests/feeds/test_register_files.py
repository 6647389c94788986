"""The files of registers, as they read: what a row states, what is wrong with it, and what is no such file."""

from dataclasses import astuple
from datetime import date

import pytest

from cp.feeds.registers import Establishment, Link, Practice, Problem, Register, links, practices, schools
from cp.feeds.sheet import Unreadable
from cp.terms import OrganisationKind, Region, SchoolType
from tests.build_registers import LINK_HEADINGS, SCHOOL, closed, extract, link_file, practice, school, written

HERE = {"999"}
ALDER = Establishment(
    urn="900101", authority="999", dfe_number="9992101", name="Alder Lane Primary School",
    kind=OrganisationKind.PRIMARY_SCHOOL, phone="+441614960120", standing="open", opened_on=date(1998, 9, 1),
    closed_on=None, school_type=SchoolType.MAINTAINED, boards=False, pupils=211, head_name="Mrs Greta Holm",
    address="Alder Lane\nHollin Bank\nNorthvale", postcode="ZA4 7QD", region=Region.NORTH_WEST,
)  # fmt: skip


def test_a_school_is_read_whole() -> None:
    assert schools(extract(school()), HERE) == Register((ALDER,))


def test_one_open_for_a_day_is_read() -> None:
    (read,) = schools(extract(closed("900101", "01-09-1998")), HERE).rows

    assert (read.opened_on, read.closed_on, read.standing) == (date(1998, 9, 1), date(1998, 9, 1), "closed")


def test_nobodys_name_is_read_but_the_heads() -> None:
    read = schools(extract(school()), HERE)

    assert [word for word in ("Greta", "Unkept") if word in repr(read)] == ["Greta"]


def test_the_columns_may_stand_in_any_order_and_twice() -> None:
    names = [*reversed(SCHOOL), "URN"]
    file = written(names, [[SCHOOL[name] for name in names[:-1]] + ["of another"]])

    assert schools(file, HERE).rows == (ALDER,)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_letters_are_right_as_downloaded_and_as_saved_again(encoding: str) -> None:
    row = school(name="St Zoë’s École – Northvale")
    file = written(list(row), [list(row.values())], encoding)

    assert [one.name for one in schools(file, HERE).rows] == ["St Zoë’s École – Northvale"]


def test_noughts_that_a_spreadsheet_took_come_back() -> None:
    row = school(number="12", phone="1614960120", status="01", phase="02", group="04", opened="1/9/1998")

    (read,) = schools(extract(row), HERE).rows

    assert astuple(read) == (*astuple(ALDER)[:2], "9990012", *astuple(ALDER)[3:])


def test_other_authorities_and_universities_are_left_out() -> None:
    file = extract(school(), school("900102", authority="998"), school("900103", group="2"))

    assert schools(file, HERE) == Register((ALDER,), left_out=2)
    assert schools(file, set()) == Register((), left_out=3)


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (school("90010"), "URN", "“90010” is not a unique reference number: six digits."),
        (school(""), "URN", "An empty cell is not a unique reference number: six digits."),
        (school(name=" "), "EstablishmentName", "The name is missing."),
        (school(name="A" * 201), "EstablishmentName", "The name is longer than 200 characters."),
        (school(opened="31-02-2020"), "OpenDate", "“31-02-2020” is not a day, like 31-08-2024."),
        (school(opened="2020"), "OpenDate", "“2020” is not a day, like 31-08-2024."),
        (closed("900101", "01-09-1997"), "CloseDate", "It closed before it opened."),
        (school(status="9"), "EstablishmentStatus (code)",
         "“9” is not a status: 1 open, 2 closed, 3 closing, 4 proposed."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_says_where_and_why(row: dict[str, str], column: str, sentence: str) -> None:
    read = schools(extract(school("900102"), row), HERE)

    assert [one.urn for one in read.rows] == ["900102"]
    assert read.problems == (Problem(3, column, sentence),)


def test_what_a_school_can_do_without_is_left_off_and_told() -> None:
    file = extract(school(phone="ask at the gate", number="21019", group="9", type_of="27", phase="", lowest="none"))

    read = schools(file, HERE)

    assert [(one.phone, one.dfe_number, one.kind) for one in read.rows] == [(None, None, None)]
    assert read.problems == (
        Problem(2, "EstablishmentNumber", "The establishment number is not four digits: none was taken."),
        Problem(2, "PhaseOfEducation (code)",
                "Neither type nor phase nor ages say what kind of school this is: it is not added."),
        Problem(2, "TelephoneNum", "“ask at the gate” is not a telephone number: none was taken."),
    )  # fmt: skip


def test_what_is_empty_is_no_problem() -> None:
    (read,) = schools(extract(school(phone="", number="", opened="")), HERE).rows

    assert (read.phone, read.dfe_number, read.opened_on) == (None, None, None)


def test_a_number_that_stands_twice_is_taken_once() -> None:
    read = schools(extract(school(), school("900102"), school(name="Another")), HERE)

    assert [one.name for one in read.rows] == ["Alder Lane Primary School"] * 2
    assert read.problems == (Problem(4, "", "900101 stands in row 2 already: this row was not taken."),)


def test_a_row_of_another_length_is_not_guessed_at() -> None:
    whole = list(SCHOOL.values())
    file = written(list(SCHOOL), [whole[:-1], [], [*whole, "more"], whole])

    read = schools(file, HERE)

    assert read.rows == (ALDER,)
    assert read.problems == (
        Problem(2, "", "The row has 26 cells where there are 27 headings: it was not taken."),
        Problem(4, "", "The row has 28 cells where there are 27 headings: it was not taken."),
    )


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        pytest.param(extract(school()).replace(b'"CloseDate"', b'"Closed"').replace(b'"URN"', b'"Number"'),
                     "The file has no column “URN”, “CloseDate”: send it as it was downloaded.", id="columns missing"),
        pytest.param(link_file(), "The file has no column “LA (code)”, “EstablishmentNumber”, “EstablishmentName” and "
                     "21 others: send it as it was downloaded.", id="the other file"),
        pytest.param(extract(school(name="Zo?")).replace(b"?", b"\xeb\x81"),
                     "The file is neither Windows-1252 nor UTF-8 text: send it as it was downloaded.", id="no letters"),
        pytest.param(extract(school(), school("900102", name="A" * 140_000)),
                     "After row 2 the file is no CSV: send it as it was downloaded.", id="a quote that never ends"),
    ],
)  # fmt: skip
def test_what_is_no_register_is_refused_in_one_sentence(file: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        schools(file, HERE)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("file", [b"", b"\n", b"PK\x03\x04 \x00", "URN,LA (code)\n".encode("utf-16")])
def test_what_has_no_headings_is_refused(file: bytes) -> None:
    with pytest.raises(Unreadable, match=r"The file has no column “URN”, “LA \(code\)”"):
        schools(file, HERE)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("900101", "900102", "Successor"), [("900101", "900102")]),
        (("900101", "900102", "Predecessor"), [("900102", "900101")]),
        (("900101", "900102", "Successor - merged"), [("900101", "900102")]),
        (("900101", "900102", "Predecessor - merged"), [("900102", "900101")]),
        (("900101", "900102", "Successor - amalgamated"), [("900101", "900102")]),
        (("900101", "900102", "Predecessor - amalgamated"), [("900102", "900101")]),
        (("900101", "900102", "Successor - Split School"), [("900101", "900102")]),
        (("900101", "900102", "Predecessor - Split School"), [("900102", "900101")]),
        (("900101", "900102", "Result of Amalgamation"), [("900101", "900102"), ("900102", "900101")]),
        (("900101", "900102", "Sixth Form Centre School"), []),
        (("900101", "900102", "Expansion"), []),
    ],
)
def test_a_link_says_who_came_after_whom(row: tuple[str, str, str], expected: list[tuple[str, str]]) -> None:
    assert links(link_file(row)).rows == tuple(Link(*pair) for pair in expected)


def test_links_come_once_and_what_is_no_link_is_counted_or_told() -> None:
    file = link_file(
        ("900101", "900102", "Successor"), ("900102", "900101", "Predecessor"), ("900101", "900103", "Closure"),
        ("900101", "9001", "Successor"),
    )  # fmt: skip

    assert links(file) == Register(
        (Link("900101", "900102"),),
        (Problem(5, "LinkURN", "“9001” is not a unique reference number in the links file: six digits."),),
        1,
    )


def test_a_links_file_without_its_kinds_is_refused() -> None:
    with pytest.raises(Unreadable, match="The file has no column “LinkType”: send it"):
        links(written([name for name in LINK_HEADINGS if name != "LinkType"], []))


def test_a_practice_is_read_whole() -> None:
    file = extract(practice(" z00901 "), practice("Z00902", authority="998"), practice("Z00903", closed="2024-03-31"))

    read = practices(file, HERE)

    surgery = ("999", "Alder Lane Surgery", "+441614960121", date(1998, 4, 1))
    assert read == Register(
        (Practice("Z00901", *surgery, None), Practice("Z00903", *surgery, date(2024, 3, 31))), left_out=1
    )
    assert [(one.kind, one.standing) for one in read.rows] == [
        (OrganisationKind.GP_PRACTICE, "open"), (OrganisationKind.GP_PRACTICE, "closed"),
    ]  # fmt: skip


def test_a_practice_that_cannot_be_taken_says_why() -> None:
    read = practices(extract(practice("Z-1"), practice(), practice()), HERE)

    assert read.problems == (
        Problem(2, "practice_code", "“Z-1” is not a practice code, like Z00012."),
        Problem(4, "", "Z00901 stands in row 3 already: this row was not taken."),
    )
