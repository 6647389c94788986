"""What each figure of a roll-out is called and what it counts: the one list, which pages and their tests read."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask import Flask

from cp.forms.phases import REGIONS as REGION_WORDS
from cp.forms.schools import KINDS
from cp.services.implementation.counting import Numbers
from cp.services.implementation.figures import Week
from cp.terms import Figure, Region, SchoolType
from cp.views.charts import Line, Series, burn_up

SHOWN = 26
"""Weeks on the page; the spreadsheet has them all."""


class Said(NamedTuple):
    """`counts`: the definition."""

    name: str
    counts: str


SAID = {
    Figure.LIVE: Said("Live", (
        "Organisations for which nothing is missing today. One whose agreement or accreditation has run out is not "
        "live until it has a new one."
    )),
    Figure.ORGANISATIONS: Said("All", (
        "Every school, college, practice and service that has not closed. The council itself is not among them."
    )),
    Figure.CONTACTED: Said("Contacted", "Those who were spoken or written to at least once."),
    Figure.AGREED: Said("Means agreed", "Those with whom it is agreed how they send what they know."),
    Figure.SUPPLYING: Said("Supplying", (
        "Those who have sent a file that stands, and whose next one is not overdue. A file that was undone does not "
        "stand, and a child who was typed in is no file."
    )),
    Figure.OVERDUE: Said("Next steps overdue", (
        "Organisations whose next step was due before today, whoever is to take it."
    )),
    Figure.CHILDREN_HELD: Said("Children held", (
        "Children on the rolls of schools, as the schools say, of those schools whose number of pupils is known. A "
        "child on two rolls counts twice, as in the school census. Rows that wait for a person do not count yet."
    )),
    Figure.CHILDREN_EXPECTED: Said("Children expected", (
        "Pupils of the same schools, by the newest school census or as the school says itself."
    )),
    Figure.ROLLS_NOT_KNOWN: Said("Schools not counted", (
        "Schools of which nobody has said how many pupils they have. Their children are neither held nor expected here."
    )),
    Figure.TRAINED: Said("People trained", (
        "People whom the organisations have named, and who have completed their training."
    )),
    Figure.DAYS_HALF: Said("Days from first contact to live", (
        "The median: of the organisations that are live, at least half took so many days or fewer."
    )),
    Figure.DAYS_SLOWEST: Said("Days of the slowest tenth", (
        "Nine of ten organisations that are live took so many days or fewer. The slowest tenth took so many or more."
    )),
}  # fmt: skip
OF_EACH = (Figure.ORGANISATIONS, Figure.CONTACTED, Figure.AGREED, Figure.SUPPLYING, Figure.LIVE)
OF_KINDS = (*OF_EACH, Figure.TRAINED)
OF_TYPES = (*OF_EACH, Figure.CHILDREN_HELD, Figure.CHILDREN_EXPECTED)
OF_AUTHORITIES = (*OF_EACH, Figure.OVERDUE)
TYPES = {
    SchoolType.MAINTAINED: "Maintained",
    SchoolType.ACADEMY: "Academies",
    SchoolType.INDEPENDENT: "Independent",
    SchoolType.NON_MAINTAINED_SPECIAL: "Non-maintained special",
    SchoolType.COLLEGE: "Colleges",
    SchoolType.OTHER: "Other",
    None: "Not said by the register",
}
REGIONS: dict[Region | None, str] = {**dict[Region | None, str](REGION_WORDS.items()), None: "Region not said"}


def lines(weeks: Sequence[Week], of: int) -> list[Line]:
    """The chart of these weeks, each line with a pattern of its own: none is known by its colour."""
    return burn_up(of, (
        Series("All", [of] * len(weeks), wide=1),
        Series("Contacted", [week.contacted for week in weeks], "1 6"),
        Series("Agreed", [week.agreed for week in weeks], "12 6"),
        Series("Live", [week.live for week in weeks], wide=4),
    ))  # fmt: skip


def short(day: date) -> str:
    """23 Nov: less than a year is shown."""
    return f"{day.day} {day:%b}"


def phase_said(phase: int | None) -> str:
    return "Phase not said" if phase is None else f"Phase {phase}"


def number_said(numbers: Numbers, figure: Figure) -> str:
    """With commas; a dash where there is nothing to count."""
    return f"{numbers[figure]:,}" if figure in numbers else "–"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(short=short)
    app.jinja_env.globals.update(
        FIGURES=SAID, FIGURES_OF_KINDS=OF_KINDS, FIGURES_OF_TYPES=OF_TYPES, FIGURES_OF_AUTHORITIES=OF_AUTHORITIES,
        KINDS_COUNTED=KINDS, TYPES_COUNTED=TYPES, REGIONS_COUNTED=REGIONS, chart_lines=lines, phase_said=phase_said,
        number_said=number_said,
    )  # fmt: skip
