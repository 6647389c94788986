"""The log of contacts made with a school: one written down, its next step done, a wrong one taken back."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import ContactMade, Organisation
from cp.terms import ContactOutcome, NextStep
from tests import build_schools
from tests.build import World
from tests.build_schools import ago
from tests.pages.school_steps import CALLED, adding, another, facts, shown, writing
from tests.pages.supply.steps import rows
from tests.web import Browser


@pytest.fixture
def school(browser: Browser, session: Session, world: World) -> Organisation:
    made = build_schools.school(session, world)
    browser.become(session, world.ivy)
    return made


def test_a_contact_made_is_written_down_and_moves_the_school_on(
    browser: Browser, session: Session, school: Organisation
) -> None:
    adding(browser, school)
    page = writing(browser, school)
    asked = page.form("Save").fields
    assert asked["when-day"] == "23"
    jo = asked["whom"]

    page = browser.submit(page, "Save", **(CALLED | {"whom": jo}))

    assert page.status_line == "The contact is written down."
    assert page.texts(".cp-facts li") == [
        "Waits for their answers",
        "The school: answer our questions",
        "By 1 December 2026",
    ]
    assert rows(page) == [[
        "23 November 2026By telephone, written down by Ivy Hartley", "Jo Bell",
        "We explained the duty and what happens next", "Hear from them, by 1 December 2026",
        "Take back the contact of 23 November 2026",
    ]]  # fmt: skip
    row = build_schools.row(session, school)
    assert (row.contacted_on, row.duty_explained_on, str(row.next_on)) == (ago(0), ago(0), "2026-12-01")


def test_a_next_step_is_done_once(browser: Browser, session: Session, school: Organisation) -> None:
    before = browser.submit(writing(browser, school), "Save", **CALLED)

    page = browser.submit(before, "Done")
    assert (page.status_line, rows(page)[0][3]) == (
        "The next step is done.", "Hear from them, done on 23 November 2026",
    )  # fmt: skip
    assert build_schools.row(session, school).next_on is None

    assert browser.submit(before, "Done").status_line == "Nothing has changed: that next step is no longer open."


def test_a_wrong_entry_is_taken_back_and_stays(browser: Browser, session: Session, school: Organisation) -> None:
    page = browser.submit(writing(browser, school), "Save", **CALLED)
    asks = browser.get(page.link("Take back the contact of 23 November 2026"))
    assert asks.texts("main p.govuk-body")[0] == (
        "23 November 2026, by telephone, with nobody named: we explained the duty and what happens next. Ivy Hartley "
        "wrote it down."
    )

    page = browser.submit(asks, "Take it back")

    assert page.status_line == "The entry is taken back. It stays in the log as taken back."
    assert (rows(page)[0][4], page.texts(".cp-facts li")[0]) == ("Taken back", "Waits for first contact")
    assert facts(page)["First contact"] == "Not yet"
    again = browser.submit(asks, "Take it back")
    assert again.status_line == "Nothing has changed: the entry was taken back already."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"whom": None}, "Choose with whom, or nobody"),
        ({"by": "pigeon"}, "Choose how"),
        ({"outcome": None}, "Choose what came of it"),
        ({"next_step": ""}, "Choose the next step, or nothing for now"),
        ({"when_on_day": "24"}, "The day must be today or in the past"),
        ({"when_on_year": "2023"}, "The day must be within the last 2 years"),
        ({"by_when_on_day": ""}, "The day of the next step must include a day"),
        ({"by_when_on_year": "2025"}, "The day of the next step must be today or later"),
        ({"by_when_on_year": "2027"}, "The day of the next step must be within a year"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_used_is_asked_for_again(
    browser: Browser, session: Session, school: Organisation, wrong: dict[str, Any], said: str
) -> None:
    page = browser.submit(writing(browser, school), "Save", **(CALLED | wrong))

    assert (page.status, page.errors) == (422, [said])
    assert session.scalars(select(ContactMade)).all() == []


def test_without_a_next_step_its_day_is_not_asked_for(browser: Browser, session: Session, school: Organisation) -> None:
    browser.submit(writing(browser, school), "Save", **(CALLED | {"next_step": "nothing"}))

    made = session.scalars(select(ContactMade)).one()
    assert (made.next_step, made.next_on, made.outcome) == (None, None, ContactOutcome.DUTY_EXPLAINED)


def test_of_two_who_write_down_at_once_the_second_is_told(
    app: Flask, browser: Browser, session: Session, world: World, school: Organisation
) -> None:
    other = another(app, session, world)
    mine = writing(browser, school)

    other.submit(writing(other, school), "Save", **(CALLED | {"outcome": "no_answer"}))
    page = browser.submit(mine, "Save", **CALLED)

    assert page.errors == ["Meanwhile Ian Two wrote down a contact of 23 November 2026: by telephone, nobody answered. "
                           "Save again if yours is another contact"]  # fmt: skip
    assert page.form("Save").fields["outcome"] == "duty_explained"
    assert browser.submit(page, "Save").status_line == "The contact is written down."


def test_an_overdue_next_step_stands_first_and_late(browser: Browser, session: Session, world: World,
                                                    school: Organisation) -> None:  # fmt: skip
    build_schools.made(session, school, world.ivy, next_on=ago(3))
    build_schools.made(session, school, world.ivy, next_step=NextStep.CALL, next_on=ago(-2))
    session.commit()

    page = shown(browser, school)

    assert page.texts(".cp-person > p") == ["3 days late", "By 25 November 2026"]
