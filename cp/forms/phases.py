"""When an authority begins, or a national partner: its region, its phase and its three days, in their order."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from cp.forms.fields import Asked, Day, Select, Text
from cp.rules.phases import Days
from cp.services.implementation.phases import Plan
from cp.terms import Region

REGIONS = {
    Region.EAST: "East of England",
    Region.EAST_MIDLANDS: "East Midlands",
    Region.LONDON: "London",
    Region.NORTH_EAST: "North East",
    Region.NORTH_WEST: "North West",
    Region.SOUTH_EAST: "South East",
    Region.SOUTH_WEST: "South West",
    Region.WEST_MIDLANDS: "West Midlands",
    Region.YORKSHIRE: "Yorkshire and the Humber",
}
LAST_PHASE = 99
WHY_NOT = {
    "has_come": "{label}: this day has come meanwhile and stays as it was",
    "past": "{label}: choose today or a later day",
    "data_first": "{label}: choose the day on which data begins, or a later one",
    "shields_first": "{label}: choose a day after the one on which shields begin, so that children are shielded first",
}
DAY_NAMES = ("data_from", "shields_from", "access_from")


class PartnerForm(Asked):
    phase = Text("Phase")
    access_from = Day("Practitioners begin", called="The day on which practitioners begin")

    def check(self) -> None:
        if _number(self.phase.data) is None:
            self.phase.errors.append(f"Enter the phase as a number from 1 to {LAST_PHASE}")
        self.check_days()

    def check_days(self) -> None:
        for field in self.days():
            if any(field.typed) and (sentence := field.missing()):
                field.errors.append(sentence)

    def days(self) -> Iterable[Day]:
        return [field for field in self if isinstance(field, Day)]

    def settle(self, come: Iterable[str]) -> None:
        """Days that have come are not asked for any more."""
        for name in come:
            if name in self:
                del self[name]

    def plan(self, held: Plan) -> Plan:
        """As it would be; what is not asked for stays as it is held."""
        given: dict[str, date | None] = {field.name: field.data for field in self.days()}
        return replace(held, phase=_number(self.phase.data), days=replace(held.days, **given))

    def refuse(self, problems: dict[str, str]) -> None:
        """Each sentence by its field; by the phase where that day is not asked for any more."""
        asked = {field.name: field for field in self}
        for name, code in problems.items():
            field = asked.get(name, self.phase)
            field.errors.append(WHY_NOT[code].format(label=_label(field)))


class PhaseForm(PartnerForm):
    region = Select("Region", {region.value: words for region, words in REGIONS.items()})
    phase = Text("Phase")
    data_from = Day("Data begins", called="The day on which data begins")
    shields_from = Day("Shields begin", called="The day on which shields begin")
    access_from = Day("Practitioners begin", called="The day on which practitioners begin")

    def check(self) -> None:
        if self.phase.data and _number(self.phase.data) is None:
            self.phase.errors.append(f"Enter the phase as a number from 1 to {LAST_PHASE}, or leave it empty")
        self.check_days()

    def plan(self, held: Plan) -> Plan:
        region = Region(self.region.data) if self.region.data else None
        return replace(super().plan(held), region=region)


def typed_of(plan: Plan) -> dict[str, Any]:
    """A form's first answers: what holds."""
    return {
        "region": plan.region.value if plan.region else None, "phase": str(plan.phase or ""),
        **{name: getattr(plan.days, name) for name in DAY_NAMES},
    }  # fmt: skip


def come(days: Days, today: date, of: Iterable[str] = DAY_NAMES) -> dict[str, date]:
    """Those days that have come, and so stay."""
    held = {name: getattr(days, name) for name in of}
    return {name: day for name, day in held.items() if day is not None and day <= today}


def _label(field: Any) -> str:
    return str(field.label.text)


def _number(typed: str) -> int | None:
    right = typed.isascii() and typed.isdigit() and len(typed) < 3 and 0 < int(typed) <= LAST_PHASE
    return int(typed) if right else None
