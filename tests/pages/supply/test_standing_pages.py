"""Files sent: what is due, and how good the files are, from the supplier's own files alone."""

from datetime import timedelta

import time_machine
from sqlalchemy.orm import Session

from cp import clock
from tests.build import Person, World
from tests.build_supply import AMIRA, JACK, csv_of, receive
from tests.pages.supply.steps import WRONG, rows
from tests.web import Browser, Page


def standing(page: Page) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.html.select(".govuk-summary-list__row")]


def test_before_the_first_file_nothing_is_due_and_nothing_is_counted(browser: Browser, ada: Person) -> None:
    page = browser.get("/supply/files")

    assert standing(page) == [
        "Last supplied Never", "How often Every working day", "Next file due Nothing is due before the first file",
    ]  # fmt: skip
    assert page.html.select("main table") == []


def test_the_scorecard_says_each_figure_what_it_is_counted_from_and_what_would_better_it(
    browser: Browser, session: Session, world: World, ada: Person
) -> None:
    receive(session, world.school, csv_of(AMIRA, JACK, WRONG))

    page = browser.get("/supply/files")

    assert rows(page, "main table:first-of-type tbody tr")[:3] == [
        ["Complete",
         "100% have a date of birth100% have a postcode in the address33% have a carer0% have a pupil or NHS number",
         "3 rows in 1 file", "3 rows have no pupil or NHS number. Add it where you know it"],
        ["Correct", "66% had no fault0 of the 1 held back came again corrected", "3 rows in 1 file",
         "Correct the 1 row that is still held back, and send it again"],
        ["On time", "Not known yet", "No second file was due yet", "Send the next file by 24 November 2026"],
    ]  # fmt: skip
    assert standing(page)[::2] == ["Last supplied 23 November 2026", "Next file due By 24 November 2026"]


def test_what_is_overdue_is_said_in_words(browser: Browser, session: Session, world: World, ada: Person) -> None:
    with time_machine.travel(clock.now() - timedelta(days=5), tick=False):
        receive(session, world.school, csv_of(AMIRA))

    page = browser.get("/supply/files")

    assert standing(page)[2] == "Next file due Overdue. It was due by 19 November 2026"
    assert rows(page)[2] == ["On time", "0 of 2 files", "The last 2 files that were due", "Send a file today"]


def test_another_schools_files_are_not_in_it(
    browser: Browser, session: Session, world: World, stranger: Person
) -> None:
    receive(session, world.school, csv_of(AMIRA))

    browser.become(session, stranger)

    assert standing(browser.get("/supply/files"))[0] == "Last supplied Never"
