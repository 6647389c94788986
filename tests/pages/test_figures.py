"""The pages of figures: what stands first, what each figure means, and what there is before anything was done."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from cp.services.implementation import steps
from cp.terms import Figure, Region
from cp.views.figure_words import OF_AUTHORITIES, SAID
from tests.build import World
from tests.web import Browser, Page, said

FIGURES, NATION = "/implementation/figures", "/implementation/figures/national"


@pytest.fixture
def own(browser: Browser, session: Session, world: World) -> Browser:
    """The implementation manager's, after a contact and an agreement."""
    steps.keep(session, world.school, contacted_on=date(2026, 11, 10), means_agreed_on=date(2026, 11, 17))
    browser.become(session, world.ivy)
    return browser


def defined(page: Page) -> dict[str, str]:
    """By each figure's name, what the place says that its link leads to."""
    found = {}
    for link in page.html.select(".cp-figures dt a"):
        (place,) = page.html.select(str(link["href"]))
        assert said(place.select("dt")[0]) == said(link)
        found[said(link)] = said(place.select("dd")[0])
    return found


def test_the_manager_reads_how_many_are_live_and_then_every_figure(own: Browser) -> None:
    page = own.get(FIGURES)

    assert page.h1 == "Figures"
    assert page.texts("main p")[0] == (
        "None of 3 organisations is live on 23 November 2026. Download as a spreadsheet (CSV)"
    )
    assert page.texts(".cp-figures dt") == [SAID[figure].name for figure in Figure]
    assert page.texts(".cp-figures dd") == ["0", "3", "1", "1", "0", "0", "0", "0", "1", "0", "–", "–"]


@pytest.mark.parametrize(("path", "who", "figures"), [(FIGURES, "ivy", tuple(Figure)), (NATION, "ade", OF_AUTHORITIES)])
def test_each_figure_leads_to_what_it_counts(
    browser: Browser, session: Session, world: World, path: str, who: str, figures: tuple[Figure, ...]
) -> None:
    browser.become(session, getattr(world, who))

    assert defined(browser.get(path)) == {SAID[figure].name: SAID[figure].counts for figure in figures}


def test_the_chart_says_in_words_what_it_shows_and_needs_no_style(own: Browser) -> None:
    page = own.get(FIGURES)

    (chart,) = page.html.select("main svg[role=img]")
    named = [said(page.html.select(f"#{name}")[0]) for name in str(chart["aria-labelledby"]).split()]
    assert named == [
        "How many of 3 organisations were contacted, had agreed how they send, and were live, week by week",
        "4 weeks, from 2 November 2026. In the week of 23 November 2026: 1 contacted, 1 agreed, 0 live. "
        "The table after the chart has each week.",
    ]
    assert [line["stroke-dasharray"] for line in chart.select("polyline")] == ["none", "1 6", "12 6", "none"]
    assert {line.get("stroke") for line in chart.select("svg polyline, line")} == {None}
    assert chart.select("svg")[0]["stroke"] == chart["fill"] == "currentColor"


def test_before_the_first_contact_there_is_nothing_to_draw(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.ivy)

    page = browser.get(FIGURES)

    assert page.html.select("main svg") == []
    assert "No organisation was contacted yet, so there is nothing to draw." in page.texts("main p")


def test_the_spreadsheet_is_called_by_its_day(own: Browser) -> None:
    answer = own.client.get("/implementation/figures.csv")

    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures-2026-11-23.csv"'
    assert answer.text.splitlines()[:4] == ["\ufeffby,of,figure,number", "all,,live,0", "all,,organisations,3",
                                            "all,,contacted,1"]  # fmt: skip


@pytest.mark.parametrize("who", ["ade", "gil"])
def test_the_nation_is_shown_by_phase_and_region_and_nobody_is_counted(
    own: Browser, session: Session, world: World, who: str
) -> None:
    world.authority.region, world.authority.phase = Region.NORTH_WEST, 1
    own.become(session, getattr(world, who))

    page = own.get(own.get("/account").link("Figures"))

    assert page.h1 == "National figures"
    assert page.texts("caption") == ["By phase", "North West"]
    rows = [[said(cell) for cell in row.select("th, td")] for row in page.html.select("tbody tr")]
    assert rows == [["Phase 1", "3", "1", "1", "0", "0", "0"],
                    ["Northvale Council, phase 1", "3", "1", "1", "0", "0", "0"]]  # fmt: skip
    assert not {SAID[figure].name for figure in (Figure.TRAINED, Figure.CHILDREN_HELD)} & set(page.texts("dt"))


def test_the_menu_says_where_the_manager_is(own: Browser) -> None:
    menu = BeautifulSoup(own.client.get(FIGURES).text, "html.parser").find_all("a", {"aria-current": "page"})

    assert [said(link) for link in menu] == ["Figures"]
