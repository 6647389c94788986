"""What keeps somebody from their work, what ends soon, and who can put it right: told to the person."""

from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from cp.models import Organisation, RoleGrant
from cp.registry import action
from cp.services.audit import Refusal
from cp.terms import Act, Role
from tests.build import Person, World
from tests.pages.test_own_account import NEVER, TODAY, change, statuses
from tests.web import Browser


@pytest.mark.parametrize(
    ("changed", "heading", "sentence"),
    [
        ({"check_issued_on": date(2023, 11, 23)}, "Your check has expired",
         "Show your new enhanced check to Una Kowalski"),
        ({"kept_on": date(2026, 3, 1)}, "Your account was not confirmed", "If you still need it, tell Una Kowalski"),
        ({"trained_on": date(2024, 11, 23)}, "Your training is due", "Complete the training with your employer"),
        ({"check_issued_on": None, "trained_on": None}, "Two things to renew", "Show your new enhanced check to"),
        (NEVER | {"check_issued_on": None, "trained_on": None}, "Three things to do first",
         "Read the operating procedures"),
        (NEVER, "Sign the user agreement", "Read the operating procedures, then sign the user agreement."),
        (NEVER | {"agreement_signed_on": TODAY}, "Sign the user agreement", "Read the operating procedures, then"),
    ],
)  # fmt: skip
def test_what_is_missing_says_what_to_do_and_who_can(
    browser: Browser, session: Session, sam: Person, changed: dict[str, Any], heading: str, sentence: str
) -> None:
    change(session, sam, **changed)

    page = browser.get("/account")

    assert page.h1 == heading == browser.get("/").h1
    assert sentence in " ".join(page.texts("main li"))


def test_ninety_days_unused_are_not_undone_by_signing_in(browser: Browser, session: Session, world: World) -> None:
    change(session, world.sam, last_used_on=date(2026, 8, 25))

    assert browser.sign_in(session, world.sam).h1 == "Your account was not used for 90 days"
    assert "If you still need your account, tell Una Kowalski" in " ".join(browser.get("/account").texts("main li"))


def test_an_organisation_that_lapsed_is_told(browser: Browser, session: Session, sam: Person, world: World) -> None:
    session.execute(update(Organisation).where(Organisation.id == world.school.id).values(accreditation_ends_on=TODAY))
    session.commit()

    assert browser.get("/account").h1 == "Your organisation is not accredited now"


def test_an_assistant_reads_whom_they_assist(browser: Browser, session: Session, world: World) -> None:
    session.execute(update(RoleGrant).where(RoleGrant.role == Role.ASSISTANT).values(ends_on=date(2027, 1, 5)))
    session.commit()
    browser.become(session, world.ash)

    page = browser.get("/account")
    assert "Nia Pritchard, Vale Community Health, until 4 January 2027" in page.texts(".govuk-task-list__hint")
    assert statuses(page)["Whom you assist"] == "In date"

    change(session, world.nia, check_issued_on=None)
    page = browser.get("/account")
    assert page.h1 == "The person you assist cannot use ContactPoint now" == browser.get("/").h1
    assert "Nia Pritchard has something to put right first. Ask them, or Una Kowalski" in " ".join(
        page.texts("main li")
    )
    assert statuses(page)["Whom you assist"] == "Not in date"


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("to_oneself", "You cannot do this to your own account"),
        ("second_approver", "Another account manager has to agree"),
    ],
)
def test_a_refusal_by_who_one_is_sends_to_somebody_else(
    app: Flask, browser: Browser, sam: Person, monkeypatch: pytest.MonkeyPatch, code: str, heading: str
) -> None:
    @action(Act.SEE_ACCOUNT)
    def refuse() -> None:
        raise Refusal(code)

    monkeypatch.setitem(app.view_functions, "account.codes", refuse)

    page = browser.get("/account/codes")

    assert (page.status, page.h1) == (403, heading)
    assert "Ask another account manager of Northvale Council." in page.texts("p")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"check_issued_on": date(2023, 12, 3)}, "Your check expires on 3 December 2026. Give Una Kowalski the new one "
                                                 "before then."),
        ({"trained_on": date(2024, 12, 3)}, "Your training lasts until 2 December 2026. Complete it again and record "
                                            "the day under Account before then."),
        ({"kept_on": date(2026, 8, 1)}, "Your account is suspended after 30 November 2026 unless it is confirmed. If "
                                        "you need it, tell Una Kowalski."),
        ({"check_issued_on": date(2024, 1, 1), "trained_on": date(2024, 12, 3)}, "Your training lasts until 2 December "
         "2026. Complete it again and record the day under Account before then."),
        ({}, None),
    ],
)  # fmt: skip
def test_the_first_page_says_what_ends_soon(
    browser: Browser, session: Session, sam: Person, changed: dict[str, Any], sentence: str | None
) -> None:
    if changed:
        change(session, sam, **changed)

    assert browser.get("/").texts("#ends-soon") == ([sentence] if sentence else [])


def test_a_review_is_told_in_its_last_week_only(
    browser: Browser, session: Session, sam: Person, clock: time_machine.Traveller
) -> None:
    change(session, sam, kept_on=date(2026, 8, 1))
    clock.move_to("2026-11-22T10:42:00Z")
    browser.become(session, sam)

    assert browser.get("/").texts("#ends-soon") == []


def test_an_assistant_is_told_when_their_time_ends(browser: Browser, session: Session, world: World) -> None:
    session.execute(update(RoleGrant).where(RoleGrant.role == Role.ASSISTANT).values(ends_on=date(2026, 12, 3)))
    session.commit()

    page = browser.sign_in(session, world.ash)

    assert page.texts("#ends-soon") == [
        "You can assist until 2 December 2026. If it has to be longer, ask Una Kowalski."
    ]
