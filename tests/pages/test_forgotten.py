"""A forgotten password and a lost factor: a printed link, the password beside it, and what ends then."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Link, SignedIn
from cp.terms import LinkKind
from tests.build import PASSWORD, Person, World
from tests.pages.test_joining import CHOSEN, enrol, link
from tests.web import Browser, code_now


@pytest.mark.asvs("6.4.3")
def test_a_forgotten_password_keeps_the_second_factor(browser: Browser, session: Session, world: World) -> None:
    page = browser.get(link(session, world.sam, LinkKind.PASSWORD))
    assert page.h1 == "Choose a new password"

    page = browser.submit(page, "Continue", password=CHOSEN)
    assert page.h1 == "Enter your security code"
    assert browser.get("/account").h1 == "Sign in"
    page = browser.submit(browser.get("/sign-in/code"), "Sign in", code=code_now(world.sam))

    assert page.h1 == "Find a child"


@pytest.mark.asvs("7.4.3")
def test_a_new_password_ends_every_session_and_the_old_password(
    app: Flask, browser: Browser, session: Session, sam: Person
) -> None:
    thief, owner = browser, Browser(app)

    owner.submit(owner.get(link(session, sam, LinkKind.PASSWORD)), "Continue", password=CHOSEN)

    page = thief.get("/account")
    assert page.h1 == "Sign in"
    assert "Your password was changed." in " ".join(page.texts(".govuk-inset-text p"))
    page = thief.submit(page, "Continue", email=sam.email, password=PASSWORD)
    assert page.errors == ["Email address or password is wrong"]


def test_whoever_used_the_browser_before_is_signed_out(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.nia)
    page = browser.get(link(session, world.sam, LinkKind.PASSWORD))

    browser.submit(page, "Continue", password=CHOSEN)

    session.rollback()
    nias = select(SignedIn.end_reason).where(SignedIn.account_id == world.nia.account.id)
    assert session.scalars(nias).all() == ["signed_out"]


def test_a_lost_factor_needs_the_password_too(browser: Browser, session: Session, world: World) -> None:
    address = link(session, world.sam, LinkKind.FACTOR)
    page = browser.get(address)
    assert page.h1 == "Enter your password"

    page = browser.submit(page, "Continue", password="a wrong guess")

    assert (page.status, page.errors) == (422, ["The password is wrong"])
    assert browser.get(f"{address}/authenticator").h1 == "Enter your password"
    assert browser.submit(page, "Continue", password="").errors == ["Enter your password"]


def test_guesses_behind_a_link_have_to_wait_like_any(browser: Browser, session: Session, world: World) -> None:
    page = browser.get(link(session, world.sam, LinkKind.FACTOR))
    for _ in range(4):
        page = browser.submit(page, "Continue", password="a wrong guess")

    assert page.status == 429
    assert page.errors[0].startswith("Wait ")


def test_a_new_authenticator_takes_the_place_of_the_lost_one(
    app: Flask, browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    elsewhere = Browser(app)
    elsewhere.become(session, world.sam)
    printed = elsewhere.submit(elsewhere.get("/account/codes"), "Make 10 new codes").texts(".cp-codes li")
    clock.shift(timedelta(seconds=30))
    address = link(session, world.sam, LinkKind.FACTOR)

    page = browser.submit(browser.get(address), "Continue", password=PASSWORD)
    assert (page.h1, page.url) == ("Set up your authenticator app", f"{address}/authenticator")
    page = enrol(browser, page)

    assert page.h1 == "Your printed security codes"
    assert browser.get(page.link("I have kept them safe")).h1 == "Find a child"
    assert elsewhere.get("/account").h1 == "Sign in"
    clock.shift(timedelta(seconds=30))
    page = elsewhere.submit(elsewhere.get("/sign-in"), "Continue", email=world.sam.email, password=PASSWORD)
    for old in (code_now(world.sam), printed[0]):
        page = elsewhere.submit(page, "Sign in", code=old)
        assert page.errors == ["Enter the code your app shows now, or another printed code"]
    assert browser.get(address).h1 == "This link does not work"


def test_stopping_half_way_leaves_the_old_factor(app: Flask, browser: Browser, session: Session, world: World) -> None:
    address = link(session, world.sam, LinkKind.FACTOR)
    page = browser.submit(browser.get(address), "Continue", password=PASSWORD)

    wrong = browser.submit(page, "Continue", code="000000")

    assert (wrong.status, wrong.errors) == (422, ["Enter the 6 numbers your app shows now"])
    assert Browser(app).sign_in(session, world.sam).h1 == "Find a child"
    session.rollback()
    assert session.scalars(select(Link.used_at)).one() is None


def test_another_account_s_password_does_not_help(browser: Browser, session: Session, world: World) -> None:
    """Nia knows hers, and has Sam's link."""
    address = link(session, world.sam, LinkKind.FACTOR)
    browser.submit(browser.get("/sign-in"), "Continue", email=world.nia.email, password=PASSWORD)

    assert browser.get(f"{address}/authenticator").h1 == "Enter your password"
    token = browser.token()
    page = browser.post(f"{address}/authenticator", {"csrf_token": token, "code": "000000"})
    assert page.h1 == "Enter your password"


def test_the_password_counts_for_ten_minutes(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    address = link(session, world.sam, LinkKind.FACTOR)
    page = browser.submit(browser.get(address), "Continue", password=PASSWORD)
    clock.shift(timedelta(minutes=10))

    assert enrol(browser, page).h1 == "Enter your password"


def test_a_link_for_a_password_sets_up_no_authenticator(browser: Browser, session: Session, world: World) -> None:
    address = link(session, world.sam, LinkKind.PASSWORD)

    assert browser.get(f"{address}/authenticator").h1 == "Choose a new password"
