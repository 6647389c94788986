"""A school's own form: by its link alone, without an account, saved as it goes."""

from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, SchoolAnswer
from cp.services.implementation import answers
from cp.terms import Act, OrganisationKind, PupilSystem, SchoolQuestion
from tests import build
from tests.build import World
from tests.build_school_form import TYPED, VALUES, link, say_all
from tests.web import Browser, Page

AGAIN = "Save and continue"
HEADINGS = [
    "Who is our contact at your school?",
    "Which system holds your pupils?",
    "Which way of sending suits you?",
    "How many pupils and staff do you have?",
    "What training have your staff had?",
    "When would a training session suit your staff?",
]
BUDGET = 12_863
"""Bytes of the largest page that is drawn (pages 5)."""


@pytest.fixture(autouse=True)
def stopped(clock: time_machine.Traveller) -> None:
    """23 November 2026."""


@pytest.fixture
def token(session: Session, world: World) -> str:
    return link(session, world)


def main(page: Page) -> str:
    return " ".join(page.texts("main")[0].split())


def answer(browser: Browser, token: str, number: int, **other: Any) -> Page:
    return browser.submit(browser.get(f"/school/{token}/{number}"), AGAIN, **(TYPED[number] | other))


def test_a_school_answers_six_questions_one_a_page(browser: Browser, session: Session, token: str) -> None:
    page = browser.get(f"/school/{token}")
    assert page.h1 == "Tell us how ContactPoint can work for your school"
    assert "until 14 December 2026" in main(page)
    assert "Call Ivy Hartley, your Local Implementation Manager: 0161 496 0110." in main(page)

    page, headings = browser.get(page.link("Start")), []
    for number in TYPED:
        headings.append(page.h1)
        assert page.status_line == ("" if number == 1 else f"Answer {number - 1} is saved.")
        assert page.texts("main .govuk-caption-l") == [f"Question {number} of 6"]
        page = browser.submit(page, AGAIN, **TYPED[number])

    assert headings == HEADINGS
    assert page.h1 == "Thank you, that is everything"
    assert main(page).startswith(
        "Hollin Bank Primary School Thank you, that is everything "
        "Ivy Hartley will call you by 30 November 2026 about our suggestion: Upload one file each term. "
        "Your system, iSAMS, can export a Common Transfer File. It takes a few minutes and there is nothing to install."
    )
    kept = {row.question: row.value for row in session.scalars(select(SchoolAnswer))}
    assert kept == VALUES


def test_no_page_of_it_runs_a_script_or_weighs_much(browser: Browser, session: Session, token: str) -> None:
    paths = ["", *(f"/{number}" for number in TYPED), "/answers", "/not-ours"]
    pages = [browser.get(f"/school/{token}{path}") for path in paths]
    say_all(session, token)
    pages += [browser.get(f"/school/{token}{path}") for path in (*paths, "/done")]

    assert [page.url for page in pages if page.html.select("script")] == []
    assert [(page.url, len(page.response.data)) for page in pages if len(page.response.data) > BUDGET] == []


def test_it_can_be_stopped_and_gone_on_with(app: Flask, browser: Browser, token: str) -> None:
    page = answer(browser, token, 1)
    page = browser.get(page.link("Stop for now"))
    assert page.status_line == "1 answer is saved. Come back with the same link."

    later = Browser(app).get(f"/school/{token}")

    assert "1 of 6 is answered." in main(later)
    assert browser.get(later.link("Go on")).h1 == HEADINGS[1]


def test_an_answer_is_shown_again_and_changed(browser: Browser, session: Session, world: World, token: str) -> None:
    say_all(session, token)

    page = browser.get(browser.get(f"/school/{token}/done").link("Change an answer"))
    page = browser.get(page.link("Change question 1, Contact"))
    fields = page.form(AGAIN).fields
    assert {name: fields[name] for name in TYPED[1]} == TYPED[1]
    page = browser.submit(page, AGAIN, email="")

    assert (page.h1, page.status_line) == ("Your answers", "Answer 1 is saved.")
    contact = answers.of(session, world.school).contact
    assert contact is not None
    assert (contact.name, contact.email) == ("Bea Lindholm", None)


def test_what_was_answered_stands_in_the_form_again(browser: Browser, session: Session, token: str) -> None:
    say_all(session, token)

    for number, typed in TYPED.items():
        fields = browser.get(f"/school/{token}/{number}").form(AGAIN).fields
        shown = {name: value[-1] if isinstance(value, list) else value.replace(",", "")
                 for name, value in typed.items()}  # fmt: skip
        assert {name: fields[name] for name in shown} == shown


def test_back_leads_to_the_question_before_and_loses_nothing(browser: Browser, token: str) -> None:
    page = answer(browser, token, 2)

    page = browser.get(page.link("Question 2"))

    assert page.form(AGAIN).fields["system"] == "isams"
    page = browser.get(page.link("Question 1"))
    assert "1 of 6 is answered." in main(browser.get(page.link("Start")))


