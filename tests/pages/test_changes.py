"""“Tell us what has changed” on a record, and what the management team does with it."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Change
from cp.models.child import Child
from cp.terms import ChangeKind
from tests import build
from tests.build import World
from tests.build_identities import shield
from tests.build_telling import change, give_reason
from tests.web import Browser, Page, said

TELL = "Tell the management team"


@pytest.fixture
def amira(browser: Browser, session: Session, world: World) -> Child:
    """Sam is at the browser, with a reason to open her record."""
    child: Child = build.child(session, world)
    give_reason(session, child, world.sam)
    browser.become(session, world.sam)
    return child


def form(browser: Browser, child: Child) -> Page:
    return browser.get(browser.get(f"/children/{child.uid}").link("Tell us what has changed"))


def kinds(session: Session) -> list[ChangeKind]:
    session.rollback()
    return list(session.scalars(select(Change.kind)))


@pytest.mark.parametrize("shielded", [False, True])
def test_a_change_is_told_from_any_record_alike(
    browser: Browser, session: Session, amira: Child, shielded: bool
) -> None:
    if shielded:
        shield(session, amira)
        session.commit()

    page = browser.submit(form(browser, amira), TELL, what="moved_away", to="abroad")

    assert (page.h1, page.status_line) == ("Amira Siddiqui", "The management team has what you told.")
    assert kinds(session) == [ChangeKind.MOVED_AWAY]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose what has changed"),
        ({"what": "moved_away"}, "Choose where the child has moved to, or that you do not know"),
        ({"what": "died", "on-day": "1", "on-month": "1", "on-year": "2027"}, "The date must be today or in the past"),
    ],
)
def test_what_is_missing_is_said_by_its_field(
    browser: Browser, session: Session, amira: Child, typed: dict[str, Any], sentence: str
) -> None:
    page = browser.submit(form(browser, amira), TELL, **typed)

    assert (page.status, page.errors, kinds(session)) == (422, [sentence], [])


def test_pressing_twice_tells_once(browser: Browser, session: Session, amira: Child) -> None:
    page = form(browser, amira)

    lines = [browser.submit(page, TELL, what="left_school").status_line for _ in range(2)]

    assert (lines, kinds(session)) == (["The management team has what you told."] * 2, [ChangeKind.LEFT_SCHOOL])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose what you have found"),
        ({"answer": "true"}, "Enter the date of death"),
        (
            {"answer": "true", "died_on-day": "13", "died_on-month": "3", "died_on-year": "2016"},
            "The date of death must be on or after the date of birth",
        ),
    ],
)
def test_a_death_needs_an_answer_and_a_day_that_may_be_right(
    browser: Browser, session: Session, world: World, amira: Child, typed: dict[str, Any], sentence: str
) -> None:
    one = build.add(session, change(amira, world.nia, ChangeKind.DIED))
    browser.become(session, world.max)

    page = browser.submit(browser.get(f"/changes/{one.uid}"), "Save", **typed)

    assert (page.status, page.errors) == (422, [sentence])


def test_the_team_makes_sure_and_the_record_shows_it(
    browser: Browser, session: Session, world: World, amira: Child
) -> None:
    browser.submit(form(browser, amira), TELL, what="died")
    before = browser.get(f"/children/{amira.uid}").texts(".cp-facts li")[1]
    browser.become(session, world.max)
    waiting = browser.get(browser.get("/review").link("1 change in a child’s life waits"))
    page = browser.get(waiting.link("Amira Siddiqui"))

    day: dict[str, Any] = {"died_on-day": "20", "died_on-month": "11", "died_on-year": "2026"}
    done = browser.submit(page, "Save", answer="true", **day)

    browser.become(session, world.sam)
    after = browser.get(f"/children/{amira.uid}").texts(".cp-facts li")[1]
    assert (page.h1, done.h1, done.status_line) == (
        "Has this child died?", "Changes that somebody told", "It is noted as true.",
    )  # fmt: skip
    assert (before, after) == ("10 years old, born 14 March 2016", "Born 14 March 2016, died 20 November 2026")


def test_a_number_that_did_not_work_is_tried_and_put_right(
    browser: Browser, session: Session, world: World, amira: Child
) -> None:
    assert world.nia.practitioner
    build.involvement(session, amira, world.nia.practitioner)
    session.commit()
    asked = form(browser, amira)
    number = next(str(one["value"]) for one in asked.html.select("input[name=number]"))
    missing = browser.submit(asked, TELL, what="number_failed")
    told = browser.submit(asked, TELL, what="number_failed", number=number)
    browser.become(session, world.max)
    waiting = browser.get("/changes")
    page = browser.get(waiting.link("Amira Siddiqui"))

    wrong = browser.submit(page, "Save", answer="true", right="0161")
    done = browser.submit(page, "Save", answer="true", right="07700 900999")

    browser.become(session, world.sam)
    assert (missing.errors, told.status_line) == (
        ["Choose the number that did not work"], "The management team has what you told.",
    )  # fmt: skip
    assert (page.h1, wrong.errors) == ("Does this number not work?", ["Enter a telephone number, like 0161 496 0163"])
    assert done.status_line == "It is noted as true."
    assert "07700 900999" in said(browser.get(f"/children/{amira.uid}").html)


def test_of_a_shielded_record_the_question_of_numbers_is_not_there(
    browser: Browser, session: Session, amira: Child
) -> None:
    shield(session, amira)
    session.commit()

    page = form(browser, amira)

    assert "did not work" not in said(page.html)
