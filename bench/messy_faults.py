"""What goes wrong in a school's file, one cell at a time: each kind by name, with what a check must say of it."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from bench.draw import Draw
from cp.terms import Column, Fault

Cells = dict[Column, str]
Spoil = Callable[[Draw, Cells], dict[Column, str]]
"""What the cells become, of a row that is right."""

C = Column
CYRILLIC = str.maketrans("aeocpx", "аеосрх")  # noqa: RUF001 the letters that look alike are what is meant


class Kind(NamedTuple):
    """`column` is where a check must find it, None for the whole row."""

    fault: Fault
    column: Column | None
    spoil: Spoil


def _always(column: Column, text: str) -> Spoil:
    return lambda draw, cells: {column: text}


def _names(given: str, family: str) -> Spoil:
    return lambda draw, cells: {C.GIVEN_NAMES: given, C.MIDDLE_NAMES: "", C.FAMILY_NAME: family}


def _american(draw: Draw, cells: Cells) -> Cells:
    return {C.BORN_ON: f"{draw.between(1, 12):02}/{draw.between(13, 28)}/{cells[C.BORN_ON][-4:]}"}


def _year(change: int) -> Spoil:
    return lambda draw, cells: {C.BORN_ON: f"{cells[C.BORN_ON][:-4]}{int(cells[C.BORN_ON][-4:]) + change}"}


def _digit(draw: Draw, cells: Cells) -> Cells:
    name = cells[C.FAMILY_NAME]
    at = draw.between(1, len(name))
    return {C.FAMILY_NAME: f"{name[:at]}{draw.below(10)}{name[at:]}"}


def _two_alphabets(draw: Draw, cells: Cells) -> Cells:
    return {C.FAMILY_NAME: f"{cells[C.FAMILY_NAME]}ne".translate(CYRILLIC) + "d"}


def _remark(draw: Draw, cells: Cells) -> Cells:
    return {C.FAMILY_NAME: f"{cells[C.FAMILY_NAME]} ({draw.pick(('LAC', 'see head', 'twin', 'left?'))})"}


def _letters_broken(draw: Draw, cells: Cells) -> Cells:
    return {C.FAMILY_NAME: f"{cells[C.FAMILY_NAME]}é".encode().decode("cp1252")}


def _other_letter(draw: Draw, cells: Cells) -> Cells:
    upn = cells[C.UPN] or "A999200422000"
    return {C.UPN: draw.pick([other for other in "ABCDEFGH" if other != upn[0]]) + upn[1:]}


def _o_for_nought(draw: Draw, cells: Cells) -> Cells:
    return {C.POSTCODE: f"ZA{draw.between(1, 99)} OA{draw.pick('ABDEFG')}"}


def _on(column: Column, year: int) -> Spoil:
    return lambda draw, cells: {column: f"{date(year, draw.between(1, 12), draw.between(1, 28)):%d/%m/%Y}"}


WRONG, UNUSUAL = Fault.WRONG, Fault.UNUSUAL

KINDS: dict[str, Kind] = {
    "no name": Kind(WRONG, C.GIVEN_NAMES, _names("", "")),
    "name unknown": Kind(WRONG, C.GIVEN_NAMES, _names("Unknown", "Unknown")),
    "name of crosses": Kind(WRONG, C.GIVEN_NAMES, _names("XXX", "XXXX")),
    "test pupil": Kind(WRONG, C.GIVEN_NAMES, _names("Test", "Pupil")),
    "A N Other": Kind(WRONG, C.GIVEN_NAMES, _names("A N", "Other")),
    "name too long": Kind(WRONG, C.FAMILY_NAME, _names("Sam", "please ring the office " * 9)),
    "no birth date": Kind(WRONG, C.BORN_ON, _always(C.BORN_ON, "")),
    "birth date to be confirmed": Kind(WRONG, C.BORN_ON, _always(C.BORN_ON, "TBC")),
    "no such day": Kind(WRONG, C.BORN_ON, _always(C.BORN_ON, "31/02/2016")),
    "month first": Kind(WRONG, C.BORN_ON, _american),
    "date of nothing": Kind(WRONG, C.BORN_ON, _always(C.BORN_ON, "01/01/1900")),
    "birth date without a year": Kind(WRONG, C.BORN_ON, _always(C.BORN_ON, "14/03")),
    "words for a birth date": Kind(WRONG, C.BORN_ON, _always(C.BORN_ON, "ask mum")),
    "not born yet": Kind(WRONG, C.BORN_ON, _year(70)),
    "a century too early": Kind(WRONG, C.BORN_ON, _year(-100)),
    "no family name": Kind(UNUSUAL, C.FAMILY_NAME, _always(C.FAMILY_NAME, "")),
    "no given name": Kind(UNUSUAL, C.GIVEN_NAMES, _names("", "Ashdown")),
    "a digit in a name": Kind(UNUSUAL, C.FAMILY_NAME, _digit),
    "two alphabets in a name": Kind(UNUSUAL, C.FAMILY_NAME, _two_alphabets),
    "a remark in a name": Kind(UNUSUAL, C.FAMILY_NAME, _remark),
    "letters broken by another system": Kind(UNUSUAL, C.FAMILY_NAME, _letters_broken),
    "a word for gender that nobody knows": Kind(UNUSUAL, C.GENDER, _always(C.GENDER, "Q")),
    "pupil number with a wrong letter": Kind(UNUSUAL, C.UPN, _other_letter),
    "pupil number cut short": Kind(UNUSUAL, C.UPN, _always(C.UPN, "A99920042")),
    "letter O for a nought": Kind(UNUSUAL, C.POSTCODE, _o_for_nought),
    "half a postcode": Kind(UNUSUAL, C.POSTCODE, _always(C.POSTCODE, "ZA1")),
    "unusual postcode": Kind(UNUSUAL, C.POSTCODE, _always(C.POSTCODE, "QZ1 1AA")),
    "postcode of nowhere": Kind(UNUSUAL, C.POSTCODE, _always(C.POSTCODE, "ZZ99 3CZ")),
    "phone cut short": Kind(UNUSUAL, C.CARER_1_PHONE, _always(C.CARER_1_PHONE, "0161 496")),
    "words for a phone": Kind(UNUSUAL, C.CARER_1_PHONE, _always(C.CARER_1_PHONE, "works nights")),
    "email without its sign": Kind(UNUSUAL, C.CARER_1_EMAIL, _always(C.CARER_1_EMAIL, "eve.example.test")),
    "a relationship that nobody knows": Kind(
        UNUSUAL,
        C.CARER_1_RELATIONSHIP,
        lambda draw, cells: {C.CARER_1_NAME: "Eve Ashdown", C.CARER_1_RELATIONSHIP: "Godparent"},
    ),
    "phone of nobody": Kind(
        UNUSUAL, C.CARER_1_PHONE, lambda draw, cells: {C.CARER_1_NAME: "", C.CARER_1_PHONE: "0161 496 0001"}
    ),
    "start on no such day": Kind(UNUSUAL, C.STARTED_ON, _always(C.STARTED_ON, "31/09/2021")),
    "start before birth": Kind(UNUSUAL, C.STARTED_ON, _on(C.STARTED_ON, 1999)),
    "start to come": Kind(UNUSUAL, C.STARTED_ON, _on(C.STARTED_ON, 2090)),
}
"""Kinds of fault in one row. Those of two rows are in messy.py."""
