"""A practitioner's own list: what needs an answer, and the rest."""

from datetime import date

import time_machine
from sqlalchemy.orm import Session

from tests import build
from tests.build import Person, World
from tests.web import Browser


def test_my_involvements_asks_for_those_that_are_due(
    browser: Browser, session: Session, world: World, sam: Person, clock: time_machine.Traveller
) -> None:
    assert world.sam.practitioner is not None
    for name, started in (("Callum", date(2025, 12, 1)), ("Zofia", date(2025, 1, 1)), ("Hannah", date(2026, 9, 7))):
        child = build.child(session, world, given_names=name)
        build.involvement(session, child, world.sam.practitioner, started_on=started)
    session.commit()

    page = browser.get("/involvements")

    assert page.texts("h2") == ["May have ended", "Are you still working with them?", "The other 1"]
    assert page.texts("main p")[0] == "You are on the records of 3 children. 2 need an answer from you."
    page = browser.submit(page, "Yes, I am still working with Callum Siddiqui")
    assert page.status_line == "Callum Siddiqui is confirmed until 23 November 2027. 1 left to answer."


def test_an_empty_list_says_what_to_do(browser: Browser, sam: Person) -> None:
    page = browser.get("/involvements")

    assert page.texts("main p")[0].startswith("You are not on any child’s record yet.")
