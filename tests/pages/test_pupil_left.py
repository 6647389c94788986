"""A pupil who has left, said by hand: by the school's own key or by who it is, undone like any file."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Involvement
from cp.terms import Role
from tests import build
from tests.build import World
from tests.build_supply import AMIRA, IFEOMA, JACK, send, work
from tests.web import Browser, Page

NEXT_DAY = date(2026, 11, 24)
"""After the day on which the school first spoke of them: nobody left before they were there."""
LEFT: dict[str, Any] = {"left_on-day": "20", "left_on-month": "11", "left_on-year": "2026"}
IS_IFEOMA: dict[str, Any] = {"given_names": "Ifeoma", "family_name": "Abara", "born_on-day": "3", "born_on-month": "9",
                             "born_on-year": "2015"}  # fmt: skip


@pytest.fixture
def world(browser: Browser, session: Session, world: World) -> World:
    """Sue is at the browser; her school has sent Amira and Jack."""
    send(session, world.school, AMIRA, JACK)
    person = build.person(session, world.school, "Sue Lambert", "sue.supplier", Role.SUPPLIER)
    session.commit()
    browser.become(session, person)
    return world


def say(browser: Browser, **typed: Any) -> Page:
    return browser.submit(browser.get("/supply/left"), "Say that this pupil has left", **typed)


def ended(session: Session) -> list[date | None]:
    session.rollback()
    return list(session.scalars(select(Involvement.ended_on).order_by(Involvement.id)))


def test_by_the_schools_own_key(browser: Browser, session: Session, world: World) -> None:
    page = say(browser, row_key="000417", **LEFT)
    work(session)

    assert (page.h1, browser.get(page.url).h1) == ("Sending your file", "1 row was sent")
    assert ended(session) == [NEXT_DAY, None]


def test_by_who_it_is_where_the_file_had_no_key(browser: Browser, session: Session, world: World) -> None:
    send(session, world.school, IFEOMA | {"Adno": ""})
    session.commit()

    say(browser, **IS_IFEOMA, **LEFT)
    work(session)

    assert ended(session) == [None, None, NEXT_DAY]


def test_of_a_key_that_nobody_has_nothing_changes_and_nothing_is_told(
    browser: Browser, session: Session, world: World
) -> None:
    page = say(browser, row_key="999999", **LEFT)
    work(session)

    assert browser.get(page.url).h1 == "1 row was sent"
    assert ended(session) == [None, None]


def test_it_can_be_undone(browser: Browser, session: Session, world: World) -> None:
    page = say(browser, row_key="000417", **LEFT)
    work(session)

    browser.submit(browser.get(browser.get(page.url).link("Undo this file")), "Undo 1 row")
    work(session)

    assert ended(session) == [None, None]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (LEFT, "Enter your own pupil key, or the name and the date of birth"),
        ({"row_key": "000417"}, "Enter the date of leaving"),
        ({"row_key": "000417", **LEFT, "left_on-year": "2027"},
         "The date of leaving must be today or in the past. Tell us when it has come"),
        ({**LEFT, "given_names": "Amira"}, "Enter the child’s date of birth"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_by_its_field(
    browser: Browser, session: Session, world: World, typed: dict[str, Any], sentence: str
) -> None:
    page = say(browser, **typed)

    assert (page.status, page.errors, ended(session)) == (422, [sentence], [None, None])
