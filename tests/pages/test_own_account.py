"""What a person does for their own account, what they are told of it, and what they can change."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp.models import Account, AuditEvent
from tests.build import PASSWORD, Person
from tests.web import Browser, Page

CHOSEN = "otters in four hats"
TODAY = date(2026, 11, 23)
NEVER: dict[str, Any] = {"procedures_read_on": None, "agreement_version": None, "agreement_signed_on": None}


def change(session: Session, person: Person, **values: Any) -> None:
    session.execute(update(Account).where(Account.id == person.account.id).values(**values))
    session.commit()


def statuses(page: Page) -> dict[str, str]:
    names = page.texts(".govuk-task-list__name-and-hint > :first-child")
    return dict(zip(names, page.texts(".govuk-task-list__status"), strict=True))


def acts(session: Session) -> list[str]:
    session.rollback()
    return [event.act.value for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]


def test_an_account_in_date_says_so(browser: Browser, sam: Person, session: Session) -> None:
    change(session, sam, procedures_read_on=date(2026, 4, 17))

    page = browser.get("/account")

    assert page.h1 == "Your account"
    assert statuses(page) == {
        "Enhanced check": "In date", "Training": "In date", "Practice tasks": "Done", "Operating procedures": "Read",
        "User agreement": "In date",
        "Second factor": "In date", "Your organisation": "In date", "Still needed": "In date",
    }  # fmt: skip


def test_a_newcomer_reads_records_signs_and_may_begin(browser: Browser, session: Session, sam: Person) -> None:
    change(session, sam, trained_on=None, **NEVER)
    page = browser.get("/account")
    assert page.h1 == "Two things to do first"
    assert statuses(page)["Training"] == "To do"
    assert browser.get("/").h1 == "Two things to do first"

    page = browser.submit(browser.get(page.link("Operating procedures")), "I have read the procedures")
    assert (page.url, page.status_line) == ("/account", "It is recorded that you read the procedures.")
    page = browser.submit(browser.get(page.link("User agreement")), "Sign the agreement")
    assert (page.h1, page.status_line) == ("Your training is due", "The user agreement is signed.")
    day: dict[str, Any] = {"completed_on_day": "3", "completed_on_month": "November", "completed_on_year": "2026"}
    page = browser.submit(browser.get(page.link("Training")), "Record training", **day)

    assert (page.h1, page.status_line) == ("Your account", "Your training is recorded.")
    assert browser.get("/").h1 == "Find a child"
    session.refresh(sam.account)
    account = sam.account
    assert (account.procedures_read_on, account.agreement_signed_on, account.trained_on) == (
        TODAY, TODAY, date(2026, 11, 3),
    )  # fmt: skip
    assert [act for act in acts(session) if act in ("read_procedures", "sign_agreement", "record_training")] == [
        "read_procedures", "sign_agreement", "record_training",
    ]  # fmt: skip


def test_nothing_is_signed_before_the_procedures_are_read(browser: Browser, session: Session, sam: Person) -> None:
    change(session, sam, **NEVER)
    page = browser.get("/account/agreement")
    assert page.texts(".govuk-button")[-1] == "Read the operating procedures"

    page = browser.post("/account/agreement", {"csrf_token": browser.token(), "version": "1"})

    assert page.status == 422
    session.refresh(sam.account)
    assert sam.account.agreement_version is None


@pytest.mark.parametrize("version", ["", "0", "2", "one", "1" * 10_000])
def test_another_version_than_todays_is_not_signed(
    browser: Browser, session: Session, sam: Person, version: str
) -> None:
    change(session, sam, **NEVER | {"procedures_read_on": TODAY})

    page = browser.submit(browser.get("/account/agreement"), "Sign the agreement", version=version)

    assert page.status == 422
    session.refresh(sam.account)
    assert sam.account.agreement_version is None


def test_a_new_version_is_signed_again(
    browser: Browser, session: Session, sam: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(session, sam, procedures_read_on=date(2026, 4, 17))
    for module in ("cp.rules.access", "cp.services.own_account", "cp.views.account"):
        monkeypatch.setattr(f"{module}.AGREEMENT_VERSION", 2)

    assert browser.get("/").h1 == "Sign the user agreement"
    page = browser.get("/account/agreement")
    assert "This is version 2. You signed version 1 on 18 April 2026; since then it has changed." in page.texts("p")
    browser.submit(page, "Sign the agreement")

    assert browser.get("/").h1 == "Find a child"
    session.refresh(sam.account)
    assert (sam.account.agreement_version, sam.account.agreement_signed_on) == (2, TODAY)


def test_what_is_signed_stays_as_it_was_signed(browser: Browser, session: Session, sam: Person) -> None:
    change(session, sam, procedures_read_on=date(2026, 4, 17))

    browser.post("/account/agreement", {"csrf_token": browser.token(), "version": "1"})

    assert "You signed version 1 on 18 April 2026." in browser.get("/account/agreement").texts("p")
    assert "sign_agreement" not in acts(session)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (("", "", ""), "Enter the day"),
        (("31", "2", "2026"), "The day must be a real date: February 2026 had 28 days"),
        (("24", "11", "2026"), "The day must be today or earlier"),
        (("23", "11", "2024"), "Training counts for 24 months, and this was longer ago"),
        (("17", "4", "2025"), "A later day is recorded already"),
        (("x" * 10_000, "11", "2026"), "The day must be a real date"),
    ],
)
def test_a_day_that_cannot_be_recorded_has_its_sentence(
    browser: Browser, session: Session, sam: Person, day: tuple[str, str, str], sentence: str
) -> None:
    answers: dict[str, Any] = dict(
        zip(("completed_on_day", "completed_on_month", "completed_on_year"), day, strict=True)
    )

    page = browser.submit(browser.get("/account/training"), "Record training", **answers)

    assert page.status == 422
    assert page.errors[0].startswith(sentence)
    session.refresh(sam.account)
    assert sam.account.trained_on == date(2025, 4, 18)


def test_a_password_is_changed_by_who_knows_the_old_one(
    app: Flask, browser: Browser, session: Session, sam: Person
) -> None:
    half_way = Browser(app)
    half_way.submit(half_way.get("/sign-in"), "Continue", email=sam.email, password=PASSWORD)

    page = browser.submit(browser.get("/account/password"), "Change password", old=PASSWORD, new=CHOSEN)

    assert (page.url, page.status_line) == ("/account", "Your password is changed.")
    assert half_way.get("/sign-in/code").h1 == "Sign in"
    other = Browser(app)
    assert other.submit(other.get("/sign-in"), "Continue", email=sam.email, password=PASSWORD).errors != []
    assert other.submit(other.get("/sign-in"), "Continue", email=sam.email, password=CHOSEN).errors == []


@pytest.mark.parametrize(
    ("old", "new", "errors"),
    [
        ("", "", ["Enter the password you have now", "Choose a password of at least 12 characters"]),
        ("wrong", CHOSEN, ["The password is wrong"]),
        (PASSWORD, "sam okafor 12", ["Choose another password: this one is made of your name, your email address or "
                                     "where you work"]),
        ("x" * 10_000, CHOSEN, ["The password is wrong"]),
    ],
)  # fmt: skip
def test_a_password_that_is_not_changed_says_why(
    app: Flask, browser: Browser, sam: Person, old: str, new: str, errors: list[str]
) -> None:
    page = browser.submit(browser.get("/account/password"), "Change password", old=old, new=new)

    assert (page.status, page.errors) == (422, errors)
    other = Browser(app)
    assert other.submit(other.get("/sign-in"), "Continue", email=sam.email, password=PASSWORD).errors == []


def test_guessing_at_ones_own_old_password_has_to_wait(
    browser: Browser, sam: Person, clock: time_machine.Traveller
) -> None:
    page = browser.get("/account/password")
    clock.shift(timedelta(seconds=1))
    for _ in range(6):
        page = browser.submit(page, "Change password", old="a wrong guess", new=CHOSEN)

    assert page.status == 429
    assert page.errors[0].startswith("Wait ")


@pytest.mark.asvs("7.5.1")
def test_a_password_needs_a_fresh_code(browser: Browser, sam: Person, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=5))

    assert browser.get("/account/password").h1 == "Enter your security code"