NUMBER = "must be a whole number, like 12"


WRONG: list[tuple[int, dict[str, Any], list[str]]] = [
    (1, {"name": "", "post": ""}, ["Enter the name of your contact", "Enter their post, like bursar"]),
    (1, {"phone": "", "email": ""}, ["Enter a telephone number or an email address"]),
    (1, {"phone": "12"}, ["Enter a telephone number that we can dial, like 0161 496 0110"]),
    (1, {"email": "bursar"}, ["Enter an email address like name@school.example"]),
    (1, {"name": "a" * 201}, ["Name must be 200 characters or fewer"]),
    (2, {"system": "abacus"}, ["Choose the system that holds your pupils, or I do not know"]),
    (3, {"wish": ""}, ["Choose a way, or I do not know"]),
    (4, {"pupils": ""}, ["Enter how many pupils you have, roughly"]),
    (4, {"pupils": "many", "post_head": "-1"}, [f"Pupils {NUMBER}", f"Head {NUMBER}"]),
    (4, {"others": "1.5"}, [f"Others who work with children’s welfare {NUMBER}"]),
    (4, {"pupils": "20001"}, ["Pupils must be 20,000 or fewer"]),
    (5, {"training": []}, ["Choose the training that your staff have had, or I do not know"]),
    (5, {"training": ["safeguarding", "none"]}, ["Choose what there was, or None of these"]),
    (5, {"training": ["safeguarding", "not_known"]}, ["Choose what you know of, or I do not know"]),
    (6, {"days": [], "times": []}, ["Choose at least one day", "Choose at least one time of day"]),
]


def test_a_wrong_answer_has_a_sentence_by_its_field_and_the_rest_is_kept(
    browser: Browser, session: Session, token: str
) -> None:
    for number, typed, errors in WRONG:
        page = answer(browser, token, number, **typed)

        assert (page.status, page.errors) == (422, errors)
        assert page.texts(".govuk-error-message") == [f"Error: {sentence}" for sentence in errors]
        assert page.html.select(".govuk-error-summary[autofocus]")
        rest = {name: value for name, value in TYPED[number].items() if name not in typed and isinstance(value, str)}
        assert {name: page.form(AGAIN).fields[name] for name in rest} == rest
    assert session.scalars(select(SchoolAnswer)).all() == []


def test_an_answer_that_was_sent_twice_is_kept_once(browser: Browser, session: Session, token: str) -> None:
    form = browser.get(f"/school/{token}/2").form(AGAIN)

    for _ in range(2):
        answered = browser.client.post(form.action, data=form.fields | TYPED[2])
        assert answered.location == f"/school/{token}/3?saved=2"

    assert len(session.scalars(select(AuditEvent).where(AuditEvent.act == Act.ANSWER_AS_SCHOOL)).all()) == 1


def test_of_two_people_with_one_link_the_newest_answer_stands(
    app: Flask, session: Session, world: World, token: str
) -> None:
    one, other = Browser(app), Browser(app)
    pages = [browser.get(f"/school/{token}/2") for browser in (one, other)]

    one.submit(pages[0], AGAIN, system="sims")
    answer(one, token, 5)
    other.submit(pages[1], AGAIN, system="arbor")

    found = answers.of(session, world.school)
    assert (found.system, set(found.saved)) == (PupilSystem.ARBOR, {SchoolQuestion.SYSTEM, SchoolQuestion.TRAINING})


def test_nothing_is_said_to_be_saved_that_is_not(browser: Browser, token: str) -> None:
    for said in ("1", "7", "x", ""):
        assert browser.get(f"/school/{token}/2?saved={said}").status_line == ""


def test_a_practice_is_asked_in_its_own_words(browser: Browser, session: Session, world: World) -> None:
    token = link(session, world, world.practice)

    page = browser.get(f"/school/{token}")
    assert page.h1 == "Tell us how ContactPoint can work for your organisation"
    page = browser.get(f"/school/{token}/2")
    assert page.h1 == "Which system holds your children?"
    assert page.texts(".govuk-radios__label") == ["Another system", "Spreadsheets or paper", "I do not know"]
    page = browser.get(f"/school/{token}/4")
    assert page.texts("main label") == ["Children", "Registered health professional",
                                        "Assists a registered health professional",
                                        "Others who work with children’s welfare"]  # fmt: skip


def test_a_nursery_has_no_listed_posts(browser: Browser, session: Session, world: World) -> None:
    nursery = build.organisation(session, world.authority, OrganisationKind.NURSERY, name="Hollin Bank Nursery")
    token = link(session, world, nursery)

    page = browser.get(f"/school/{token}/4")

    assert page.texts("main label") == ["Pupils", "Staff who work with children’s welfare"]
