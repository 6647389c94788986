"""What a row says, and what is wrong with it: births, genders, numbers, time at the place, and which rows are sent."""

from datetime import date

import pytest

from cp.feeds.checking import check
from cp.feeds.supplied import Context, LastTime, Supplied
from cp.rules.derive import Address, CarerSaid, OtherName
from cp.terms import AddressState, Column, Fault, Gender, NameKind, NumberKind, Relationship, SourceKind
from tests.feeds.rows import GOOD, HEADINGS, TODAY, checked, one, said, saw

C = Column
WRONG, UNUSUAL = Fault.WRONG, Fault.UNUSUAL


def test_a_whole_row_is_read() -> None:
    found = one(
        row_key="000123", middle_names="Jo", preferred_given_names="Sammy", former_family_name="Oak", gender="M",
        address_1="12", address_2="Mill Lane", town="Northvale", postcode="za11aa", upn="A999200422000",
        nhs="999 218 5120", started_on="02/09/2020", carer_1_name="Mrs Eve Ash", carer_1_relationship="Mother",
        carer_1_responsibility="Y", carer_1_phone="0161 496 0001", carer_1_email="eve@example.test",
    )  # fmt: skip

    assert found.number == 2
    assert found.key == "000123"
    assert found.problems == ()
    assert found.said == Supplied(
        "Sam Jo",
        "Ash",
        date(2016, 3, 14),
        Gender.MALE,
        (OtherName(NameKind.PREFERRED, "Sammy", ""), OtherName(NameKind.FORMER, "", "Oak")),
        Address(AddressState.CURRENT, ("12 Mill Lane",), "Northvale", "ZA1 1AA"),
        (CarerSaid("Eve Ash", Relationship.MOTHER, True, True, ("+441614960001",), "eve@example.test"),),
        ((NumberKind.UPN, "A999200422000"), (NumberKind.NHS, "9992185120")),
        date(2020, 9, 2),
        None,
    )


def test_only_a_name_and_a_birth_date_are_needed() -> None:
    assert said() == Supplied("Sam", "Ash", date(2016, 3, 14))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", "Empty"),
        ("N/A", "Empty"),
        ("31/02/2015", "31/02/2015 is not a date: February 2015 had 28 days"),
        ("03/31/2015", "03/31/2015 is not a date: there is no month 31"),
        ("01/01/1900", "01/01/1900 stands for no date"),
        ("14/03/2035", "14/03/2035 is in the future"),
        ("24/11/2026", "24/11/2026 is in the future"),
        ("14/03/1916", "14/03/1916 makes the pupil 110 years old"),
        ("23/11/2000", "23/11/2000 makes the pupil 26 years old"),
    ],
)
def test_a_row_without_a_birth_date_that_can_be_right_is_wrong(text: str, seen: str) -> None:
    found = one(born_on=text)

    assert saw(found) == [(WRONG, "Born On", seen)]
    assert found.said is None


def test_a_problem_says_its_row_and_what_to_do() -> None:
    (problem,) = one(born_on="31/02/2015").problems
    (turned,) = one(born_on="03/31/2015").problems
    (empty,) = one(born_on="").problems

    assert problem.sentence == "Row 2: date of birth 31/02/2015 is not a date: February 2015 had 28 days"
    assert problem.do == "Check the date"
    assert turned.do == "Write 31/03/2015, if that is meant"
    assert empty.sentence == "Row 2: date of birth is empty"


def test_only_schools_speak_of_pupils() -> None:
    practice = Context(TODAY, SourceKind.GP_PRACTICE)

    (found,) = check([(2, GOOD | {C.BORN_ON: "14/03/1916"})], HEADINGS, practice)

    assert saw(found) == [(WRONG, "Born On", "14/03/1916 makes the child 110 years old")]


def test_an_age_at_the_edge_is_unusual() -> None:
    assert saw(one(born_on="24/11/2000")) == [(UNUSUAL, "Born On", "24/11/2000 makes the pupil 25 years old")]
    assert said(born_on="24/11/2001").born_on == date(2001, 11, 24)
    assert said(born_on="23/11/2026").born_on == date(2026, 11, 23)


