"""Files of registers as their makers write them, of organisations that cannot exist."""

import csv
import io
from collections.abc import Iterable, Sequence

SCHOOL = {
    "URN": "900101", "LA (code)": "999", "LA (name)": "Northvale", "EstablishmentNumber": "2101",
    "EstablishmentName": "Alder Lane Primary School", "TypeOfEstablishment (code)": "1",
    "EstablishmentTypeGroup (code)": "4", "EstablishmentStatus (code)": "1", "OpenDate": "01-09-1998", "CloseDate": "",
    "PhaseOfEducation (code)": "2", "StatutoryLowAge": "4", "StatutoryHighAge": "11", "Postcode": "ZA4 7QD",
    "TelephoneNum": "01614960120", "HeadTitle (name)": "Mrs", "HeadFirstName": "Greta", "HeadLastName": "Holm",
    "Boarders (name)": "No boarders", "NumberOfPupils": "211", "GOR (name)": "North West", "Street": "Alder Lane",
    "Locality": "", "Address3": "Hollin Bank", "Town": "Northvale", "County (name)": "Not recorded",
    "PropsName": "Unkept",
}  # fmt: skip
PRACTICE = {
    "practice_code": "Z00901", "name": "Alder Lane Surgery", "authority": "999", "phone": "0161 496 0121",
    "postcode": "ZA4 7QD", "opened": "01-04-1998", "closed": "",
}  # fmt: skip
LINK_HEADINGS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")

OPEN, CLOSED, CLOSING, PROPOSED = "1", "2", "3", "4"


def school(urn: str = "900101", **given: str) -> dict[str, str]:
    """A row of the establishments file; `status`, `opened` and so on for the columns that tests set most."""
    short = {
        "status": "EstablishmentStatus (code)", "opened": "OpenDate", "closed": "CloseDate",
        "name": "EstablishmentName", "number": "EstablishmentNumber", "authority": "LA (code)", "phone": "TelephoneNum",
        "type_of": "TypeOfEstablishment (code)", "group": "EstablishmentTypeGroup (code)",
        "phase": "PhaseOfEducation (code)", "lowest": "StatutoryLowAge", "highest": "StatutoryHighAge",
        "boarders": "Boarders (name)", "pupils": "NumberOfPupils", "region": "GOR (name)", "postcode": "Postcode",
        "title": "HeadTitle (name)", "first": "HeadFirstName", "last": "HeadLastName", "street": "Street",
        "town": "Town",
    }  # fmt: skip
    own = {"number": f"2{urn[3:]}"} | given
    return SCHOOL | {"URN": urn} | {short[name]: value for name, value in own.items()}


def closed(urn: str, last_day: str, **given: str) -> dict[str, str]:
    return school(urn, status=CLOSED, closed=last_day, **given)


def practice(code: str = "Z00901", **given: str) -> dict[str, str]:
    return PRACTICE | {"practice_code": code} | given


def extract(*rows: dict[str, str]) -> bytes:
    return written(list(rows[0]), (list(row.values()) for row in rows))


def link_file(*rows: tuple[str, str, str]) -> bytes:
    """Each row: the number, the other's number, and what the other is to it."""
    return written(LINK_HEADINGS, ((urn, other, "A school", kind, "") for urn, other, kind in rows))


def written(headings: Sequence[str], rows: Iterable[Sequence[str]], encoding: str = "cp1252") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
