"""The Common Transfer File: what is taken of it, under which heading, and that nothing else is ever held."""

import pytest

from cp.feeds.ctf import Reading
from cp.feeds.ctf_pupil import CTF_COLUMNS, HEADINGS, WANTED
from cp.feeds.reading import read
from cp.terms import Column, FileForm
from tests.feeds.files import HEADER, PUPIL, ctf

NEVER = "<Ethnicity>{0}</Ethnicity><Languages><Type>{0}</Type></Languages><MedicalFlag>{0}</MedicalFlag>"
WHOLE = f"""<Pupil><UPN>A999000115001</UPN><UniqueLearnerNumber>KEPT-OUT</UniqueLearnerNumber>
<Surname> Pell </Surname><Forename>Ada</Forename><DOB>2015-03-01</DOB><Sex>F</Sex>
<BasicDetails><FormerUPN>KEPT-OUT</FormerUPN><PreferredSurname>Quist</PreferredSurname>
<PreferredForename>Addie</PreferredForename><FormerSurname>Roe</FormerSurname><FormerForename>Adelaide</FormerForename>
<MiddleNames>May Zoe&#x308;</MiddleNames>{NEVER.format("KEPT-OUT")}</BasicDetails>
<LookedAfter><InCare>KEPT-OUT</InCare></LookedAfter><FSMhistory><FSMinstance>KEPT-OUT</FSMinstance></FSMhistory>
<SENhistory><SEN><StartDate>KEPT-OUT</StartDate></SEN></SENhistory><Attendance>KEPT-OUT</Attendance>
<Address><BS7666Address><SAON>Flat 2</SAON><PAON>14</PAON><Street>Mill Lane</Street><Locality>Overton</Locality>
<Town>Overby</Town><AdministrativeArea>KEPT-OUT</AdministrativeArea><PostTown>Zeeton</PostTown></BS7666Address>
<PostCode>ZA1 1AA</PostCode><Easting>KEPT-OUT</Easting></Address>
<Phones><Phone><PhoneNo>KEPT-OUT</PhoneNo></Phone></Phones><Email>KEPT-OUT</Email>
<Contacts><Contact><Order>1</Order><Title>KEPT-OUT</Title><Surname>Pell</Surname><Forename>Una</Forename>
<Gender>KEPT-OUT</Gender><Relationship>MOT</Relationship><Responsibility>true</Responsibility>
<Address><BS7666Address><Street>KEPT-OUT</Street></BS7666Address></Address>
<Phones><Phone><TelephoneType>KEPT-OUT</TelephoneType><PhoneNo>020 7946 0001</PhoneNo></Phone>
<Phone><PhoneNo>KEPT-OUT</PhoneNo></Phone></Phones><Email>una@example.test</Email></Contact>
<Contact><Surname>Roe</Surname><Relationship>FAT</Relationship></Contact>
<Contact><Surname>KEPT-OUT</Surname></Contact></Contacts>
<SchoolHistory><School><LEA>999</LEA><Estab>2001</Estab><EntryDate>2019-09-01</EntryDate>
<LeavingDate>2024-07-20</LeavingDate></School>
<School><LEA>999</LEA><Estab>4001</Estab><SchoolName>KEPT-OUT</SchoolName><EntryDate>2024-09-03</EntryDate></School>
</SchoolHistory><StageAssessments>KEPT-OUT</StageAssessments></Pupil>"""
TAKEN = {
    "UPN": "A999000115001",
    "Surname": "Pell",
    "Forename": "Ada",
    "Middle names": "May Zoë",
    "Date of birth": "2015-03-01",
    "Gender": "F",
    "Preferred surname": "Quist",
    "Preferred forename": "Addie",
    "Former surname": "Roe",
    "Former forename": "Adelaide",
    "Address line 1": "Flat 2",
    "Address line 2": "14 Mill Lane",
    "Address line 3": "Overton, Overby",
    "Town": "Zeeton",
    "Postcode": "ZA1 1AA",
    "Entry date": "2024-09-03",
    "Contact 1 surname": "Pell",
    "Contact 1 forename": "Una",
    "Contact 1 relationship": "MOT",
    "Contact 1 responsibility": "true",
    "Contact 1 phone": "020 7946 0001",
    "Contact 1 email": "una@example.test",
    "Contact 2 surname": "Roe",
    "Contact 2 relationship": "FAT",
}


def taken(pupils: str, header: str = HEADER) -> list[dict[str, str]]:
    """What each pupil has, without the cells that are empty."""
    sheet = read(ctf(pupils, header).encode(), "999_CTF.xml")
    return [{h: c for h, c in zip(sheet.headings, row.cells, strict=True) if c} for row in sheet.rows]


def test_what_is_on_the_list_is_taken_and_nothing_else() -> None:
    assert taken(WHOLE) == [TAKEN]


