"""Staying beyond 18 on the web: only by the young person's own consent, until a birthday they chose, and taken back."""

from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import StayConsent
from cp.models.child import Child
from cp.terms import RecordState, StayGround
from tests import build_retention
from tests.build import World
from tests.web import Browser, Page

SOON = date(2008, 11, 24)
"""Born on it, somebody is 18 tomorrow."""
NOT_THEN = "The day on which they agreed must be on or after their 16th birthday, and not after today"
ANSWERS = {"ground": "care_leaver", "until": "21", "given-day": "20", "given-month": "11", "given-year": "2026",
           "told": "yes"}  # fmt: skip


@pytest.fixture
def child(session: Session, world: World) -> Child:
    return build_retention.plain(session, world, born_on=SOON)


@pytest.fixture
def form(browser: Browser, session: Session, world: World, child: Child) -> Page:
    browser.become(session, world.max)
    record = browser.get(f"/children/{child.uid}")
    record = browser.submit(record, "Open the record", reason="correcting_records")
    return browser.get(record.link("Staying beyond 18"))


def send(browser: Browser, form: Page, **answers: Any) -> Page:
    return browser.submit(form, "Keep this consent", **(ANSWERS | answers))


def test_the_record_stays_until_the_birthday_that_was_chosen(
    browser: Browser, session: Session, form: Page, child: Child
) -> None:
    page = send(browser, form)
    again = send(browser, form)

    session.expire_all()
    kept = session.scalars(select(StayConsent)).one()
    assert (page.status_line, again.status) == ("The consent is kept.", 200)
    assert page.texts("dd") == ["24 November 2029, when they are 21", "They are leaving care, or have left it",
                                "20 November 2026"]  # fmt: skip
    assert (kept.ground, kept.to_age, child.archive_on) == (StayGround.CARE_LEAVER, 21, date(2029, 11, 24))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"ground": "because"}, "Choose why they may stay"),
        ({"until": "26"}, "Choose until which birthday"),
        ({"until": ""}, "Choose until which birthday"),
        ({"given-month": ""}, "The day on which they agreed must include a month"),
        (
            {"given-day": "24"},
            NOT_THEN,
        ),
        (
            {"given-year": "2023"},
            NOT_THEN,
        ),
        ({"told": []}, "Tick that they agreed themselves, once they have"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(
    browser: Browser, session: Session, form: Page, wrong: dict[str, Any], error: str
) -> None:
    page = send(browser, form, **wrong)

    assert (page.status, page.errors) == (422, [error])
    assert session.scalars(select(StayConsent)).all() == []


def test_two_who_keep_it_at_once_keep_one(browser: Browser, session: Session, form: Page) -> None:
    other = browser.get(form.url)
    send(browser, form)

    page = send(browser, other, until="20")

    assert page.errors == ["Choose until which birthday"]
    assert [one.to_age for one in session.scalars(select(StayConsent))] == [21]


def test_taken_back_before_18_it_ends_at_18(browser: Browser, session: Session, form: Page, child: Child) -> None:
    page = browser.submit(send(browser, form), "End this consent")

    session.expire_all()
    assert page.status_line == "The consent has ended. The record goes to the archive on the 18th birthday."
    assert (page.h1, child.state, child.archive_on) == ("Staying beyond 18", RecordState.LIVE, date(2026, 11, 24))


def test_taken_back_after_18_the_record_is_in_the_archive_at_once(
    browser: Browser, session: Session, world: World, form: Page, child: Child, clock: time_machine.Traveller
) -> None:
    send(browser, form)
    clock.move_to("2026-11-24T09:00Z")
    browser.become(session, world.max)
    page = browser.get(form.url)
    assert "The record goes to the archive at once." in page.texts("main p")[0]

    done = browser.submit(page, "End this consent and archive the record")

    session.expire_all()
    assert (done.h1, done.status_line) == (
        "Records that end", "The consent has ended. The record is in the archive from today.")  # fmt: skip
    assert child.state is RecordState.ARCHIVED
    assert browser.get(form.url).status == 404


@pytest.mark.parametrize(("born", "offered"), [(date(2010, 11, 23), True), (date(2010, 11, 24), False)])
def test_it_is_offered_from_the_16th_birthday(
    browser: Browser, session: Session, world: World, born: date, offered: bool
) -> None:
    child = build_retention.plain(session, world, born_on=born)
    browser.become(session, world.max)
    record = browser.submit(browser.get(f"/children/{child.uid}"), "Open the record", reason="correcting_records")

    assert ("Staying beyond 18" in record.texts("main li")) is offered
    assert browser.get(f"/children/{child.uid}/stay").status == (200 if offered else 404)


def test_who_wants_to_stay_longer_says_so_again(browser: Browser, session: Session, form: Page, child: Child) -> None:
    page = send(browser, form)
    assert "They want to stay longer" in page.texts("main h2")

    longer = send(browser, page, until="25")

    session.expire_all()
    assert longer.texts("dd")[0] == "24 November 2033, when they are 25"
    assert "They want to stay longer" not in longer.texts("main h2")
    assert child.archive_on == date(2033, 11, 24)


def test_all_that_was_agreed_to_ends_together_and_once(
    browser: Browser, session: Session, world: World, form: Page, child: Child, clock: time_machine.Traveller
) -> None:
    send(browser, send(browser, form), until="25")
    clock.move_to("2026-11-24T09:00Z")
    browser.become(session, world.max)
    page = browser.get(form.url)

    done, again = (browser.submit(page, "End this consent and archive the record") for _ in range(2))

    session.expire_all()
    assert (done.h1, again.h1, child.state) == ("Records that end", "Records that end", RecordState.ARCHIVED)
    assert [one.withdrawn_on for one in session.scalars(select(StayConsent))] == [date(2026, 11, 24)] * 2