def test_a_birth_date_that_was_another_last_time_is_unusual() -> None:
    last = LastTime(2, {"7": date(2014, 5, 4), "8": date(2014, 5, 4)})
    rows = [GOOD | {C.ROW_KEY: key, C.BORN_ON: born} for key, born in (("7", "05/04/2014"), ("8", "04/05/2014"))]

    first, second = checked(rows[0], rows[1] | {C.GIVEN_NAMES: "Ana"}, last=last)

    assert saw(first) == [(UNUSUAL, "Born On", "05/04/2014 was 04/05/2014 last time")]
    assert second.problems == ()


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("M", Gender.MALE), ("male", Gender.MALE), ("Boy", Gender.MALE), ("1", Gender.MALE), ("F", Gender.FEMALE),
        ("FEMALE", Gender.FEMALE), ("girl", Gender.FEMALE), ("2", Gender.FEMALE), ("0", Gender.NOT_SPECIFIED),
        ("9", Gender.NOT_SPECIFIED), ("X", Gender.NOT_SPECIFIED), ("U", Gender.NOT_SPECIFIED), ("Not known", None),
        ("Not specified", Gender.NOT_SPECIFIED), ("", None),
    ],
)  # fmt: skip
def test_a_gender_is_read_from_every_usual_word(text: str, gender: Gender | None) -> None:
    assert said(gender=text).gender is gender


def test_a_word_for_gender_that_is_not_known_is_listed() -> None:
    found = one(gender="Q")

    assert saw(found) == [(UNUSUAL, "Gender", "Q is not a word that we know")]
    assert found.said
    assert found.said.gender is Gender.NOT_SPECIFIED


def test_pupil_numbers_are_never_needed_and_may_be_temporary() -> None:
    assert said(upn="m823 4321 1000a").numbers == ((NumberKind.UPN, "M82343211000A"),)
    assert said(upn="").numbers == ()


@pytest.mark.parametrize(
    ("column", "text", "seen"),
    [
        (C.UPN, "B999200422000", "B999200422000 has the wrong first letter for its digits"),
        (C.UPN, "A99920042200", "A99920042200 is not a pupil number: a letter, then 12 digits"),
        (C.NHS, "9992185121", "9992185121 is not an NHS number"),
        (C.STARTED_ON, "31/02/2020", "31/02/2020 is not a date: February 2020 had 29 days"),
        (C.STARTED_ON, "01/09/2015", "01/09/2015 is before the date of birth"),
        (C.STARTED_ON, "01/09/2027", "01/09/2027 is in the future"),
        (C.LEFT_ON, "13/03/2016", "13/03/2016 is before the start"),
        (C.CARER_1_PHONE, "12345", "12345 is not a telephone number"),
        (C.CARER_1_EMAIL, "eve at example.test", "eve at example.test is not an email address"),
        (C.POSTCODE, "NORTH", "NORTH is not a postcode"),
        (C.POSTCODE, "ZZ99 3CZ", "ZZ99 3CZ is no place"),
    ],
)
def test_a_wrong_cell_is_left_out_and_its_row_is_sent(column: Column, text: str, seen: str) -> None:
    found = one(**{column: text}, carer_1_name="Eve Ash", carer_1_relationship="Mother")

    assert saw(found) == [(UNUSUAL, column.replace("_", " ").title(), seen)]
    assert found.problems[0].do.endswith("A row that is sent as it is goes without it")
    assert found.said == said(carer_1_name="Eve Ash", carer_1_relationship="Mother")


def test_the_key_is_the_suppliers_own_then_the_pupil_number() -> None:
    assert one(row_key=" 000123 ", upn="A999200422000").key == "000123"
    assert one(upn="A999200422000").key == "upn:A999200422000"
    assert one(upn="B999200422000").key is None
    assert one(row_key="000123", born_on="").key == "000123"


def test_a_long_cell_is_not_repeated_whole() -> None:
    (problem,) = one(born_on="x" * 500).problems

    assert len(problem.sentence) < 200