def test_text_that_is_not_wanted_is_let_go_while_it_is_parsed() -> None:
    reading = Reading()
    for name in ("CTfile", "CTFpupilData", "Pupil", "BasicDetails", "Ethnicity"):
        reading.start(name, {})

    reading.data("WBRI")

    assert "WBRI" not in repr(vars(reading))
    reading.end("Ethnicity")
    reading.start("MiddleNames", {})
    reading.data("May")
    assert "May" in repr(vars(reading))


def test_the_rows_are_the_pupils_in_their_order_and_the_school_is_that_of_the_header() -> None:
    sheet = read(ctf(PUPIL + PUPIL.replace("Ada", "Ben")).encode(), "999_CTF.xml")

    assert (sheet.form, sheet.headings, sheet.school, sheet.notes) == (FileForm.CTF, HEADINGS, "9994001", ())
    assert [(row.number, row.cells[:3]) for row in sheet.rows] == [
        (1, ("A999000115001", "Pell", "Ada")),
        (2, ("A999000115001", "Pell", "Ben")),
    ]


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        pytest.param(
            "<PAON>Rose Cottage</PAON><Street>Mill Lane</Street>", ["Rose Cottage, Mill Lane"], id="a house with a name"
        ),
        pytest.param("<Street>Mill Lane</Street>", ["Mill Lane"], id="no house"),
        pytest.param("<PAON>14a</PAON>", ["14a"], id="no street"),
        pytest.param(
            "<SAON>1</SAON><PAON>2</PAON><Street>A</Street><Locality>B</Locality>", ["1", "2 A", "B"], id="a flat"
        ),
    ],
)
def test_the_parts_of_an_address_become_its_lines(address: str, lines: list[str]) -> None:
    pupil = PUPIL.replace("</DOB>", f"</DOB><Address><BS7666Address>{address}</BS7666Address></Address>")

    (found,) = taken(pupil)

    assert [text for heading, text in found.items() if heading.startswith("Address")] == lines


def test_five_lines_of_an_address_become_three() -> None:
    lines = "".join(f"<AddressLine{n}>{n} of 5</AddressLine{n}>" for n in range(1, 6))
    pupil = PUPIL.replace("</DOB>", f"</DOB><Address><AddressLines>{lines}</AddressLines></Address>")

    (found,) = taken(pupil)

    assert [found[f"Address line {n}"] for n in (1, 2, 3)] == ["1 of 5", "2 of 5", "3 of 5, 4 of 5, 5 of 5"]


@pytest.mark.parametrize(
    ("header", "school"),
    [
        pytest.param(HEADER, "9994001", id="both numbers"),
        pytest.param(HEADER.replace("4001", "401"), None, id="a number that is too short"),
        pytest.param("", None, id="no header"),
    ],
)
def test_the_school_is_seven_digits_or_not_known(header: str, school: str | None) -> None:
    assert read(ctf(header=header).encode(), "a.xml").school == school


@pytest.mark.parametrize("version", ["17.0", "18", "19.0", "20.0", "21.0"])
def test_a_version_that_we_know_needs_no_note(version: str) -> None:
    assert read(ctf(header=HEADER.replace("21.0", version)).encode(), "a.xml").notes == ()


@pytest.mark.parametrize(("version", "said"), [("99.9", "99.9"), ("", "none"), ("x" * 3_000, "none")])
def test_a_version_that_we_do_not_know_is_noted(version: str, said: str) -> None:
    notes = read(ctf(header=HEADER.replace("21.0", version)).encode(), "a.xml").notes

    assert notes[0] == f"The Common Transfer File is of a version that we do not know ({said}). Look at it with care."


def test_a_time_at_another_school_is_not_taken_for_one_at_this() -> None:
    unknown = "<SchoolHistory><School>{0}<EntryDate>2019-09-01</EntryDate></School></SchoolHistory>"
    other = unknown.format("<LEA>999</LEA><Estab>2001</Estab>")

    found = taken(PUPIL.replace("</DOB>", f"</DOB>{other}")), taken(PUPIL.replace("</DOB>", f"</DOB>{unknown}"), "")

    assert [one.get("Entry date") for many in found for one in many] == [None, None]


def test_each_heading_means_one_column_and_no_column_has_two() -> None:
    assert tuple(CTF_COLUMNS) == HEADINGS
    assert len(set(CTF_COLUMNS.values())) == len(HEADINGS)
    assert set(Column) - set(CTF_COLUMNS.values()) == {
        Column.ROW_KEY,
        Column.WHOLE_NAME,
        Column.ADDRESS,
        Column.NHS,
        Column.CARER_1_NAME,
        Column.CARER_2_NAME,
    }


def test_no_element_that_must_never_be_held_is_on_the_list() -> None:
    never = (
        "Ethnicity",
        "Languages",
        "Medical",
        "Disabilit",
        "FSM",
        "SEN",
        "LookedAfter",
        "Attendance",
        "Stage",
        "InCare",
    )

    assert [path for path in WANTED for word in never if word in path] == []
