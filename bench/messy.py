"""A school's file as schools send them: its own headings, columns nobody asked for, every way of writing, and mistakes.

The mistakes are planted at known rows. What is merely untidy (capitals, other ways to write a date, a nought that a
spreadsheet took away) is everywhere, and no mistake.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bench.draw import Draw
from bench.messy_faults import KINDS, Cells, Kind
from bench.numbers import upn_with_letter
from bench.shapes import Address, Child
from bench.untidy import untidy
from cp.rules.phones import phone_shown
from cp.terms import Column, Fault

C = Column
OF_EACH_KIND = 3
"""Rows with each kind of fault."""
FEWEST = 150
THIS_YEAR = 2026
"""Nobody of this year's or later ones has started."""

COLUMNS: tuple[tuple[str, Column | None], ...] = (
    ("Adno", C.ROW_KEY), ("UPN", C.UPN), ("Legal Surname", C.FAMILY_NAME), ("Legal Forename", C.GIVEN_NAMES),
    ("Middle name(s)", C.MIDDLE_NAMES), ("Known As", C.PREFERRED_GIVEN_NAMES), ("Former Surname", C.FORMER_FAMILY_NAME),
    ("Ethnicity", None), ("DOB", C.BORN_ON), ("Sex", C.GENDER), ("Tutor Group", None), ("House", None),
    ("SEN Status", None), ("House No", C.ADDRESS_1), ("Street", C.ADDRESS_2), ("Locality", C.ADDRESS_3),
    ("Town", C.TOWN), ("PostCode", C.POSTCODE), ("FSM", None), ("Photo", None),
    ("Date of Admission", C.STARTED_ON), ("Contact 1 Name", C.CARER_1_NAME),
    ("Contact 1 Relationship", C.CARER_1_RELATIONSHIP), ("Contact 1 PR", C.CARER_1_RESPONSIBILITY),
    ("Contact 1 Mobile", C.CARER_1_PHONE), ("Contact 1 Email", C.CARER_1_EMAIL), ("Medical Notes", None),
    ("Contact 2 Name", C.CARER_2_NAME), ("Contact 2 Relationship", C.CARER_2_RELATIONSHIP),
    ("Contact 2 Tel.", C.CARER_2_PHONE), ("First Language", None), ("Attendance %", None), ("KS2 Results", None),
    ("Bus", None), ("Comments", None),
)  # fmt: skip
"""Every heading in its order, and what it means; None for what may not be held, and for what nobody knows."""

RUBBISH = {
    "Ethnicity": ("WBRI", "APKN", "Refused", ""), "Tutor Group": ("7A", "7B", "8C"), "House": ("Red", "Blue"),
    "SEN Status": ("K", "E", "N", ""), "FSM": ("Y", "N", "T"), "Photo": ("Yes", "No"),
    "Medical Notes": ("", "", "Inhaler in office", "Nuts!"), "First Language": ("English", "Polish", "Urdu"),
    "Attendance %": ("97.4", "88", "100"), "KS2 Results": ("104", "99", ""), "Bus": ("", "14", "22"),
    "Comments": ("", "", "Speak to Dad first", "Do not ring after 4"),
}  # fmt: skip


class Planted(NamedTuple):
    """A fault and where it is: `row` counts from 1 with the headings, as a spreadsheet program shows it."""

    kind: str
    row: int
    fault: Fault
    column: Column | None


class Messy(NamedTuple):
    data: bytes
    planted: tuple[Planted, ...]


def messy(children: Iterable[Child], seed: int, school: int | None = None) -> Messy:
    """The file of a school that has these pupils, the same for the same children and seed.

    Where the `school` is one of the population, its own keys for them; else they are numbered from 1.
    Of fewer than 150 pupils there are not enough for every kind of fault: ValueError.
    """
    draw = Draw(seed, "messy")
    rows = [_pupil(draw, child, _key(child, school) or f"{at:06d}") for at, child in enumerate(children, 1)]
    planting = _Planting(draw, rows)
    for kind, fault in KINDS.items():
        for _ in range(OF_EACH_KIND):
            planting.one(kind, fault)
    for number in range(OF_EACH_KIND):
        planting.again()
        planting.with_other_details()
        planting.two("one key for two pupils", C.ROW_KEY, f"{900_000 + number}")
        planting.two("one number for two pupils", C.UPN, upn_with_letter(f"999888820{number:03d}"))
    for at in planting.free:
        rows[at].update(untidy(draw, rows[at]))
    return Messy(_written(draw, rows), tuple(sorted(planting.planted, key=lambda one: (one.row, one.kind))))


