"""The implementation manager's pages of letters: choose, look at one, be asked once more, print or send."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.config import Mail
from cp.models import Job, LetterRun, Onboarding, Organisation
from cp.services import mailing
from cp.services.implementation import steps
from cp.terms import LetterKind, LetterWay
from tests import build_letters
from tests.build import World
from tests.build_letters import written
from tests.pages.supply.steps import rows
from tests.web import Browser, Page

FIRST, PRINT, EMAIL = "First letter", "Make the letters to print", "Send by email instead"
OTHERS = ["Hollin Bank Primary School", "Vale Community Health", "Vale Road Surgery"]


@pytest.fixture(autouse=True)
def prep(browser: Browser, session: Session, world: World) -> Organisation:
    made = build_letters.school(session, world)
    session.commit()
    browser.become(session, world.ivy)
    return made


@pytest.fixture
def mails(app: Flask) -> None:
    mail = Mail("127.0.0.1", 9, False, "", "", "contactpoint@council.example")
    app.extensions["config"] = replace(app.extensions["config"], mail=mail, site="https://contactpoint.example")


def choosing(browser: Browser, letter: str = FIRST) -> Page:
    return browser.get(browser.get("/implementation/letters").link(letter))


def sure(browser: Browser, letter: str = FIRST, **answers: Any) -> Page:
    return browser.submit(choosing(browser, letter), "Continue", **answers)


def test_how_many_wait_for_each_letter_comes_first(browser: Browser, session: Session, world: World) -> None:
    page = browser.get("/implementation/letters")

    assert page.h1 == "Letters"
    assert [(line[0], line[2]) for line in rows(page)] == [
        (FIRST, "4"), ("Letter that asks how a school will send", "0"), ("Training invitation", "0"), ("Reminder", "0"),
    ]  # fmt: skip
    assert page.texts("main p")[-1] == "No letter has been made yet."


def test_one_is_seen_as_it_will_be(browser: Browser) -> None:
    page = browser.get(choosing(browser).link("See it, as Ashgrove Prep gets it"))

    assert page.h1 == "First letter to Ashgrove Prep"
    assert page.texts(".cp-letter__to") == ["Ruth CastleAshgrove Prep24 Heath LaneHollin BankNorthvaleZA1 5PH"]
    assert page.texts(".cp-letter h3") == ["What the law says", "What happens next", "What to do now", "Whom to call"]
    assert browser.submit(page, "Make this letter").h1 == "Before you make the letters"


def test_all_that_wait_are_printed_each_on_a_sheet_after_a_last_look(
    browser: Browser, session: Session, world: World
) -> None:
    page = sure(browser)
    assert page.texts("main p") == [
        "4 letters, dated 23 November 2026.",
        f"3 letters have only a name for the envelope, since no address is kept: {', '.join(OTHERS)}",
        "Today is then noted as the day on which each was first contacted and was told what the law says, where no "
        "earlier day is.", "Cancel",
    ]  # fmt: skip
    assert written(session) == []

    page = browser.submit(page, PRINT)

    assert page.h1 == "4 letters of 23 November 2026"
    assert [letter["aria-label"] for letter in page.html.select(".cp-letter")] == [
        "Letter to Ashgrove Prep", *(f"Letter to {name}" for name in OTHERS),
    ]  # fmt: skip
    session.rollback()
    assert [name for _, _, name in written(session)] == ["Ashgrove Prep", *OTHERS]
    assert rows(browser.get("/implementation/letters"))[-1][1:] == [FIRST, "4", "Printed", "Ivy Hartley"]


def test_only_those_that_are_ticked_get_it(browser: Browser, session: Session, prep: Organisation) -> None:
    page = browser.submit(sure(browser, to="chosen", school=str(prep.uid)), PRINT)

    assert page.h1 == "1 letter of 23 November 2026"
    session.rollback()
    assert written(session) == [(LetterKind.FIRST, LetterWay.PRINTED, "Ashgrove Prep")]


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"to": None}, ["Choose who gets the letter"]),
        ({"to": "chosen"}, ["Tick at least one, or choose all that wait for it"]),
        ({"to": "chosen", "school": "no id"}, ["Tick at least one, or choose all that wait for it"]),
    ],
)
def test_who_gets_it_is_asked_again(browser: Browser, answers: dict[str, Any], errors: list[str]) -> None:
    page = sure(browser, **answers)

    assert (page.status, page.errors) == (422, errors)


def test_the_same_form_sent_twice_makes_one_run(browser: Browser, session: Session) -> None:
    page = sure(browser)

    first, second = browser.submit(page, PRINT), browser.submit(page, PRINT)

    assert first.url == second.url
    session.rollback()
    assert len(session.scalars(select(LetterRun)).all()) == 1


def test_whoever_had_it_today_is_named_first_and_gets_it_again_only_by_a_tick(
    browser: Browser, session: Session, prep: Organisation
) -> None:
    browser.submit(sure(browser), PRINT)
    page = browser.submit(browser.get(f"/implementation/letters/to/{prep.uid}"), "Make this letter")
    assert page.texts("main p")[:2] == [
        "No letter is left to make, unless you make one again.", "Had this letter today already: Ashgrove Prep",
    ]  # fmt: skip

    left = browser.submit(page, PRINT)
    assert left.status_line == "There was no letter left to make. Nothing has changed."
    page = browser.submit(browser.get(f"/implementation/letters/to/{prep.uid}"), "Make this letter")
    assert browser.submit(page, PRINT, again="yes").h1 == "1 letter of 23 November 2026"


def test_a_letter_with_the_questions_is_shown_once(
    browser: Browser, session: Session, world: World, prep: Organisation
) -> None:
    browser.submit(sure(browser), PRINT)

    page = browser.submit(sure(browser, "Letter that asks how a school will send"), PRINT)
    assert page.texts("main strong")[0] == "Print this page now: it is shown once."
    assert len(page.html.select(".cp-letter")) == 4

    session.rollback()
    run = session.scalars(select(LetterRun).order_by(LetterRun.id.desc())).first()
    assert run is not None
    page = browser.get(f"/implementation/letters/runs/{run.uid}")
    assert (page.html.select(".cp-letter"), page.texts("main ul.govuk-list li")) == ([], ["Ashgrove Prep", *OTHERS])


def test_nobody_can_be_reminded_of_nothing(browser: Browser, prep: Organisation) -> None:
    page = browser.get(f"/implementation/letters/to/{prep.uid}?letter=reminder")

    assert "This letter cannot be made: nothing is waited for from it, or it is closed." in page.texts("main p")
    assert page.texts("main button") in ([], ["Stay signed in (F2)"])


def test_an_email_can_be_sent_only_where_a_mail_server_is_named(browser: Browser, session: Session) -> None:
    page = sure(browser)
    assert EMAIL not in page.texts("button")

    answer = browser.post("/implementation/letters", page.form(PRINT).fields | {"way": "emailed"})

    assert answer.h1 == "Before you make the letters"
    assert session.scalars(select(LetterRun)).all() == []


@pytest.mark.usefixtures("mails")
def test_letters_are_put_in_line_to_be_sent(browser: Browser, session: Session, prep: Organisation) -> None:
    session.get_one(Organisation, prep.id).email = None
    session.commit()
    page = sure(browser)
    assert "3 have an email address. The others still wait for their letter after that." in page.texts("main p")

    page = browser.submit(page, EMAIL)

    assert page.status_line == "3 letters are in line to be sent."
    session.rollback()
    assert [name for _, _, name in written(session)] == OTHERS
    taken = mailing.take(session)
    assert taken is not None
    assert "https://contactpoint.example/about" in taken.post.text
    assert len(session.scalars(select(Job).where(Job.kind == mailing.KIND)).all()) == 3


def test_any_school_can_be_chosen_and_lists_are_in_pages(
    browser: Browser, session: Session, monkeypatch: pytest.MonkeyPatch, prep: Organisation
) -> None:
    monkeypatch.setattr("cp.services.implementation.letters.whom.A_PAGE", 3)
    page = browser.get(choosing(browser, "Reminder").link("Choose from all schools and services"))
    assert page.texts("main p")[0].startswith("4 schools and services in all.")

    page = browser.get(page.link("Those after"))

    assert page.texts("main tbody label") == ["Vale Road Surgery"]
    assert page.link("Those before") == "/implementation/letters/new?letter=reminder&whom=every&page=1"
    assert browser.get("/implementation/letters/new?letter=first&page=9").texts("main p")[-1] == (
        "This page of the list is empty."
    )


def test_nothing_waits_and_the_page_says_so(browser: Browser) -> None:
    assert choosing(browser, "Reminder").texts("main p") == [
        "No school or service waits for it. Choose from all schools and services"
    ]


def test_what_was_noted_before_stays(browser: Browser, session: Session, prep: Organisation) -> None:
    steps.keep(session, session.get_one(Organisation, prep.id), contacted_on=prep.accreditation_ends_on)
    session.commit()

    browser.submit(sure(browser), PRINT)

    session.rollback()
    row = session.scalars(select(Onboarding).where(Onboarding.organisation_id == prep.id)).one()
    assert row.contacted_on == prep.accreditation_ends_on
