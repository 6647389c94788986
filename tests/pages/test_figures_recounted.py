"""Every figure on every page, in the spreadsheet and in the chart is what counting all rows by hand comes to."""

import csv
from collections.abc import Callable
from random import Random

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from cp.forms.schools import KINDS
from cp.models import Authority
from cp.terms import Figure
from cp.views import figure_words
from cp.views.figure_words import OF_AUTHORITIES, OF_KINDS, OF_TYPES, SAID, SHOWN, phase_said
from tests import build
from tests.build import Person, World
from tests.build_figures import authority, organisations, rolls
from tests.facts_counted import FIGURES, Rows
from tests.pages.figures_read import drawn, shown, tables
from tests.scale import SEED, scaled
from tests.web import Browser

AUTHORITIES = scaled(20, 200)


def test_every_figure_is_what_counting_all_rows_comes_to(
    app: Flask, session: Session, world: World, clock: object, record_property: Callable[[str, object], None]
) -> None:
    made = generated(session, world)
    rows, compared = Rows.read(session), 0

    for one, ivy in made:
        browser = Browser(app)
        browser.become(session, ivy)
        compared += check_authority(browser, rows, one)
    browser = Browser(app)
    browser.become(session, world.ade)
    compared += check_nation(read(browser, "/implementation/figures/national"), rows, [one for one, _ in made])

    record_property("authorities", AUTHORITIES)
    record_property("numbers compared", compared)
    record_property("seed", SEED)


def generated(session: Session, world: World) -> list[tuple[Authority, Person]]:
    chance, made = Random(f"{SEED} figures"), [(world.authority, world.ivy)]
    children = [build.child(session, world, shielded=number % 7 == 0) for number in range(30)]
    for number in range(AUTHORITIES):
        one, ivy = authority(session, chance, number)
        rolls(session, chance, organisations(session, chance, one, most=14), children)
        made.append((one, ivy))
    session.commit()
    return made


def check_authority(browser: Browser, rows: Rows, one: Authority) -> int:
    """How many numbers agree. Each way of saying them says the same."""
    ours = rows.of(one)
    groups, weeks = rows.groups(ours), rows.weeks(ours)
    page, text = read(browser, "/implementation/figures"), browser.client.get("/implementation/figures.csv").text
    assert csv_of(text) == (groups, {week[0].isoformat(): week[1:] for week in weeks})
    every = groups["all", ""]
    assert shown(page) == {SAID[figure].name: said(every, figure) for figure in Figure}
    found = tables(page)
    assert found.pop("By kind of organisation", {}) == {
        name: of(groups["kind", str(kind)], OF_KINDS) for kind, name in KINDS.items() if ("kind", str(kind)) in groups
    }
    named = {name: ("school_type", kind.value if kind else "not_said") for kind, name in figure_words.TYPES.items()}
    assert found.pop("Schools and colleges, by who runs them", {}) == {
        name: of(groups[key], OF_TYPES) for name, key in named.items() if key in groups
    }
    check_weeks(page, weeks[-SHOWN:], len(ours), list(found.values()))
    return sum(map(len, groups.values())) + 3 * len(weeks)


def check_weeks(page: BeautifulSoup, weeks: list, of_all: int, left: list) -> None:  # type: ignore[type-arg]
    """The table beside the chart, newest first, and the chart itself."""
    if not weeks:
        assert (left, page.find_all("svg")) == ([], [])
        return
    (table,) = left
    assert list(table.items()) == [
        (figure_words.short(day), {"Contacted": str(contacted), "Agreed": str(agreed), "Live": str(live)})
        for day, contacted, agreed, live in reversed(weeks)
    ]
    _, contacted, agreed, live = map(list, zip(*weeks, strict=True))
    assert drawn(page) == {
        f"All {of_all}": [of_all] * len(weeks), f"Contacted {contacted[-1]}": contacted,
        f"Agreed {agreed[-1]}": agreed, f"Live {live[-1]}": live,
    }  # fmt: skip


def check_nation(page: BeautifulSoup, rows: Rows, every: list[Authority]) -> int:
    def counted(ones: list[Authority]) -> dict[str, str]:
        return of(rows.count([organisation for one in ones for organisation in rows.of(one)]), OF_AUTHORITIES)

    assert shown(page) == counted(every)
    found = tables(page)
    phases = {one.phase for one in every}
    assert found.pop("By phase") == {
        phase_said(phase): counted([one for one in every if one.phase == phase]) for phase in phases
    }
    expected = {}
    for region in {one.region for one in every}:
        there = [one for one in every if one.region == region]
        lines = {f"{one.name}, {phase_said(one.phase).lower()}": counted([one]) for one in there}
        expected[figure_words.REGIONS[region]] = lines | ({"All of them": counted(there)} if len(there) > 1 else {})
    assert found == expected
    return len(OF_AUTHORITIES) * (1 + len(phases) + sum(map(len, expected.values())))


def read(browser: Browser, path: str) -> BeautifulSoup:
    """The page as it is sent; tests/pages/test_figures.py checks it as every page is checked."""
    return BeautifulSoup(browser.client.get(path).text, "html.parser")


def of(numbers: dict[str, int], figures: tuple[Figure, ...]) -> dict[str, str]:
    return {SAID[figure].name: said(numbers, figure) for figure in figures}


def said(numbers: dict[str, int], figure: Figure) -> str:
    return f"{numbers[figure]:,}" if figure in numbers else "–"


def csv_of(text: str) -> tuple[dict[tuple[str, str], dict[str, int]], dict[str, tuple[int, ...]]]:
    """The groups' numbers, and those of the weeks."""
    head, *lines = csv.reader(text.removeprefix("\ufeff").splitlines())
    assert head == ["by", "of", "figure", "number"]
    groups: dict[tuple[str, str], dict[str, int]] = {}
    weeks: dict[str, dict[str, int]] = {}
    for by, of_what, figure, number in lines:
        assert figure in FIGURES
        group = weeks.setdefault(of_what, {}) if by == "week" else groups.setdefault((by, of_what), {})
        assert figure not in group
        group[figure] = int(number)
    return groups, {day: tuple(numbers[name] for name in ("contacted", "agreed", "live"))
                    for day, numbers in weeks.items()}  # fmt: skip