class _Planting:
    """Where faults were planted, and the rows that are still free."""

    def __init__(self, draw: Draw, rows: list[Cells]) -> None:
        if len(rows) < FEWEST:
            raise ValueError(f"{len(rows)} pupils are too few")
        self.draw, self.rows = draw, rows
        self.free = draw.shuffled(range(len(rows)))
        self.planted: list[Planted] = []

    def one(self, kind: str, fault: Kind) -> None:
        at = self.free.pop()
        self.rows[at].update(fault.spoil(self.draw, self.rows[at]))
        self._plant(kind, at, fault.fault, fault.column)

    def again(self) -> None:
        self.rows.append(dict(self.rows[self.free.pop()]))
        self._plant("the same row again", len(self.rows) - 1, Fault.TWICE, None)

    def with_other_details(self) -> None:
        other = {C.ROW_KEY: f"{800_000 + len(self.rows)}", C.UPN: "", C.ADDRESS_2: "Elsewhere Road"}
        self.rows.append({**self.rows[self.free.pop()], **other})
        self._plant("the same pupil with other details", len(self.rows) - 1, Fault.TWICE, None)

    def two(self, kind: str, column: Column, value: str) -> None:
        for at in (self.free.pop(), self.free.pop()):
            self.rows[at][column] = value
            self._plant(kind, at, Fault.TWICE, column)

    def _plant(self, kind: str, at: int, fault: Fault, column: Column | None) -> None:
        self.planted.append(Planted(kind, at + 2, fault, column))


def _key(child: Child, school: int | None) -> str | None:
    return next((one.row_key for one in child.said if one.organisation == school), None)


def _pupil(draw: Draw, child: Child, key: str) -> Cells:
    """What a tidy school would write of the child."""
    given, _, middle = child.given_names.partition(" ")
    names = {name.kind: name for name in child.names}
    address = next((one.address for one in child.locations if one.state == "current" and one.address), None)
    started = date(child.born_on.year + draw.between(3, 5), 9, draw.between(1, 8))
    return {
        C.ROW_KEY: key,
        C.UPN: dict(child.numbers).get("upn", ""),
        C.FAMILY_NAME: child.family_name,
        C.GIVEN_NAMES: given,
        C.MIDDLE_NAMES: middle,
        C.PREFERRED_GIVEN_NAMES: names["preferred"].given_names if "preferred" in names else given,
        C.FORMER_FAMILY_NAME: names["former"].family_name if "former" in names else "",
        C.BORN_ON: f"{child.born_on:%d/%m/%Y}",
        C.GENDER: {"female": "F", "male": "M"}.get(child.gender, "U"),
        C.STARTED_ON: f"{started:%d/%m/%Y}" if started.year < THIS_YEAR else "",
        **_housed(address),
        **_cared_for(child),
    }


def _housed(address: Address | None) -> Cells:
    if address is None:
        return dict.fromkeys((C.ADDRESS_1, C.ADDRESS_2, C.ADDRESS_3, C.TOWN, C.POSTCODE), "")
    house, _, street = address.lines[0].partition(" ")
    if not house[:1].isdigit():
        house, street = "", address.lines[0]
    return {
        C.ADDRESS_1: house,
        C.ADDRESS_2: street,
        C.ADDRESS_3: address.lines[1] if len(address.lines) > 1 else "",
        C.TOWN: address.town,
        C.POSTCODE: address.postcode,
    }


def _cared_for(child: Child) -> Cells:
    cells: Cells = {}
    for who, carer in zip(("carer_1", "carer_2"), child.carers, strict=False):
        cells |= {
            Column(f"{who}_name"): carer.name,
            Column(f"{who}_relationship"): carer.relationship.replace("_", " "),
            Column(f"{who}_responsibility"): "Y" if carer.responsibility else "N",
            Column(f"{who}_phone"): phone_shown(carer.phones[0]) if carer.phones else "",
            Column(f"{who}_email"): carer.email or "",
        }
    return cells


def _written(draw: Draw, rows: list[Cells]) -> bytes:
    """As a spreadsheet saves it, with what nobody asked for between."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(heading for heading, _ in COLUMNS)
    for row in rows:
        lines.writerow(
            row.get(column, "") if column else draw.pick(RUBBISH[heading]) for heading, column in COLUMNS
        )  # fmt: skip
    return text.getvalue().encode("utf-8-sig")
