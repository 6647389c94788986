"""Asking for contact: the form from any record, and the list of what was asked for."""

import re
from datetime import timedelta
from uuid import uuid4

import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from cp.clock import now
from cp.models.child import Child
from tests import build
from tests.build import Person, World
from tests.build_contact import (
    requests,
    signed_in,
)
from tests.pages.contact.asking import ANSWERS, ask
from tests.web import Browser


def test_asking_from_a_record_leads_to_ones_own_list(browser: Browser, sam: Person, child: Child) -> None:
    record = browser.get(f"/children/{child.uid}")

    page = browser.get(record.link("Ask for contact"))
    assert page.texts("legend") == ["Why do you ask?", "How can they reach you?"]
    assert page.texts("main p.govuk-body")[:2] == [
        "The management team reads this. Within five working days you read here whether they will call you.",
        "You ask to reach other services that may work with Amira.",
    ]
    page = browser.submit(page, "Ask for contact", **ANSWERS)

    assert (page.h1, page.status_line) == ("Contact you asked for", "The management team has your request.")
    (row,) = page.html.select(".cp-person")
    assert re.sub(r"CR-\d{6}", "CR-n", " ".join(row.get_text().split())) == (
        "Amira SiddiquiOther services CR-nAsked on 23 November 2026 Waiting "
        "You read the answer here by 30 November 2026"
    )


def test_a_shielded_record_offers_the_family_too_in_the_same_place(
    browser: Browser, sam: Person, shielded: Child
) -> None:
    record = browser.get(f"/children/{shielded.uid}")

    page = browser.get(record.link("Ask for contact"))

    assert page.texts("label")[:2] == ["Other services that may work with Leo", "Leo’s family"]
    page = browser.submit(page, "Ask for contact", about="family", **ANSWERS)
    assert page.texts(".cp-person h2, .cp-person h2 + p") == ["Leo Marchetti", "Family"]


def test_the_team_and_others_are_not_offered_it(app: Flask, session: Session, world: World, child: Child) -> None:
    people = (world.sam, world.max, world.una, world.rex)
    sam, max_, una, rex = (signed_in(app, session, person) for person in people)
    max_.post(f"/children/{child.uid}", {"csrf_token": max_.token(), "reason": "working_with"})

    assert "Ask for contact" not in max_.get(f"/children/{child.uid}").texts("a")
    for where in (f"/children/{child.uid}/contact", "/contacts", "/contact-requests/passed"):
        assert [browser.get(where).status for browser in (max_, una, rex)] == [403, 403, 403]
    assert [browser.get("/contact-requests").status for browser in (sam, una, rex)] == [403, 403, 403]


def test_what_is_missing_is_said_and_what_was_chosen_stays(
    browser: Browser, session: Session, sam: Person, shielded: Child
) -> None:
    page = browser.submit(browser.get(f"/children/{shielded.uid}/contact"), "Ask for contact", reason="planning")

    assert (page.status, page.errors) == (422, ["Choose whom you want to reach", "Choose how they can reach you"])
    assert [field["value"] for field in page.html.select("input[checked]")] == ["planning"]
    page = browser.submit(page, "Ask for contact", about="everybody", reason="planning", reach="letter")
    assert page.status == 422
    assert requests(session) == []


def test_a_family_that_is_no_longer_hidden_is_not_asked_for(
    browser: Browser, session: Session, sam: Person, shielded: Child
) -> None:
    page = browser.get(f"/children/{shielded.uid}/contact")
    shielded.shielded_at = None
    session.commit()

    page = browser.submit(page, "Ask for contact", about="family", **ANSWERS)

    assert (page.status, page.errors) == (422, ["Choose whom you want to reach"])
    assert page.html.select_one("#about-services") is not None
    assert requests(session) == []


def test_a_shield_set_while_the_form_is_filled_in_lets_it_through(
    browser: Browser, session: Session, sam: Person, child: Child
) -> None:
    page = browser.get(f"/children/{child.uid}/contact")
    child.shielded_at = now()
    session.commit()

    page = browser.submit(page, "Ask for contact", **ANSWERS)

    assert page.status_line == "The management team has your request."


def test_asking_again_says_so(browser: Browser, session: Session, sam: Person, child: Child) -> None:
    ask(browser, child)

    page = browser.get(f"/children/{child.uid}/contact")
    assert page.texts(".govuk-inset-text")[0].startswith("You have asked already and wait for an answer")
    page = browser.submit(page, "Ask for contact", **ANSWERS)

    assert page.status_line == "Nothing has changed: you have asked already, and wait for an answer."
    assert len(requests(session)) == 1


def test_sent_twice_it_is_asked_once(browser: Browser, session: Session, sam: Person, child: Child) -> None:
    page = browser.get(f"/children/{child.uid}/contact")

    lines = [browser.submit(page, "Ask for contact", **ANSWERS).status_line for _ in range(2)]

    assert lines == ["The management team has your request."] * 2
    assert len(requests(session)) == 1


def test_no_record_no_form(browser: Browser, session: Session, world: World, sam: Person, child: Child) -> None:
    hidden = build.child(session, world, state="sealed")
    session.commit()

    for uid in (hidden.uid, uuid4()):
        assert browser.get(f"/children/{uid}/contact").status == 404
        sent = {"csrf_token": browser.token(), "about": "services", **ANSWERS}
        assert browser.post(f"/children/{uid}/contact", sent).status == 404
    assert requests(session) == []


def test_a_form_that_was_interrupted_comes_back_filled_in(
    browser: Browser, session: Session, sam: Person, child: Child, clock: time_machine.Traveller
) -> None:
    page = browser.get(f"/children/{child.uid}/contact")
    clock.shift(timedelta(minutes=16))
    page = browser.submit(page, "Ask for contact", **ANSWERS)
    assert page.h1 == "Sign in"

    clock.shift(timedelta(minutes=1))
    page = browser.sign_in(session, sam)

    assert page.h1 == "Ask for contact"
    assert [field["value"] for field in page.html.select("input[checked]")] == ["planning", "either"]
