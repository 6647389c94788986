"""What is taken of a pupil in a Common Transfer File, and under which heading.

An allow-list: an element that is not named here is dropped while the file is parsed and never held (domain: ethnicity,
languages, needs, meals, care, attendance and results are in the same file). The pupil's own phones and email are not
here either: the Regulations give a child's record a place for neither.
"""

from cp.terms import Column

CTF_COLUMNS: dict[str, Column] = {
    "UPN": Column.UPN,
    "Surname": Column.FAMILY_NAME,
    "Forename": Column.GIVEN_NAMES,
    "Middle names": Column.MIDDLE_NAMES,
    "Date of birth": Column.BORN_ON,
    "Gender": Column.GENDER,
    "Preferred surname": Column.PREFERRED_FAMILY_NAME,
    "Preferred forename": Column.PREFERRED_GIVEN_NAMES,
    "Former surname": Column.FORMER_FAMILY_NAME,
    "Former forename": Column.FORMER_GIVEN_NAMES,
    "Address line 1": Column.ADDRESS_1,
    "Address line 2": Column.ADDRESS_2,
    "Address line 3": Column.ADDRESS_3,
    "Town": Column.TOWN,
    "Postcode": Column.POSTCODE,
    "Entry date": Column.STARTED_ON,
    "Leaving date": Column.LEFT_ON,
    "Contact 1 surname": Column.CARER_1_FAMILY_NAME,
    "Contact 1 forename": Column.CARER_1_GIVEN_NAMES,
    "Contact 1 relationship": Column.CARER_1_RELATIONSHIP,
    "Contact 1 responsibility": Column.CARER_1_RESPONSIBILITY,
    "Contact 1 phone": Column.CARER_1_PHONE,
    "Contact 1 email": Column.CARER_1_EMAIL,
    "Contact 2 surname": Column.CARER_2_FAMILY_NAME,
    "Contact 2 forename": Column.CARER_2_GIVEN_NAMES,
    "Contact 2 relationship": Column.CARER_2_RELATIONSHIP,
    "Contact 2 responsibility": Column.CARER_2_RESPONSIBILITY,
    "Contact 2 phone": Column.CARER_2_PHONE,
    "Contact 2 email": Column.CARER_2_EMAIL,
}
"""Heading of the Sheet to what it means: no guessing is needed."""

HEADINGS = tuple(CTF_COLUMNS)
PUPIL = "/CTfile/CTFpupilData/Pupil"
CONTACT = f"{PUPIL}/Contacts/Contact"
SCHOOL = f"{PUPIL}/SchoolHistory/School"
VERSION = "/CTfile/Header/CTFversion"
FROM_LEA = "/CTfile/Header/SourceSchool/LEA"
FROM_ESTAB = "/CTfile/Header/SourceSchool/Estab"

_OF_PUPIL = {
    "UPN": "UPN",
    "Surname": "Surname",
    "Forename": "Forename",
    "DOB": "Date of birth",
    "Gender": "Gender",
    "Sex": "Gender",
    "BasicDetails/MiddleNames": "Middle names",
    "BasicDetails/PreferredSurname": "Preferred surname",
    "BasicDetails/PreferredForename": "Preferred forename",
    "BasicDetails/FormerSurname": "Former surname",
    "BasicDetails/FormerForename": "Former forename",
    "Address/PostCode": "Postcode",
}
_OF_ADDRESS = ("SAON", "PAON", "Street", "Locality", "Town", "PostTown")
_LINES = tuple(f"AddressLine{number}" for number in range(1, 6))
_OF_CONTACT = {
    "Surname": "surname",
    "Forename": "forename",
    "Relationship": "relationship",
    "Responsibility": "responsibility",
    "Phones/Phone/PhoneNo": "phone",
    "Email": "email",
}
_OF_SCHOOL = ("LEA", "Estab", "EntryDate", "LeavingDate")

WANTED: dict[str, str] = {
    **{f"{PUPIL}/{path}": heading for path, heading in _OF_PUPIL.items()},
    **{f"{PUPIL}/Address/BS7666Address/{name}": name for name in _OF_ADDRESS},
    **{f"{PUPIL}/Address/AddressLines/{name}": name for name in _LINES},
    **{f"{CONTACT}/{path}": word for path, word in _OF_CONTACT.items()},
    **{f"{SCHOOL}/{name}": name for name in _OF_SCHOOL},
    VERSION: "version",
    FROM_LEA: "LEA",
    FROM_ESTAB: "Estab",
}
"""Every element whose text is taken, by the local names from the root, to the word that it is held under."""

Texts = dict[str, str]


def cells_of(pupil: Texts, contacts: list[Texts], school: Texts) -> tuple[str, ...]:
    """The cells of one pupil under HEADINGS. `school` is the pupil's time at the school that sends the file."""
    found = {
        **pupil,
        **_address(pupil),
        "Entry date": school.get("EntryDate", ""),
        "Leaving date": school.get("LeavingDate", ""),
    }
    for number, contact in enumerate(contacts[:2], start=1):
        found |= {f"Contact {number} {word}": text for word, text in contact.items()}
    return tuple(found.get(heading, "") for heading in HEADINGS)


def _address(pupil: Texts) -> Texts:
    """Three lines and a town, from the parts of an address or from its lines."""
    town = pupil.get("PostTown") or pupil.get("Town", "")
    between = pupil.get("Town", "") if pupil.get("Town") != town else ""
    parts = [pupil.get("SAON"), _on_street(pupil), pupil.get("Locality"), between, *map(pupil.get, _LINES)]
    lines = [part for part in parts if part]
    three = [*lines[:2], ", ".join(lines[2:])]
    return {"Town": town} | {f"Address line {number}": line for number, line in enumerate(three, start=1)}


def _on_street(pupil: Texts) -> str:
    """A number stands before its street, a name apart from it."""
    building, street = pupil.get("PAON", ""), pupil.get("Street", "")
    if not (building and street):
        return building or street
    return f"{building} {street}" if building[0].isdigit() else f"{building}, {street}"
