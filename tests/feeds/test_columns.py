"""What each column means, and what is never kept."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from cp.feeds.columns import Meant, Why, called, guess, headings_of, keep, may_mean, problems_of_mapping, remembered
from cp.feeds.headings import folded, meaning_of, never_held, says_nothing
from cp.feeds.looks import look_of
from cp.feeds.sheet import Row, Sheet
from cp.terms import Column, FileForm

C = Column
OF_A_CARER = ("carer_n", "carer_g", "carer_f", "carer_r", "carer_p", "carer_e")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Legal Surname", C.FAMILY_NAME),
        (" dob ", C.BORN_ON),
        ("D.O.B.", C.BORN_ON),
        ("Date of Birth (DD/MM/YYYY)", C.BORN_ON),
        ("DATE_OF_BIRTH", C.BORN_ON),
        ("Sex", C.GENDER),
        ("Adno", C.ROW_KEY),
        ("Admission Number", C.ROW_KEY),
        ("PostCode", C.POSTCODE),
        ("txtForename", C.GIVEN_NAMES),
        ("Student First Name", C.GIVEN_NAMES),
        ("Chosen Forename", C.PREFERRED_GIVEN_NAMES),
        ("Known As", C.PREFERRED_GIVEN_NAMES),
        ("Former Surname", C.FORMER_FAMILY_NAME),
        ("Pupil Name", C.WHOLE_NAME),
        ("House No", C.ADDRESS_1),
        ("Home Address", C.ADDRESS),
        ("UPN", C.UPN),
        ("Date of Admission", C.STARTED_ON),
        ("Mother's Mobile", C.CARER_1_PHONE),
        ("Mother", C.CARER_1_NAME),
        ("Parent 1 Email", C.CARER_1_EMAIL),
        ("Contact1Forename", C.CARER_1_GIVEN_NAMES),
        ("Surname (Contact 2)", C.CARER_2_FAMILY_NAME),
        ("Father's Name", C.CARER_2_NAME),
        ("Contact 2 Relationship", C.CARER_2_RELATIONSHIP),
        ("Parental Responsibility", C.CARER_1_RESPONSIBILITY),
        ("Former UPN", None),
        ("School Postcode", None),
        ("Mother's Postcode", None),
        ("Doctor Telephone", None),
        ("Tutor Group", None),
        ("Favourite colour", None),
        ("", None),
    ],
)
def test_a_heading_says_what_is_under_it(heading: str, column: Column | None) -> None:
    found = meaning_of(heading)

    assert (found.column if found else None) is column


@pytest.mark.parametrize(
    "heading",
    [
        "Ethnicity", "Ethnic Origin", "First Language", "Home language", "Religion", "SEN Status", "SENhistory",
        "SEN Provision", "EHCP", "Medical Conditions", "MedicalFlag", "Allergies", "Disabilities", "FSM", "FSMhistory",
        "Eligible for Free Meals", "Pupil Premium Indicator", "PP", "Ever 6", "Attendance %", "Unauthorised absences",
        "KS2 Results", "Predicted Grade", "LookedAfter", "In Care", "LAC", "Child Protection Plan", "CP Plan", "Photo",
        "Photograph consent", "Nationality", "Country of Birth", "Notes", "Comments", "Behaviour Points", "Exclusions",
        "Siblings", "Older brother", "Young Carer", "Social Worker", "Court Order", "Dietary needs", "Gifted", "EAL",
        "Mother's Nationality", "Parent 1 Notes", "Adopted from care", "Safeguarding", "Asylum status",
    ],
)  # fmt: skip
def test_what_no_record_may_hold_is_known_by_its_heading(heading: str) -> None:
    assert never_held(heading)
    assert meaning_of(heading) is None
    assert not may_mean(heading, C.MIDDLE_NAMES)
    assert may_mean(heading, None)


def test_no_heading_on_the_list_is_one_that_must_be_left_out() -> None:
    rows = [line.split(",") for line in _listed()]

    allowed = [heading for means, heading in rows if not means.startswith("never")]
    assert len(allowed) > 200
    assert [heading for heading in allowed if never_held(heading)] == []


def test_no_heading_is_listed_twice() -> None:
    rows = [line.split(",") for line in _listed()]

    counted = Counter((means.startswith(OF_A_CARER), folded(heading)) for means, heading in rows)
    assert [heading for heading, count in counted.items() if count > 1] == []


def test_every_meaning_has_a_heading() -> None:
    carers = [f"{who} {what}" for who in ("Parent 1", "Parent 2") for what in ("name", "forename", "surname",
              "relationship", "PR", "mobile", "email")]  # fmt: skip

    found = {meaning.column for heading in [*_headings(), *carers] if (meaning := meaning_of(heading))}

    assert found == set(Column)


@pytest.mark.parametrize("heading", ["", "  ", "Column 5", "F3", "Field12", "Unnamed: 4", "7"])
def test_some_headings_say_nothing(heading: str) -> None:
    assert says_nothing(heading)
    assert not says_nothing("Surname")


def test_the_contents_say_it_where_the_heading_says_nothing_or_lies() -> None:
    rows = [
        ("Sam", "Ash", "14/03/2016", "ZA1 1AA", "A999200422000", "M", "x"),
        ("Ana", "Bell", "2 May 2015", "ZA1 1AB", "", "F", "y"),
        ("Ivo", "Cole", "2015-09-30", "ZA11AD", "A999200422000", "M", "z"),
        ("Eva", "Dean", "nonsense", "ZA2 1AA", "A999200422000", "", "x"),
        ("Una", "East", "01/02/2014", "ZA1 1AA", "A999200422000", "f", "x"),
    ]

    meant = guess(("Forename", "Surname", "", "DOB", "Column 5", "F6", "Ref"), rows)

    assert [(one.column, one.why) for one in meant] == [
        (C.GIVEN_NAMES, Why.HEADING),
        (C.FAMILY_NAME, Why.HEADING),
        (C.BORN_ON, Why.CONTENTS),
        (C.POSTCODE, Why.CONTENTS),
        (C.UPN, Why.CONTENTS),
        (C.GENDER, Why.CONTENTS),
        (None, Why.UNKNOWN),
    ]


def test_of_dates_that_nobody_named_the_earliest_are_the_births() -> None:
    rows = [("04/09/2020", "14/03/2016"), ("04/09/2020", "02/05/2015"), ("06/01/2024", "02/11/2014")]

    assert [one.column for one in guess(("", ""), rows)] == [None, C.BORN_ON]


def test_of_two_columns_the_better_heading_has_it_then_the_fuller_column() -> None:
    rows = [("Ash", "Ashe", "", "14/03/2016"), ("Bell", "Bell", "02/05/2015", "02/05/2015")]

    meant = guess(("Surname", "Legal Surname", "DOB", "D.O.B"), rows)

    assert [(one.column, one.why) for one in meant] == [
        (None, Why.TAKEN),
        (C.FAMILY_NAME, Why.HEADING),
        (None, Why.TAKEN),
        (C.BORN_ON, Why.HEADING),
    ]


def test_lines_of_an_address_are_counted_in_the_order_of_the_file() -> None:
    meant = guess(("Street", "House Name", "House No", "Town", "Postcode"), [])

    assert [one.column for one in meant] == [C.ADDRESS_3, C.ADDRESS_1, C.ADDRESS_2, C.TOWN, C.POSTCODE]


def test_a_number_of_nobody_in_particular_is_not_a_carers() -> None:
    rows = [("0161 496 0001",), ("0161 496 0002",), ("0161 496 0003",)]

    assert [one.column for one in guess(("",), rows)] == [None]
    named = guess(("", "Parent name"), [(*row, "Jo Ash") for row in rows])
    assert [one.column for one in named] == [C.CARER_1_PHONE, C.CARER_1_NAME]


def test_last_times_answers_come_first_but_never_what_may_not_be_held() -> None:
    before = {"Class": C.ROW_KEY, "SURNAME": None, "Ethnicity": C.MIDDLE_NAMES}

    meant = remembered(("Class", "Adno", "Surname", "Ethnicity", "Forename"), before)

    assert [(one.column, one.never) for one in meant] == [
        (C.ROW_KEY, False),
        (None, False),
        (None, False),
        (None, True),
        (C.GIVEN_NAMES, False),
    ]


def test_only_what_is_meant_is_kept() -> None:
    rows = (Row(2, ("Sam", "White", "", "x")), Row(3, ("", "", "", "")), Row(4, ("", "Asian", "14/03/2016", "y")))
    sheet = Sheet(FileForm.CSV, ("Forename", "Ethnicity", "DOB", "Tutor"), rows)

    kept = keep(sheet, guess(sheet.headings, [row.cells for row in rows]))

    assert kept == [(2, {C.GIVEN_NAMES: "Sam"}), (4, {C.BORN_ON: "14/03/2016"})]


def test_what_may_never_be_held_cannot_be_kept_by_mistake() -> None:
    sheet = Sheet(FileForm.CSV, ("Ethnicity",), (Row(2, ("White",)),))

    with pytest.raises(ValueError, match="must not be held: Ethnicity"):
        keep(sheet, [Meant("Ethnicity", C.MIDDLE_NAMES, never=False, why=Why.BEFORE)])


def test_what_is_missing_or_doubled_is_said_before_rows_are_checked() -> None:
    meant = [
        Meant("DOB", C.BORN_ON, never=False, why=Why.HEADING),
        Meant("Birth", C.BORN_ON, never=False, why=Why.BEFORE),
        Meant("Notes", C.TOWN, never=True, why=Why.BEFORE),
        Meant("Forename", C.GIVEN_NAMES, never=False, why=Why.HEADING),
    ]

    assert problems_of_mapping(meant) == [
        "“Notes” must not be held. Leave it out",
        "“DOB” and “Birth” both mean the date of birth. Choose one",
        "Say which column holds the family name",
    ]
    assert problems_of_mapping(guess(("Name", "DOB"), [])) == []
    assert problems_of_mapping([]) == [
        "Say which column holds the given name",
        "Say which column holds the family name",
        "Say which column holds the date of birth",
    ]


def test_every_meaning_has_a_name_in_words() -> None:
    assert len({called(column) for column in Column}) == len(Column)
    own = (C.ROW_KEY, C.GIVEN_NAMES, C.WHOLE_NAME, C.BORN_ON, C.UPN, C.NHS, C.STARTED_ON, C.LEFT_ON, C.CARER_1_EMAIL)
    assert [called(column) for column in own] == [
        "pupil key", "given name", "name", "date of birth", "pupil number", "NHS number", "start date", "leaving date",
        "first carer’s email",
    ]  # fmt: skip
    assert headings_of(guess(("DOB", "Junk", "Adno"), [])) == {C.BORN_ON: "DOB", C.ROW_KEY: "Adno"}


def test_a_few_cells_look_like_nothing() -> None:
    assert look_of(["ZA1 1AA", "ZA1 1AB", ""]) is None
    assert look_of(["ZA1 1AA", "ZA1 1AB", "ZA1 1AD"]) == "postcode"


def _listed() -> list[str]:
    text = files("cp.feeds").joinpath("headings.csv").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")][1:]


def _headings() -> list[str]:
    return [row[1] for row in csv.reader(_listed())]
