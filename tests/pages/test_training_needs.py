"""The pages of what training is needed: for a school, a cluster of schools, an authority, a region."""

import pytest
from sqlalchemy.orm import Session

from cp.services.implementation import workforce
from cp.terms import Region
from tests import build_training
from tests.build import World
from tests.pages.supply.steps import rows
from tests.web import Browser


@pytest.fixture(autouse=True)
def _ivy(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.ivy)


def test_what_is_needed_is_read_printed_and_downloaded(browser: Browser, session: Session, world: World) -> None:
    workforce.set_counts(session, world.school, {"head_of_year": 7})
    build_training.named(session, world.school)
    session.commit()

    page = browser.get(browser.get("/implementation/training").link("How many people still need training"))
    assert rows(page) == [["Head of year", "5", "0", "0", "0", "5"], ["All", "5", "0", "0", "0", "5"]]
    file = browser.client.get(page.link("Download as a spreadsheet (CSV)"))
    assert file.text.splitlines()[1:] == ["Head of year,5,0,0,0,5", "All,5,0,0,0,5"]
    one = browser.get(f"/implementation/training/needs?school={world.school.uid}")
    assert rows(one) == [["Head of year", "7", "1", "0", "0", "7"], ["All", "7", "1", "0", "0", "7"]]
    file = browser.client.get(one.link("Download as a spreadsheet (CSV)"))
    assert file.text.splitlines()[1:] == ["Head of year,7,1,0,0,7", "All,7,1,0,0,7"]


def test_a_cluster_is_made_looked_at_changed_and_removed(browser: Browser, session: Session, world: World) -> None:
    workforce.set_counts(session, world.school, {"head_of_year": 7})
    session.commit()
    page = browser.get(browser.get("/implementation/training/needs").link("Make a cluster"))
    assert browser.submit(page, "Save").errors == ["Enter what the cluster is called", "Choose at least one school"]

    page = browser.submit(page, "Save", name="Weirside", schools=[str(world.school.uid)])
    assert page.status_line == "The cluster is saved."
    again = browser.submit(browser.get(page.link("Make a cluster")), "Save", name="weirside",
                           schools=[str(world.school.uid)])  # fmt: skip
    assert again.errors == ["There is a cluster called Weirside already. Enter another name, or change that one"]
    page = browser.get(page.link("Weirside"))
    assert rows(page)[0] == ["Head of year", "5", "0", "0", "0", "5"]
    page = browser.submit(browser.get(page.link("Change this cluster")), "Save", schools=[str(world.health.uid)])
    assert page.texts("main table") == []

    page = browser.submit(browser.get(page.link("Change this cluster")), "Remove this cluster")

    assert page.status_line == "The cluster is removed. Its schools are as they were."
    assert "Weirside" not in page.texts("main a")


def test_a_regional_coordinator_reads_the_region_and_no_school(
    browser: Browser, session: Session, world: World
) -> None:
    workforce.set_counts(session, world.school, {"head_of_year": 23})
    world.authority.region = Region.NORTH_WEST
    session.commit()
    browser.become(session, world.gil)

    page = browser.get("/region/training")

    assert (page.h1, page.texts(".govuk-caption-l")) == ("Training needs", ["North West"])
    assert rows(page)[0] == ["Head of year", "25", "0", "0", "0", "25"]
    assert browser.client.get("/region/training.csv").text.splitlines()[1] == "Head of year,25,0,0,0,25"
    assert "Hollin Bank" not in browser.get("/region/training").response.text
    assert browser.get("/implementation/training/needs").h1 == "Your role does not allow this"


def test_without_a_region_it_says_so(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.gil)

    assert browser.get("/region/training").texts("main p")[-1:] == [
        "No region is set for Northvale Council, so there is nothing to add up."
    ]
    assert browser.client.get("/region/training.csv").text.strip("\ufeff") == ""
