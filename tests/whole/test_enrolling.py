"""The second factor from its first day: a picture or a key to type, ten printed codes, and what comes after."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Factor
from tests.build import PASSWORD, Person, World
from tests.web import Browser, Page, code_now


@pytest.fixture
def newcomer(session: Session, world: World) -> Person:
    """Sam on his first day: nobody gave him a second factor yet."""
    session.execute(delete(Factor).where(Factor.account_id == world.sam.account.id))
    session.commit()
    return world.sam


def give_password(browser: Browser, person: Person) -> Page:
    return browser.submit(browser.get("/sign-in"), "Continue", email=person.email, password=PASSWORD)


def key_on(page: Page) -> str:
    """The key that is shown for typing."""
    return page.texts(".cp-key")[0].replace(" ", "")


def enrol(browser: Browser, person: Person) -> Page:
    page = give_password(browser, person)
    return browser.submit(page, "Continue", code=pyotp.TOTP(key_on(page)).at(clocks.now()))


def test_the_first_time_a_picture_and_a_key_stand_before_everything(browser: Browser, newcomer: Person) -> None:
    page = give_password(browser, newcomer)

    assert page.h1 == "Set up your authenticator app"
    (picture,) = page.html.select("svg")
    assert picture.select("title")[0].get_text() == "QR code to scan with your authenticator app"
    assert not picture.select("[style]")
    assert len(key_on(page)) == 32
    assert browser.get("/sign-in/authenticator").texts(".cp-key") == page.texts(".cp-key")
    assert give_password(Browser(browser.client.application), newcomer).texts(".cp-key") != page.texts(".cp-key")


def test_a_code_of_the_new_key_lets_in_and_shows_ten_codes_once(browser: Browser, newcomer: Person) -> None:
    page = enrol(browser, newcomer)

    assert page.h1 == "Your printed security codes"
    assert len(set(page.texts(".cp-codes li"))) == 10
    assert browser.get(page.link("I have kept them safe")).h1 == "Find a child"
    assert "Authenticator app and 10 printed codes left" in browser.get("/account").texts(".govuk-task-list__hint")


@pytest.mark.parametrize("code", ["000000", "", "é", "12345", "123456789"])
def test_a_wrong_code_enrols_nothing_and_keeps_the_key(browser: Browser, newcomer: Person, code: str) -> None:
    page = give_password(browser, newcomer)

    again = browser.submit(page, "Continue", code=code)

    assert (again.status, again.errors) == (422, ["Enter the 6 numbers your app shows now"])
    assert again.texts(".cp-key") == page.texts(".cp-key")
    assert browser.get("/").h1 == "Sign in"


def test_each_printed_code_gets_in_once(
    app: Flask, browser: Browser, newcomer: Person, clock: time_machine.Traveller
) -> None:
    codes = enrol(browser, newcomer).texts(".cp-codes li")

    headings = []
    for code in [*codes, codes[0]]:
        other = Browser(app)
        headings.append(other.submit(give_password(other, newcomer), "Sign in", code=code.upper()).h1)

    assert headings == ["Find a child"] * 10 + ["Enter your security code"]


def test_somebody_who_has_a_second_factor_cannot_set_up_another_by_password_alone(
    browser: Browser, world: World
) -> None:
    page = give_password(browser, world.sam)
    assert page.h1 == "Enter your security code"

    assert browser.get("/sign-in/authenticator").h1 == "Enter your security code"
    sent = browser.post("/sign-in/authenticator", {"csrf_token": str(page.form("Sign in").fields["csrf_token"])})

    assert sent.h1 == "Enter your security code"
    assert not sent.html.select("svg")


def test_another_telephone_takes_the_place_of_the_old_one_and_brings_new_codes(
    app: Flask, browser: Browser, sam: Person, clock: time_machine.Traveller
) -> None:
    page = browser.get("/account/authenticator")
    key = key_on(page)
    assert browser.submit(page, "Continue", code=pyotp.TOTP(key).at(clocks.now())).h1 == "Your printed security codes"
    clock.shift(timedelta(seconds=30))
    other = Browser(app)
    page = give_password(other, sam)

    assert other.submit(page, "Sign in", code=code_now(sam)).h1 == "Enter your security code"
    assert other.submit(page, "Sign in", code=pyotp.TOTP(key).at(clocks.now())).h1 == "Find a child"


def test_new_printed_codes_are_shown_once_and_the_old_ones_stop(app: Flask, browser: Browser, sam: Person) -> None:
    first = browser.submit(browser.get("/account/codes"), "Make 10 new codes").texts(".cp-codes li")
    second = browser.submit(browser.get("/account/codes"), "Make 10 new codes").texts(".cp-codes li")
    assert browser.get("/account/codes").texts(".cp-codes li") == []

    answers = []
    for code in (first[0], second[0]):
        other = Browser(app)
        answers.append(other.submit(give_password(other, sam), "Sign in", code=code).h1)

    assert answers == ["Enter your security code", "Find a child"]
