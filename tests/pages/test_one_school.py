"""One school's page: what it waits for, what is done, whom to contact there; two managers at once."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Organisation, SchoolContact
from cp.services.implementation import steps
from cp.terms import Act, Means, Need
from tests import build_schools
from tests.build import World
from tests.build_schools import ago, answered
from tests.pages.school_steps import JO, adding, another, facts, shown
from tests.web import Browser


@pytest.fixture
def school(browser: Browser, session: Session, world: World) -> Organisation:
    made = build_schools.school(session, world)
    browser.become(session, world.ivy)
    return made


def test_the_page_says_what_it_waits_for_and_what_is_done(
    browser: Browser, session: Session, world: World, school: Organisation
) -> None:
    late = build_schools.school(session, world, "Ashgrove Preparatory", answered())
    session.commit()

    page = shown(browser, late)

    assert (page.h1, page.texts(".cp-facts li")) == (
        "Ashgrove Preparatory", ["Waits for a way to send data", "You: offer them a way to send data", "13 days late"],
    )  # fmt: skip
    assert page.link("offer them a way to send data") == f"/implementation/schools/{late.uid}/means"
    assert facts(page) == {
        "First contact": "25 October 2026", "Duty explained": "25 October 2026", "Their answers": "3 November 2026",
        "Way to send data": "Not yet", "Test file accepted": "Not yet", "Agreement signed": "Not yet",
        "People named": "Not yet", "People trained": "Not yet", "Accredited": "Until 31 August 2027",
        "Live": "Not yet",
    }  # fmt: skip
    assert page.link("Schools") == "/implementation"


MET_AT = {
    Need.CONTACT: "log/new", Need.EXPLAIN_DUTY: "log/new", Need.ANSWER: "link", Need.OFFER_MEANS: "means",
    Need.ACCEPT_MEANS: "means", Need.SEND_TEST_FILE: "test-file", Need.SWITCH_ON: "means",
    Need.JUDGE_TEST_FILE: "test-file", Need.SIGN: "agreement", Need.NAME_PEOPLE: "people",
    Need.INVITE_PEOPLE: "people", Need.BOOK_TRAINING: "people", Need.COME_TO_TRAINING: "people",
    Need.ANSWER_ACCREDITATION: "accreditation", Need.DECIDE_ACCREDITATION: "accreditation",
}  # fmt: skip


@pytest.mark.parametrize("need", Need)
def test_what_is_needed_leads_to_where_it_is_done(
    browser: Browser, session: Session, school: Organisation, need: Need
) -> None:
    steps.held(session, school).need = need
    session.commit()

    page = shown(browser, school)

    here = f"/implementation/schools/{school.uid}/"
    assert [str(link["href"]) for link in page.html.select(".cp-facts a")] == [
        here + MET_AT[one] for one in MET_AT if one is need
    ]


def test_a_way_to_send_keeps_its_name(browser: Browser, session: Session, school: Organisation) -> None:
    steps.keep(session, school, means=Means.TRANSFER_FILE, means_agreed_on=ago(3))
    session.commit()

    said = "A Common Transfer File each term, agreed on 20 November 2026"
    assert facts(shown(browser, school))["Way to send data"] == said


def test_a_contact_is_added_changed_and_removed(browser: Browser, session: Session, school: Organisation) -> None:
    page = adding(browser, school)
    assert page.status_line == "The contact is added."
    assert page.texts(".cp-person p, .cp-person h3")[:4] == [
        "Jo Bell Main contact", "Bursar", "0161 496 0115", "jo.bell@example.test",
    ]  # fmt: skip

    page = browser.submit(browser.get(page.link("Change Jo Bell")), "Save", phone="", post="Head")
    assert (page.status_line, page.texts(".cp-person p")[:2]) == (
        "The contact is changed.", ["Head", "jo.bell@example.test"],
    )  # fmt: skip

    page = browser.get(page.link("Remove Jo Bell"))
    assert page.h1 == "Remove this contact?"
    page = browser.submit(page, "Remove")

    assert page.status_line == "The contact is removed. The log names them still."
    assert page.texts(".cp-person") == []
    entries = select(AuditEvent.object_id, AuditEvent.reason).where(AuditEvent.act == Act.KEEP_SCHOOL_CONTACT)
    assert session.execute(entries.order_by(AuditEvent.id)).all() == [
        (school.uid, "added"), (school.uid, "changed"), (school.uid, "removed"),
    ]  # fmt: skip


def test_letters_are_for_one_of_them(browser: Browser, session: Session, school: Organisation) -> None:
    adding(browser, school)

    adding(browser, school, name="Al Reed", is_main="yes")

    kept = select(SchoolContact.name, SchoolContact.main).order_by(SchoolContact.id)
    assert session.execute(kept).all() == [("Jo Bell", False), ("Al Reed", True)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "12"}, "Enter their name"),
        ({"post": ""}, "Enter their post, like bursar or head’s secretary"),
        ({"phone": "496"}, "Enter a telephone number, like 0161 496 0110"),
        ({"email": "jo"}, "Enter an email address, like name@school.example"),
        ({"phone": "", "email": ""}, "Enter a telephone number or an email address, or both"),
        ({"name": "J" * 201}, "Name must be 200 characters or fewer"),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(
    browser: Browser, school: Organisation, wrong: dict[str, Any], said: str
) -> None:
    page = adding(browser, school, **wrong)

    assert (page.status, page.errors) == (422, [said])
    typed = page.form("Save").fields
    assert {name: typed[name] for name in JO} == JO | wrong


def test_of_two_who_change_one_contact_the_second_is_told_and_keeps_what_they_typed(
    app: Flask, browser: Browser, session: Session, world: World, school: Organisation
) -> None:
    other = another(app, session, world)
    mine, theirs = (one.get(page.link("Change Jo Bell"))
                    for one, page in ((browser, adding(browser, school)), (other, shown(other, school))))  # fmt: skip

    other.submit(theirs, "Save", phone="0161 496 0119")
    page = browser.submit(mine, "Save", post="Head")

    assert page.errors == ["Somebody else changed this contact meanwhile, to Jo Bell, Bursar, 0161 496 0119, "
                           "jo.bell@example.test. Save again if yours should hold"]  # fmt: skip
    assert page.form("Save").fields["post"] == "Head"
    assert browser.submit(page, "Save").status_line == "The contact is changed."


def test_of_two_who_add_one_the_second_is_told(
    app: Flask, browser: Browser, session: Session, world: World, school: Organisation
) -> None:
    other = another(app, session, world)
    mine = browser.get(shown(browser, school).link("Add a contact"))

    adding(other, school)
    page = browser.submit(mine, "Save", **JO)

    assert page.errors == ["Somebody else added Jo Bell, Bursar, 0161 496 0115, jo.bell@example.test meanwhile. Save "
                           "again if yours is another person"]  # fmt: skip
    assert browser.submit(page, "Save", name="Al Reed").status_line == "The contact is added."


def test_a_school_that_closed_keeps_its_page_and_names_who_came_after(
    browser: Browser, session: Session, world: World, school: Organisation
) -> None:
    after = build_schools.school(session, world, "Larch Academy")
    school.valid_to, school.successor_id = ago(84), after.id
    session.commit()

    page = shown(browser, school)

    assert page.texts(".govuk-inset-text") == [
        "It closed on 31 August 2026, and is not counted or listed any more. After it came Larch Academy."
    ]
    assert page.link("Larch Academy") == f"/implementation/schools/{after.uid}"


def test_another_schools_contact_or_entry_is_not_there(
    browser: Browser, session: Session, world: World, school: Organisation
) -> None:
    other = build_schools.school(session, world, "Ashgrove Preparatory")
    theirs, entry = build_schools.contact(session, other), build_schools.made(session, other, world.ivy)
    session.commit()
    here = f"/implementation/schools/{school.uid}"

    assert [browser.get(f"{here}/{path}").status for path in (
        f"contacts/{theirs.uid}", f"contacts/{theirs.uid}/removal", f"log/{entry.uid}/taking-back",
    )] == [404, 404, 404]  # fmt: skip
