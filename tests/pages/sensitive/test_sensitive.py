"""The pages on which a sensitive service records by consent and withdraws."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Alert, Draft, Once, SignedIn
from cp.models.child import Child
from cp.models.sensitive import SensitiveInvolvement
from cp.services import shielding
from cp.terms import ShieldGround
from tests.build import Person, World
from tests.build_sensitive import Clinic, entry, kept
from tests.web import Browser, Page

CONSENTS = {"ground": "child", "understands": "yes"}


def open_record(browser: Browser, child: Child) -> Page:
    page = browser.get(f"/children/{child.uid}")
    if "Why do you need" in page.h1:
        page = browser.submit(page, "Open the record", reason="working_with")
    return page


def form_of(browser: Browser, child: Child) -> Page:
    return browser.get(open_record(browser, child).link("Record your involvement"))


def send(browser: Browser, page: Page, **answers: Any) -> Page:
    """The form as a browser sends it, with whoever is chosen in its list."""
    chosen = page.html.select_one("select[name=judged_by] option[selected]")
    assert chosen is not None
    return browser.submit(page, "Record involvement", **({"judged_by": str(chosen["value"])} | answers))


def test_kit_records_with_a_young_persons_consent(
    browser: Browser, session: Session, amira: Child, kit: Person
) -> None:
    page = form_of(browser, amira)
    assert (page.h1, page.url) == ("Record your involvement", f"/children/{amira.uid}/involvements/sensitive")
    assert "Nobody else sees anything, not even that there is something to see." in page.html.get_text()
    assert "You may say no" in page.html.get_text()

    page = send(browser, page, **CONSENTS)

    assert (page.h1, page.status_line) == ("Amira Siddiqui", "Your involvement with Amira is recorded.")
    assert page.texts("#apart") == ["Your service"]
    assert page.texts("section[aria-labelledby=apart] h3") == ["Kit Maddox (you)"]
    assert [one.child for one in kept(session)] == [amira.uid]


def test_neither_the_session_nor_the_kept_answer_names_anything(
    browser: Browser, session: Session, amira: Child, kit: Person
) -> None:
    page = form_of(browser, amira)
    form, judge = page.form("Record involvement"), page.html.select_one("select option[selected]")
    assert judge is not None

    browser.client.post(form.action, data=form.fields | CONSENTS | {"judged_by": str(judge["value"])})

    session.rollback()
    assert session.scalars(select(Once.result)).all() == ["recorded"]
    assert session.scalars(select(SignedIn.said).where(SignedIn.ended_at.is_(None))).all() == ["recorded"]


def test_sending_the_form_twice_records_once(browser: Browser, session: Session, amira: Child, kit: Person) -> None:
    page = form_of(browser, amira)

    said = [send(browser, page, **CONSENTS).status_line for _ in range(2)]

    assert said == ["Your involvement with Amira is recorded."] * 2
    assert page.texts("#record-involvement") == open_record(browser, amira).texts("#record-involvement") == []
    again = send(browser, browser.get(f"/children/{amira.uid}/involvements/sensitive"), **CONSENTS)
    assert again.status_line == "Nothing has changed: you had already recorded this."
    session.rollback()
    assert len(session.scalars(select(SensitiveInvolvement.id)).all()) == 1


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({}, ["Choose on what ground you record it"]),
        ({"ground": "child", "judged_by": "", "started_on_day": ""},
         ["The day you started must include a day"]),
        ({"ground": "child", "judged_by": "", "understands": "yes"}, ["Choose who judged it"]),
        ({"ground": "child"}, ["Only a child who understands can consent. Say that Amira understands, or choose a "
                               "parent’s or carer’s consent"]),
        ({"ground": "parent", "understands": "yes"}, ["Nobody consents for a child who understands. Ask Amira, or say "
                                                      "that Amira does not understand"]),
        (CONSENTS | {"given-day": "24"}, ["The day consent was given must be today or earlier"]),
        (CONSENTS | {"given-year": "2024"}, ["Consent given on that day has ended by now. Ask again"]),
        (CONSENTS | {"ends-day": "24", "ends-month": "11", "ends-year": "2027"},
         ["The day it ends must be within 12 months, on 23 November 2027 or earlier"]),
        (CONSENTS | {"ends-day": "23", "ends-month": "11", "ends-year": "2026"},
         ["The day it ends must be after today"]),
        (CONSENTS | {"ends-day": "40"}, ["The day it ends must include a month and a year"]),
        (CONSENTS | {"started-year": "2015"}, ["The day you started must be after Amira was born, 14 March 2016"]),
    ],
    ids=["nothing", "no day", "no judge", "not judged", "a parent's", "tomorrow", "long ago", "too long", "today",
         "half a date", "before birth"],
)  # fmt: skip
def test_a_form_that_will_not_do_says_what_to_do(
    browser: Browser, session: Session, amira: Child, kit: Person, answers: dict[str, str], errors: list[str]
) -> None:
    page = send(browser, form_of(browser, amira), **answers)

    assert (page.status, page.errors) == (422, errors)
    assert page.form("Record involvement").fields["once"]
    assert kept(session) == []


def test_suspected_harm_comes_to_a_reviewer(
    app: Flask, browser: Browser, session: Session, world: World, amira: Child, kit: Person
) -> None:
    send(browser, form_of(browser, amira), ground="suspected_harm")

    session.rollback()
    rex = Browser(app)
    rex.become(session, world.rex)
    page = rex.get(f"/alerts/{session.scalars(select(Alert.uid)).one()}")
    assert (page.h1, page.texts("dd")[:2]) == ("Recorded without consent", [
        "Kit Maddox, Vale Young People’s Clinickit.clinic@example.test",
        "Recorded an involvement without consent, because there is cause to suspect significant harm. Ask them who "
        "judged it, and on what",
    ])  # fmt: skip
    assert "Amira" not in page.response.text


def test_whoever_works_in_a_sensitive_service_cannot_record_as_others_do(
    browser: Browser, session: Session, amira: Child, kit: Person
) -> None:
    open_record(browser, amira)

    page = browser.get(f"/children/{amira.uid}/involvements/new")

    assert (page.status, page.h1) == (403, "Your service is recorded by consent")


def test_a_shield_set_while_the_form_is_filled_in_is_obeyed(
    browser: Browser, session: Session, amira: Child, kit: Person
) -> None:
    page = form_of(browser, amira)
    shielding.shield(session, amira.number, ShieldGround.DOMESTIC_ABUSE)
    session.commit()

    page = send(browser, page, **CONSENTS)

    assert (page.status, page.h1) == (403, "This record is shielded")
    session.rollback()
    assert session.scalars(select(SensitiveInvolvement.id)).all() == []


def test_a_form_sent_too_late_is_not_kept(
    browser: Browser, session: Session, amira: Child, kit: Person, clock: Any
) -> None:
    page = form_of(browser, amira)
    clock.shift(16 * 60)

    page = send(browser, page, **CONSENTS)

    assert page.h1 == "Sign in"
    session.rollback()
    assert session.scalars(select(Draft.id)).all() == []


@pytest.mark.parametrize("who", ["sam", "nia", "max", "una", "rex"])
def test_outside_the_service_the_pages_are_for_nobody(
    browser: Browser, session: Session, world: World, clinic: Clinic, amira: Child, who: str
) -> None:
    uid = entry(session, clinic.kit, amira)
    session.commit()
    browser.become(session, getattr(world, who))

    answers = {
        (page.status, page.h1)
        for address in (f"/involvements/sensitive/{uid}", f"/involvements/sensitive/{uuid4()}",
                        f"/children/{amira.uid}/involvements/sensitive",
                        f"/children/{uuid4()}/involvements/sensitive")
        for page in (browser.get(address), browser.post(address, {"csrf_token": browser.token(), "why": "ended"}))
    }  # fmt: skip

    assert answers == {(403, "Your role does not allow this")}


def test_a_stranger_is_asked_to_sign_in(browser: Browser, world: World, amira: Child) -> None:
    for address in (f"/children/{amira.uid}/involvements/sensitive", f"/involvements/sensitive/{uuid4()}"):
        assert browser.get(address).h1 == "Sign in"


def test_the_management_team_reads_the_services_apart(
    browser: Browser, session: Session, world: World, clinic: Clinic, amira: Child
) -> None:
    entry(session, clinic.kit, amira, ground="parent")
    session.commit()
    browser.become(session, world.max)

    page = open_record(browser, amira)

    assert page.texts("#apart") == ["Sensitive services"]
    assert page.texts("section[aria-labelledby=apart] li p")[:2] == [
        "Sexual health nurse, Vale Young People’s Clinic", "With a parent’s or carer’s consent",
    ]  # fmt: skip
    assert page.texts("section[aria-labelledby=apart] .cp-actions") == []
