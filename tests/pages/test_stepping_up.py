"""A security code again for what needs a fresh one, and back to the page and the form that the person was on."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Draft, SignedIn
from cp.services.sessions import hashed
from cp.terms import Act, Decision
from tests.build import Person, World
from tests.web import Browser, Page, code_now

FRESH = timedelta(minutes=5)
HTMX = {"HX-Request": "true"}


def cookie(browser: Browser) -> str:
    held = browser.client.get_cookie("cp")
    assert held is not None
    return held.value


def give(browser: Browser, page: Page, person: Person) -> Page:
    return browser.submit(page, "Continue", code=code_now(person))


@pytest.mark.parametrize(
    ("since", "heading"),
    [(FRESH - timedelta(seconds=1), "Set up your authenticator app"), (FRESH, "Enter your security code")],
)
@pytest.mark.asvs("7.5.3")
def test_a_code_is_fresh_for_five_minutes(
    browser: Browser, sam: Person, clock: time_machine.Traveller, since: timedelta, heading: str
) -> None:
    clock.shift(since)

    assert browser.get("/account/authenticator").h1 == heading


def test_a_right_code_leads_back_to_the_page(browser: Browser, sam: Person, clock: time_machine.Traveller) -> None:
    clock.shift(FRESH)

    page = give(browser, browser.get("/account/authenticator"), sam)

    assert (page.h1, page.url) == ("Set up your authenticator app", "/account/authenticator")


@pytest.mark.asvs("7.2.4")
def test_a_right_code_gives_a_new_token_and_the_old_one_is_nobodys(
    app: Flask, browser: Browser, session: Session, sam: Person, clock: time_machine.Traveller
) -> None:
    clock.shift(FRESH)
    page, before = browser.get("/account/authenticator"), cookie(browser)
    began = session.scalars(select(SignedIn.started_at).where(SignedIn.token_hash == hashed(before))).one()

    give(browser, page, sam)

    other = Browser(app)
    other.client.set_cookie("cp", before)
    assert other.get("/account").h1 == "Sign in"
    session.rollback()
    row = session.scalars(select(SignedIn).where(SignedIn.token_hash == hashed(cookie(browser)))).one()
    assert (row.factor_at, row.started_at) == (clocks.now(), began)


def test_a_wrong_code_says_so_and_keeps_the_way_back(
    browser: Browser, session: Session, sam: Person, clock: time_machine.Traveller
) -> None:
    clock.shift(FRESH)
    page = browser.get("/account/authenticator")

    page = browser.submit(page, "Continue", code="000000")

    assert (page.status, page.errors) == (422, ["Enter the code your app shows now, or another printed code"])
    assert page.html.select_one("#code")["value"] == ""  # type: ignore[index]
    assert give(browser, page, sam).url == "/account/authenticator"
    session.rollback()
    entries = session.execute(select(AuditEvent.decision, AuditEvent.reason).where(AuditEvent.act == Act.STEP_UP)).all()
    assert [tuple(entry) for entry in entries] == [(Decision.REFUSED, "wrong"), (Decision.ALLOWED, "authenticator")]


def test_nothing_typed_is_asked_for(browser: Browser, sam: Person, clock: time_machine.Traveller) -> None:
    clock.shift(FRESH)

    page = browser.submit(browser.get("/account/authenticator"), "Continue", code=" ")

    assert (page.status, page.errors) == (422, ["Enter the code your app shows now, or another printed code"])


def test_wrong_guesses_count_together_with_those_at_signing_in(
    browser: Browser, sam: Person, clock: time_machine.Traveller
) -> None:
    clock.shift(FRESH)
    page = browser.get("/account/authenticator")
    for _ in range(5):
        page = browser.submit(page, "Continue", code="000000")

    page = give(browser, page, sam)

    assert page.status == 429
    assert page.errors[0].startswith("Wait ")


def test_a_printed_code_counts_once(browser: Browser, sam: Person, clock: time_machine.Traveller) -> None:
    (code, *_) = browser.submit(browser.get("/account/codes"), "Make 10 new codes").texts(".cp-codes li")
    for heading in ("Set up your authenticator app", "Enter your security code"):
        clock.shift(FRESH)
        page = browser.submit(browser.get("/account/authenticator"), "Continue", code=code)
        assert page.h1 == heading


def test_a_form_that_needs_a_fresh_code_does_nothing_before(
    browser: Browser, sam: Person, clock: time_machine.Traveller
) -> None:
    form = browser.get("/account/codes")
    clock.shift(FRESH)

    page = browser.submit(form, "Make 10 new codes")

    assert page.h1 == "Enter your security code"
    page = give(browser, page, sam)
    assert page.h1 == "Print new security codes"
    assert "You have 0 codes left." in page.texts("main p")[0]


@pytest.fixture
def fussy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searching needs a fresh code, for the sake of a form that is kept."""
    monkeypatch.setattr("cp.rules.access.STEPPED_UP", frozenset({Act.SEARCH, Act.ENROL_FACTOR}))


FACTS: dict[str, Any] = {"given_name": "Amira", "family_name": "O’Hara", "reason": "working_with"}


def test_a_form_comes_back_filled_in(browser: Browser, sam: Person, clock: time_machine.Traveller, fussy: None) -> None:
    form = browser.get("/")
    clock.shift(FRESH)

    page = give(browser, browser.submit(form, "Search", **FACTS), sam)

    assert (page.h1, page.url) == ("Find a child", "/searches/new")
    assert page.html.select_one("#family_name")["value"] == "O’Hara"  # type: ignore[index]
    assert page.errors == []


def test_a_form_of_another_site_is_not_kept(
    browser: Browser, session: Session, sam: Person, clock: time_machine.Traveller, fussy: None
) -> None:
    clock.shift(FRESH)

    assert browser.post("/searches", FACTS).status == 400

    assert session.scalars(select(Draft)).all() == []


def test_a_part_of_a_page_is_answered_with_a_move_of_the_whole(
    browser: Browser, sam: Person, clock: time_machine.Traveller
) -> None:
    clock.shift(FRESH)

    answer = browser.client.get("/account/authenticator", headers=HTMX)

    assert (answer.status_code, answer.text) == (200, "")
    assert answer.headers["HX-Redirect"] == "/sign-in/again?to=/account/authenticator"


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/account", "//evil.example/account", "////evil.example/account", "////account",
        "\\\\evil.example", "/\\evil.example", "javascript:alert(1)", "account", "/nowhere", "/searches", "http://[",
        "", "/account/codes\n//evil.example", "é" * 10_000,
    ],
)  # fmt: skip
def test_the_way_back_is_a_page_of_this_site(browser: Browser, sam: Person, to: str) -> None:
    page = browser.get("/sign-in/again", query_string={"to": to})
    fields: dict[str, Any] = page.form("Continue").fields
    assert fields["to"] == "/account"

    answer = browser.client.post("/sign-in/again", data=fields | {"to": to, "code": "000000"})
    assert answer.status_code == 422
    with time_machine.travel("2026-11-23T10:43:00Z", tick=False):
        answer = browser.client.post("/sign-in/again", data=fields | {"to": to, "code": code_now(sam)})
    assert (answer.status_code, answer.location) == (303, "/account")


def test_a_query_is_kept(browser: Browser, sam: Person) -> None:
    page = browser.get("/sign-in/again", query_string={"to": "/searches/new?change=1"})

    assert page.form("Continue").fields["to"] == "/searches/new?change=1"


def test_a_stranger_is_asked_to_sign_in(browser: Browser, world: World) -> None:
    assert browser.get("/sign-in/again").h1 == "Sign in"
