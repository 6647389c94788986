"""One pupil added by hand: the same checks and the same way as a file, a sentence by each field, nothing lost."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.terms import Role
from tests import build
from tests.build import Person, World
from tests.build_live import live
from tests.build_supply import work
from tests.web import Browser, Page

PUPIL: dict[str, Any] = {
    "given_names": "Amira", "family_name": "Siddiqui", "born_on-day": "14", "born_on-month": "3",
    "born_on-year": "2016", "gender": "female", "address_1": "18 Tanner’s Row", "town": "Northvale",
    "postcode": "ZA4 7QD",
}  # fmt: skip


@pytest.fixture
def sue(browser: Browser, session: Session, world: World) -> Person:
    person = build.person(session, live(session, world.school), "Sue Lambert", "sue.supplier", Role.SUPPLIER)
    session.commit()
    browser.sign_in(session, person)
    return person


def send(browser: Browser, **typed: Any) -> Page:
    return browser.submit(browser.get("/supply/pupil"), "Send this pupil", **(PUPIL | typed))


def names(session: Session) -> list[str]:
    session.rollback()
    return [f"{child.given_names} {child.family_name}" for child in session.scalars(select(Child))]


@pytest.mark.usefixtures("sue")
def test_a_pupil_becomes_a_record(browser: Browser, session: Session) -> None:
    page = send(browser)
    work(session)

    assert (page.h1, names(session)) == ("Sending your file", ["Amira Siddiqui"])
    assert browser.get(page.url).h1 == "1 row was sent"


@pytest.mark.usefixtures("sue")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"given_names": ""}, "Enter the child’s given name"),
        ({"born_on-day": "31", "born_on-month": "2"}, "The child’s date of birth must be a real date"),
        ({"gender": ""}, "Choose a gender, or not specified"),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_the_rest_is_still_there(
    browser: Browser, session: Session, typed: dict[str, str], sentence: str
) -> None:
    page = send(browser, **typed)

    assert page.status == 422
    assert sentence in " ".join(page.errors)
    assert [field["value"] for field in page.html.select("#postcode")] == ["ZA4 7QD"]
    assert names(session) == []


@pytest.mark.usefixtures("sue")
def test_what_is_only_unusual_is_sent_once_somebody_says_so(browser: Browser, session: Session) -> None:
    asked = send(browser, carer_1_phone="12")
    assert asked.status == 422

    browser.submit(asked, "Send this pupil", sure="yes")
    work(session)

    assert names(session) == ["Amira Siddiqui"]


@pytest.mark.usefixtures("sue")
def test_pressed_twice_it_is_sent_once(browser: Browser, session: Session) -> None:
    page = browser.get("/supply/pupil")

    first, second = (browser.submit(page, "Send this pupil", **PUPIL) for _ in range(2))
    work(session)

    assert (first.url, names(session)) == (second.url, ["Amira Siddiqui"])
