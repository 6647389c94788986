"""The figures of one authority's roll-out, for its implementation manager: no child, and no person, is named."""

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import NamedTuple

from sqlalchemy import Select, case, func
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Onboarding, Organisation
from cp.rules import figures as rule
from cp.rules.access import Actor
from cp.services import audit
from cp.services.implementation import counting
from cp.services.implementation.counting import Numbers
from cp.services.managing.export import cell
from cp.services.supply.senders import SCHOOLS
from cp.terms import Act, Figure, OrganisationKind, SchoolType

PEOPLE = frozenset({Figure.CHILDREN_HELD, Figure.CHILDREN_EXPECTED, Figure.TRAINED})
"""Figures that count people: published rounded, each by itself."""
COLUMNS = ("by", "of", "figure", "number")


class Week(NamedTuple):
    """How many had come so far by the end of the week that begins on this Monday."""

    begins_on: date
    contacted: int
    agreed: int
    live: int


class Way(NamedTuple):
    """How many organisations had these days: of the first contact, of agreeing, and of going live where they are."""

    contacted_on: date | None
    agreed_on: date | None
    live_on: date | None
    organisations: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Ready to be shown to anybody who may: people are rounded. `weeks` are none where nothing was done yet."""

    all: Numbers
    by_kind: Mapping[OrganisationKind, Numbers]
    by_type: Mapping[SchoolType | None, Numbers]
    weeks: tuple[Week, ...]


def of_authority(session: Session, actor: Actor) -> Figures:
    """In three statements, however many organisations there are."""
    ours = counting.open_ones().where(Organisation.authority_id == actor.authority_id)
    exact, ways = _exact(session, ours), _ways(session, ours)
    kinds = [one for one in OrganisationKind if any(kind is one for kind, _ in exact)]
    types = [one for one in (*SchoolType, None) if any(kind in SCHOOLS and of is one for kind, of in exact)]
    found = Figures(
        _published(exact.values()) | _took(ways),
        {one: _published(numbers for (kind, _), numbers in exact.items() if kind is one) for one in kinds},
        {one: _published(numbers for (kind, of), numbers in exact.items() if kind in SCHOOLS and of is one)
         for one in types},
        tuple(_weeks(ways)),
    )  # fmt: skip
    audit.record(session, actor, Act.SEE_FIGURES, audit.About(results=found.all[Figure.ORGANISATIONS]))
    return found


def table(session: Session, actor: Actor) -> str:
    """All of them as CSV, one number a line, and every week since the first contact."""
    found, written = of_authority(session, actor), StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in line] for line in _lines(found))
    return written.getvalue()


def _lines(found: Figures) -> Iterator[tuple[object, ...]]:
    groups: list[tuple[str, str, Numbers]] = [("all", "", found.all)]
    groups += [("kind", kind, numbers) for kind, numbers in found.by_kind.items()]
    groups += [("school_type", of or "not_said", numbers) for of, numbers in found.by_type.items()]
    for by, of, numbers in groups:
        yield from ((by, of, figure.value, numbers[figure]) for figure in Figure if figure in numbers)
    for week in found.weeks:
        for figure in (Figure.CONTACTED, Figure.AGREED, Figure.LIVE):
            yield "week", week.begins_on, figure.value, getattr(week, figure.value)


def _exact(session: Session, ours: Select[Organisation]) -> dict[tuple[OrganisationKind, SchoolType | None], Numbers]:
    groups = Organisation.kind, Organisation.school_type
    held = counting.on_rolls(session, ours, *groups)
    return {
        (kind, of): {**numbers, Figure.CHILDREN_HELD: held.get((kind, of), 0)}
        for (kind, of), numbers in counting.by(session, ours, *groups).items()
    }


def _published(parts: Iterable[Numbers]) -> dict[Figure, int]:
    numbers = counting.total(parts)
    return {figure: rule.rounded(number) if figure in PEOPLE else number for figure, number in numbers.items()}


def _ways(session: Session, ours: Select[Organisation]) -> list[Way]:
    """Days that no organisation shares with another make one row each: some hundreds in an authority."""
    live_on = case((counting.is_live(), Onboarding.live_on))
    days = Onboarding.contacted_on, Onboarding.means_agreed_on, live_on
    query = ours.with_only_columns(*days, func.count()).select_from(Organisation)
    joined = query.join(Onboarding, Onboarding.organisation_id == Organisation.id).group_by(*days)
    return [Way(*row) for row in session.execute(joined)]


def _took(ways: Collection[Way]) -> dict[Figure, int]:
    """Nothing where none has come from its first contact to being live; a contact noted after that took no day."""
    days = [
        max(0, (way.live_on - way.contacted_on).days)
        for way in ways
        if way.live_on and way.contacted_on
        for _ in range(way.organisations)
    ]
    half, most = rule.days_within(days, 5), rule.days_within(days, 9)
    return {} if half is None or most is None else {Figure.DAYS_HALF: half, Figure.DAYS_SLOWEST: most}


def _weeks(ways: Collection[Way]) -> Iterator[Week]:
    contacted, agreed, live = (_by_day(ways, at) for at in range(3))
    if first := min([*contacted, *agreed, *live], default=None):
        mondays = rule.weeks(first, clock.today())
        columns = (_so_far(days, mondays) for days in (contacted, agreed, live))
        yield from (Week(*row) for row in zip(mondays, *columns, strict=True))


def _by_day(ways: Collection[Way], at: int) -> Counter[date]:
    """How many organisations came so far on each day; `at`: which of the three days of a way."""
    found = Counter[date]()
    for way in ways:
        if day := (way.contacted_on, way.agreed_on, way.live_on)[at]:
            found[day] += way.organisations
    return found


def _so_far(days: Counter[date], mondays: Collection[date]) -> list[int]:
    return [sum(number for day, number in days.items() if day < monday + rule.WEEK) for monday in mondays]
