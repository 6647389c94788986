"""The establishments file of Get Information About Schools: `edubasealldata<yyyymmdd>.csv`, about 50,000 rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from cp.feeds.registers import kinds, school_facts
from cp.feeds.registers.table import Line, Register, Standing, gather, lines
from cp.terms import OrganisationKind, Region, SchoolType

URN, AUTHORITY, NUMBER, NAME = "URN", "LA (code)", "EstablishmentNumber", "EstablishmentName"
TYPE, GROUP, PHASE = "TypeOfEstablishment (code)", "EstablishmentTypeGroup (code)", "PhaseOfEducation (code)"
STATUS, OPENED, CLOSED = "EstablishmentStatus (code)", "OpenDate", "CloseDate"
LOWEST, HIGHEST, PHONE = "StatutoryLowAge", "StatutoryHighAge", "TelephoneNum"
COLUMNS = (URN, AUTHORITY, NUMBER, NAME, TYPE, GROUP, PHASE, STATUS, OPENED, CLOSED, LOWEST, HIGHEST, PHONE,
           *school_facts.COLUMNS)  # fmt: skip
"""All that is read of about 150."""
STANDINGS: dict[str, Standing] = {"1": "open", "2": "closed", "3": "open", "4": "proposed"}
"""3 is open, but proposed to close."""


@dataclass(frozen=True, slots=True)
class Establishment:
    """A school as its register states it. Telephone as E.164; None where nothing, or nothing right, is stated."""

    urn: str
    authority: str
    """Three digits: the code of its authority at the Department for Education."""
    dfe_number: str | None
    name: str
    kind: OrganisationKind | None
    phone: str | None
    standing: Standing
    opened_on: date | None
    closed_on: date | None
    """The last day on which it was or will be open."""
    school_type: SchoolType | None = None
    boards: bool | None = None
    pupils: int | None = None
    head_name: str | None = None
    """Of the head teacher, to whom letters go: the only person whose name is read."""
    address: str | None = None
    """Lines for an envelope, without the postcode."""
    postcode: str | None = None
    region: Region | None = None


def schools(data: bytes, authorities: Collection[str]) -> Register[Establishment]:
    """The schools of these authorities; the others' and universities are left out.

    Raises Unreadable where this is not the register.
    """
    return gather(lines(data, COLUMNS), lambda line: _wanted(line, authorities), _one, attrgetter("urn"))


def _wanted(line: Line, authorities: Collection[str]) -> bool:
    return line.text(AUTHORITY) in authorities and _code(line, GROUP) != kinds.UNIVERSITIES


def _one(line: Line) -> Establishment:
    authority, (opened_on, closed_on) = line.text(AUTHORITY), line.period(OPENED, CLOSED)
    return Establishment(
        urn=line.matching(URN, "[1-9][0-9]{5}", "a unique reference number: six digits"),
        authority=authority,
        dfe_number=_dfe_number(line, authority),
        name=line.name(NAME),
        kind=_kind(line),
        phone=line.phone(PHONE),
        standing=_standing(line),
        opened_on=opened_on,
        closed_on=closed_on,
        **school_facts.facts(line),
    )


def _standing(line: Line) -> Standing:
    found = line.matching(STATUS, "0?[1-4]", "a status: 1 open, 2 closed, 3 closing, 4 proposed")
    return STANDINGS[found.lstrip("0")]


def _dfe_number(line: Line, authority: str) -> str | None:
    written = line.text(NUMBER)
    if written.isdecimal() and len(written) <= 4:
        return f"{authority}{written:0>4}"
    if written:
        line.note(NUMBER, "The establishment number is not four digits: none was taken.")
    return None


def _kind(line: Line) -> OrganisationKind | None:
    found = kinds.kind_of(
        _code(line, GROUP), _code(line, TYPE), _code(line, PHASE), _age(line, LOWEST), _age(line, HIGHEST)
    )
    if found is None:
        line.note(PHASE, "Neither type nor phase nor ages say what kind of school this is: it is not added.")
    return found


def _code(line: Line, column: str) -> str:
    return line.text(column).lstrip("0")


def _age(line: Line, column: str) -> int | None:
    written = line.text(column)
    return int(written) if written.isdecimal() else None
