"""A regional co-ordinator's pages: figures of organisations, no child and no person's name."""

import pytest
from sqlalchemy.orm import Session

from cp import clock
from cp.services.implementation import steps
from cp.terms import Region
from tests import build_governance
from tests.build import World
from tests.pages.supply.steps import rows
from tests.web import Browser


@pytest.fixture(autouse=True)
def _gil(browser: Browser, session: Session, world: World) -> None:
    world.authority.region = Region.NORTH_WEST
    build_governance.authority(session, "Eastvale Council", Region.NORTH_WEST)
    steps.keep(session, world.school, contacted_on=clock.today(), duty_explained_on=clock.today())
    build_governance.agreement(session, world, world.practice, ends_on=clock.today())
    browser.become(session, world.gil)


def test_the_region_is_home_with_a_line_for_each_authority(browser: Browser) -> None:
    page = browser.get("/implementation/region")

    assert page.h1 == "Authorities of the North West"
    assert page.texts("nav[aria-label=Menu] li") == ["Region", "Figures", "Training needs", "Phases", "Account", "Help"]
    assert rows(page) == [
        ["Eastvale Council", "0", "0", "0", "0", "0"], ["Northvale Council", "3", "0", "0", "1", "0"],
        ["All authorities", "3", "0", "0", "1", "0"],
        ["Eastvale Council", *"000000000"], ["Northvale Council", *"210000000"], ["All authorities", *"210000000"],
    ]  # fmt: skip
    assert "Petra" not in page.response.text


def test_an_authority_opens_by_kind_of_organisation(browser: Browser) -> None:
    page = browser.get(browser.get("/implementation/region").link("Northvale Council"))

    assert page.h1 == "Northvale Council"
    assert [row[0] for row in rows(page)][:4] == ["Primary schools", "GP practices", "Health services", "All kinds"]
    assert "Hollin Bank" not in page.response.text
    assert page.response.text.count("Ivy") == 0


def test_the_region_as_a_spreadsheet(browser: Browser) -> None:
    answer = browser.client.get(browser.get("/implementation/region").link("Download all as a spreadsheet (CSV)"))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="region-2026-11-23.csv"'
    assert answer.text.splitlines()[1:] == [
        "Eastvale Council,0,0,0,0,0,0,0,0,0,0,0,0,0", "Northvale Council,3,2,1,0,0,0,0,0,0,0,0,1,0",
    ]  # fmt: skip


def test_without_a_region_it_says_so_plainly(browser: Browser, session: Session, world: World) -> None:
    world.authority.region = None
    session.commit()

    page = browser.get("/implementation/region")

    assert page.h1 == "No region"
    assert page.texts("main p")[0] == (
        "Northvale Council, which you work for, has no region yet. "
        "An authority without a region is nobody’s, so there is nothing to show."
    )


def test_what_is_not_of_the_region_is_not_there(browser: Browser, session: Session) -> None:
    there = build_governance.authority(session, "Southvale Council", Region.SOUTH_EAST)
    session.commit()

    assert browser.get(f"/implementation/region/{there.uid}").status == 404


def test_nothing_but_the_region_is_open(browser: Browser, world: World) -> None:
    for address in ("/", "/implementation/agreements", f"/implementation/schools/{world.school.uid}/agreement",
                    f"/implementation/schools/{world.school.uid}/accreditation", "/authorities"):  # fmt: skip
        assert browser.get(address).status == 403
