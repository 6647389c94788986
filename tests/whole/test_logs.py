"""A child's name reaches the page that shows it and nothing else: no log, no error page, no address, no title."""

import logging
import re
import sys
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from cp.errors import nameless
from cp.models.child import Child
from cp.registry import action
from cp.terms import Act
from tests import build
from tests.build import Person, World
from tests.web import Browser, Page
from tests.whole.places import Places
from tests.whole.tables import breaking_the_audit, mending_the_audit, swapping_two_addresses

CANARIES = ("Quillon", "Vexborough", "Thistlewick", "Quokka", "ZA9 8YW")


@pytest.fixture
def child(session: Session, world: World) -> Child:
    made = build.child(session, world, given_names="Quillon", family_name="Vexborough")
    build.carer(session, made, "Zebedee Thistlewick")
    build.address(session, made, "ZA9 8YW", "97 Quokka Terrace")
    session.commit()
    return made


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> "Written":
    caplog.set_level(logging.DEBUG)
    return Written(caplog, capfd)


class Written:
    """All that was logged or printed."""

    def __init__(self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
        self.caplog, self.capfd = caplog, capfd

    def text(self) -> str:
        printed = self.capfd.readouterr()
        return self.caplog.text + printed.out + printed.err


def names_in(text: str) -> list[str]:
    return [name for name in CANARIES if name.casefold() in text.casefold()]


@pytest.mark.asvs("16.2.5")
def test_the_whole_job_leaves_no_name_in_logs_titles_or_addresses(
    browser: Browser, session: Session, world: World, sam: Person, child: Child, written: Written
) -> None:
    page = browser.submit(
        browser.get("/"), "Search", given_name="Quillon", family_name="Vexborough", postcode="ZA9 8YW",
        reason="working_with",
    )  # fmt: skip
    pages = [page, browser.submit(browser.get(f"/children/{child.uid}"), "Open the record", reason="working_with")]
    assert pages[-1].h1 == "Quillon Vexborough"
    pages += [browser.get(pages[-1].link("Record your involvement"))]
    pages += [browser.submit(pages[-1], "Record involvement", started_on_day="32")]
    pages += [browser.submit(pages[-1], "Record involvement", started_on_day="2")]
    pages += [browser.get(pages[-1].link("End or correct your involvement")), browser.get("/involvements")]
    pages += [browser.get(f"/children/{child.uid}/print")]

    for shown in pages:
        assert names_in(shown.url + str(shown.response.headers)) == []
        assert names_in(" ".join(shown.texts("title"))) == []
        assert names_in(" ".join(addresses(shown))) == []
    assert names_in(written.text()) == []


def addresses(page: Page) -> list[str]:
    named = ("href", "action", "src", "data-hx-get", "data-hx-post")
    return [
        str(tag[name])
        for tag in page.html.select("*")
        for name in named
        if tag.has_attr(name) and not str(tag[name]).startswith("mailto:")
    ]


@pytest.mark.asvs("16.5.1")
def test_what_breaks_on_a_name_is_logged_without_it(own_app: Flask, written: Written) -> None:
    children: dict[str, str] = {}

    def broken() -> str:
        try:
            return children[CANARIES[0]]
        except KeyError as problem:
            raise ValueError(f"no such child: {' '.join(CANARIES)}") from problem

    own_app.add_url_rule("/broken", view_func=action(Act.READ_PUBLIC)(broken))

    page = Browser(own_app).get("/broken")

    logged = written.text()
    assert (page.status, page.h1) == (500, "Something went wrong")
    assert names_in(page.response.text) == []
    assert re.findall(r"^(?:ERROR .*|\w+Error)$", logged, re.M)[1:] == ["ValueError", "KeyError"]
    assert "in broken" in logged
    assert names_in(logged) == []


def test_a_record_that_cannot_be_opened_or_written_down_shows_and_logs_no_name(
    browser: Browser, session: Session, world: World, sam: Person, url: str, written: Written
) -> None:
    places = Places.make(session, world)
    record = f"/children/{places.child.uid}"
    names = ("Amira", "Siddiqui", "Tanner", "Farah")

    breaking_the_audit(url)
    unwritten = browser.get(record)
    refused = browser.get(f"/children/{world.authority.uid}")
    mending_the_audit(url)
    swapping_two_addresses(url, session, world, places.child)
    broken = browser.get(record)

    assert [page.status for page in (broken, unwritten, refused)] == [500, 503, 503]
    said = written.text() + broken.response.text + unwritten.response.text + refused.response.text
    assert [name for name in names if name in said] == []


def test_a_form_that_came_too_late_or_from_elsewhere_is_not_logged(
    browser: Browser, sam: Person, clock: time_machine.Traveller, written: Written
) -> None:
    page = browser.get("/")
    typed = {"given_name": "Quillon", "family_name": "Vexborough", "postcode": "ZA9 8YW"}

    forged = browser.post("/searches", typed)
    missing = browser.post("/nothing/Vexborough", page.form("Search").fields | typed)
    clock.shift(timedelta(minutes=20))
    late = browser.post("/searches", page.form("Search").fields | typed)

    assert [forged.h1, missing.h1, late.h1] == ["This form could not be used", "Page not found", "Sign in"]
    assert names_in(written.text() + forged.response.text + missing.response.text + late.response.text) == []


def test_an_email_or_a_password_typed_wrong_is_not_logged(browser: Browser, world: World, written: Written) -> None:
    browser.submit(browser.get("/sign-in"), "Continue", email="Vexborough", password="Quillon of Quokka")

    assert names_in(written.text()) == []


def test_the_log_of_an_exception_names_each_kind_in_the_chain() -> None:
    try:
        try:
            raise KeyError("Vexborough")
        except KeyError as problem:
            raise LookupError("Quillon") from problem
    except LookupError:
        record = logging.LogRecord("cp", logging.ERROR, __file__, 1, "broken", None, sys.exc_info())

    assert nameless(record)
    assert record.exc_text is not None
    assert [line for line in record.exc_text.splitlines() if not line.startswith(" ")] == ["LookupError", "KeyError"]
