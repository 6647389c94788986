"""Getting in: email and password, then a code."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent
from cp.terms import Act
from tests import build
from tests.build import PASSWORD, Person, World
from tests.web import Browser, code_now


def test_a_person_signs_in_with_a_password_and_a_code(browser: Browser, world: World) -> None:
    page = browser.submit(browser.get("/sign-in"), "Continue", email=world.sam.email, password=PASSWORD)
    assert page.h1 == "Enter your security code"

    page = browser.submit(page, "Sign in", code=code_now(world.sam))

    assert page.h1 == "Find a child"
    assert page.texts(".govuk-service-navigation__link") == ["Find a child", "My involvements", "Account", "Help"]


@pytest.mark.parametrize("email", ["sam.practitioner@example.test", "nobody@example.test"])
def test_a_wrong_password_and_an_unknown_email_are_answered_alike(browser: Browser, world: World, email: str) -> None:
    page = browser.submit(browser.get("/sign-in"), "Continue", email=email, password="wrong and long enough")

    assert (page.status, page.errors) == (422, ["Email address or password is wrong"])
    assert page.html.select_one("#email")["value"] == email  # type: ignore[index]


def test_a_code_counts_once(browser: Browser, session: Session, world: World) -> None:
    browser.sign_in(session, world.sam)
    browser.submit(browser.get("/"), "Sign out")

    page = browser.sign_in(session, world.sam)

    assert page.errors == ["Enter the code your app shows now, or another printed code"]


@pytest.mark.asvs("7.4.1")
def test_signing_out_ends_the_session_at_the_server(browser: Browser, session: Session, world: World) -> None:
    browser.sign_in(session, world.sam)
    old = browser.client.get_cookie("cp")

    page = browser.submit(browser.get("/"), "Sign out")

    assert page.status_line == "You are signed out. Close the browser if others use this computer."
    assert old is not None
    browser.client.set_cookie("cp", old.value)
    assert browser.get("/").h1 == "Sign in"


def test_a_second_sign_in_ends_the_first_and_says_so(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    browser.sign_in(session, world.sam)
    other = Browser(browser.client.application)
    clock.shift(timedelta(minutes=1))

    assert other.sign_in(session, world.sam).status_line == (
        "You were still signed in on another computer. That one is signed out now."
    )

    page = browser.get("/")
    assert page.h1 == "Sign in"
    assert "You signed in on another computer at 10:43, so this one was signed out." in page.texts(
        ".govuk-inset-text p"
    )


@pytest.mark.parametrize(("minutes", "seconds", "heading"), [(14, 59, "Find a child"), (15, 0, "Sign in")])
def test_fifteen_idle_minutes_end_a_session(
    browser: Browser, sam: Person, clock: time_machine.Traveller, minutes: int, seconds: int, heading: str
) -> None:
    clock.shift(timedelta(minutes=minutes, seconds=seconds))

    assert browser.get("/").h1 == heading


def test_reading_what_is_public_keeps_nobody_signed_in(
    browser: Browser, sam: Person, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=14))
    browser.get("/help")
    clock.shift(timedelta(minutes=1))

    assert browser.get("/").h1 == "Sign in"


def test_what_was_typed_comes_back_after_signing_in_again(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    browser.sign_in(session, world.sam)
    form = browser.get("/")
    clock.shift(timedelta(minutes=16))

    page = browser.submit(form, "Search", given_name="Amira", family_name="O’Hara", reason="working_with")
    assert page.h1 == "Sign in"
    assert "What you typed is kept until 11:28." in page.html.get_text()
    page = browser.sign_in(session, world.sam)

    assert page.status_line == "You are signed in again. What you typed is below, and nothing was sent."
    assert page.html.select_one("#family_name")["value"] == "O’Hara"  # type: ignore[index]


def test_somebody_else_never_gets_what_was_typed(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    browser.sign_in(session, world.sam)
    form = browser.get("/")
    clock.shift(timedelta(minutes=16))
    browser.submit(form, "Search", given_name="Amira", family_name="O’Hara", reason="working_with")

    page = browser.sign_in(session, world.nia)

    assert page.h1 == "Find a child"
    assert page.html.select_one("#family_name")["value"] == ""  # type: ignore[index]


@pytest.mark.asvs("6.3.1")
def test_guessing_from_one_place_has_to_wait_and_locks_nobody_else_out(
    browser: Browser, session: Session, world: World
) -> None:
    sam_at_work = Browser(browser.client.application)
    sam_at_work.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    sam_at_work.sign_in(session, world.sam)
    for _ in range(12):
        page = browser.submit(browser.get("/sign-in"), "Continue", email=world.sam.email, password="a wrong guess")

    assert page.status == 429
    assert page.errors[0].startswith("Wait ")
    page = sam_at_work.submit(sam_at_work.get("/help"), "Sign out")
    page = sam_at_work.submit(page, "Continue", email=world.sam.email, password=PASSWORD)
    assert page.h1 == "Enter your security code"


@pytest.mark.asvs("16.3.1")
def test_every_sign_in_and_failure_is_in_the_audit(browser: Browser, session: Session, world: World) -> None:
    browser.submit(browser.get("/sign-in"), "Continue", email="nobody@example.test", password="wrong and long")
    browser.sign_in(session, world.sam)
    browser.submit(browser.get("/"), "Sign out")

    session.rollback()
    events = session.execute(select(AuditEvent.act, AuditEvent.decision).order_by(AuditEvent.id)).all()
    assert [(act.value, decision.value) for act, decision in events if act is not Act.PREPARE_SEARCH] == [
        ("sign_in", "refused"),
        ("sign_in", "allowed"),
        ("give_code", "allowed"),
        ("sign_out", "allowed"),
    ]


@pytest.mark.asvs("6.3.2")
def test_a_demonstration_person_cannot_sign_in_elsewhere(browser: Browser, session: Session, world: World) -> None:
    extensions = browser.client.application.extensions
    extensions["config"] = replace(extensions["config"], demonstration=False)

    page = browser.submit(browser.get("/sign-in"), "Continue", email=world.sam.email, password=PASSWORD)

    assert page.errors == ["Email address or password is wrong"]


def test_lou_can_sign_in_and_is_told_what_to_renew(browser: Browser, session: Session, world: World) -> None:
    page = browser.sign_in(session, world.lou)

    assert page.h1 == "Your check has expired"
    page = browser.get(page.link("See what your account needs"))
    assert "una.accounts@example.test" in page.html.get_text()
    assert page.texts(".govuk-tag--red") == ["Not in date"]


def test_whoever_has_no_code_is_told_whom_to_call(browser: Browser, world: World) -> None:
    page = browser.submit(browser.get("/sign-in"), "Continue", email=world.sam.email, password=PASSWORD)

    for asked in (page, browser.submit(page, "Sign in", code="000000")):
        (said,) = asked.texts(".govuk-details__text p")
        assert said.startswith("Ask your account manager, Una Kowalski, in person: 0161 496 ")


def test_whoever_cannot_sign_in_finds_a_number_where_there_is_one_authority(
    browser: Browser, session: Session, world: World
) -> None:
    for path in ("/help/signing-in", "/join/no-such-link"):
        assert browser.get(path).html.select(f"main a[href='tel:{world.authority.help_phone}']"), path

    build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                 help_phone="+441614960101"))  # fmt: skip
    session.commit()

    for path in ("/help/signing-in", "/join/no-such-link"):
        assert not browser.get(path).html.select("main a[href^='tel:']"), path
