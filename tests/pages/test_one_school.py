"""One school's page: what it waits for, whom to contact, which contacts were made; two managers at once."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, ContactMade, Organisation, SchoolContact
from cp.terms import Act, ContactOutcome, NextStep, Role
from tests import build, build_schools
from tests.build import World
from tests.build_schools import ago, answered
from tests.pages.supply.steps import rows
from tests.web import Browser, Page

JO = {"name": "Jo Bell", "post": "Bursar", "phone": "0161 496 0115", "email": "jo.bell@example.test"}
CALLED = {"by": "phone", "outcome": "duty_explained", "next_step": "hear", "by_when_on_day": "1",
          "by_when_on_month": "12", "by_when_on_year": "2026"}  # fmt: skip


@pytest.fixture
def school(browser: Browser, session: Session, world: World) -> Organisation:
    made = build_schools.school(session, world)
    browser.become(session, world.ivy)
    return made


def shown(browser: Browser, school: Organisation) -> Page:
    return browser.get(f"/implementation/schools/{school.uid}")


def adding(browser: Browser, school: Organisation, **answers: str) -> Page:
    return browser.submit(browser.get(shown(browser, school).link("Add a contact")), "Save", **(JO | answers))


def writing(browser: Browser, school: Organisation) -> Page:
    return browser.get(shown(browser, school).link("Write down a contact"))


def facts(page: Page) -> dict[str, str]:
    return dict(zip(page.texts("dt"), page.texts("dd"), strict=True))


def another(app: Flask, session: Session, world: World) -> Browser:
    ian = build.person(session, world.council, "Ian Two", "ian.two", Role.IMPLEMENTATION_MANAGER)
    session.commit()
    other = Browser(app)
    other.become(session, ian)
    return other


def test_the_page_says_what_it_waits_for_and_what_is_done(
    browser: Browser, session: Session, world: World, school: Organisation
) -> None:
    late = build_schools.school(session, world, "Ashgrove Preparatory", answered())
    session.commit()

    page = shown(browser, late)

    assert (page.h1, page.texts(".cp-facts li")) == (
        "Ashgrove Preparatory", ["Waits for a way to send data", "You: offer them a way to send data", "13 days late"],
    )  # fmt: skip
    assert facts(page) == {
        "First contact": "25 October 2026", "Duty explained": "25 October 2026", "Their answers": "3 November 2026",
        "Way to send data": "Not yet", "Test file accepted": "Not yet", "Agreement signed": "Not yet",
        "People named": "Not yet", "People trained": "Not yet", "Accredited": "Until 31 August 2027",
        "Live": "Not yet",
    }  # fmt: skip
    assert page.link("Schools") == "/implementation"


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
    browser: Browser, school: Organisation, wrong: dict[str, str], said: str
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


def test_a_contact_made_is_written_down_and_moves_the_school_on(
    browser: Browser, session: Session, school: Organisation
) -> None:
    adding(browser, school)
    page = writing(browser, school)
    assert page.form("Save").fields["when-day"] == "23"

    page = browser.submit(page, "Save", **CALLED)

    assert page.status_line == "The contact is written down."
    assert page.texts(".cp-facts li") == [
        "Waits for their answers",
        "The school: answer our questions",
        "By 1 December 2026",
    ]
    assert rows(page) == [[
        "23 November 2026By telephone, written down by Ivy Hartley", "Jo Bell",
        "We explained the duty and what happens next", "Hear from them, by 1 December 2026",
        "Take back the contact of 23 November 2026",
    ]]  # fmt: skip
    row = build_schools.row(session, school)
    assert (row.contacted_on, row.duty_explained_on, str(row.next_on)) == (ago(0), ago(0), "2026-12-01")


def test_a_next_step_is_done_once(browser: Browser, session: Session, school: Organisation) -> None:
    before = browser.submit(writing(browser, school), "Save", whom="nobody", **CALLED)

    page = browser.submit(before, "Done")
    assert (page.status_line, rows(page)[0][3]) == (
        "The next step is done.", "Hear from them, done on 23 November 2026",
    )  # fmt: skip
    assert build_schools.row(session, school).next_on is None

    assert browser.submit(before, "Done").status_line == "Nothing has changed: that next step is no longer open."


def test_a_wrong_entry_is_taken_back_and_stays(browser: Browser, session: Session, school: Organisation) -> None:
    page = browser.submit(writing(browser, school), "Save", whom="nobody", **CALLED)
    asks = browser.get(page.link("Take back the contact of 23 November 2026"))
    assert asks.texts("main p.govuk-body")[0] == (
        "23 November 2026, by telephone, with nobody named: we explained the duty and what happens next. Ivy Hartley "
        "wrote it down."
    )

    page = browser.submit(asks, "Take it back")

    assert page.status_line == "The entry is taken back. It stays in the log as taken back."
    assert (rows(page)[0][4], page.texts(".cp-facts li")[0]) == ("Taken back", "Waits for first contact")
    assert facts(page)["First contact"] == "Not yet"
    again = browser.submit(asks, "Take it back")
    assert again.status_line == "Nothing has changed: the entry was taken back already."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"whom": None}, "Choose with whom, or nobody"),
        ({"by": "pigeon"}, "Choose how"),
        ({"outcome": None}, "Choose what came of it"),
        ({"next_step": ""}, "Choose the next step, or nothing for now"),
        ({"when_on_day": "24"}, "The day must be today or in the past"),
        ({"when_on_year": "2023"}, "The day must be within the last 2 years"),
        ({"by_when_on_day": ""}, "The day of the next step must include a day"),
        ({"by_when_on_year": "2025"}, "The day of the next step must be today or later"),
        ({"by_when_on_year": "2027"}, "The day of the next step must be within a year"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_used_is_asked_for_again(
    browser: Browser, session: Session, school: Organisation, wrong: dict[str, str | None], said: str
) -> None:
    page = browser.submit(writing(browser, school), "Save", **({"whom": "nobody"} | CALLED | wrong))

    assert (page.status, page.errors) == (422, [said])
    assert session.scalars(select(ContactMade)).all() == []


def test_without_a_next_step_its_day_is_not_asked_for(browser: Browser, session: Session, school: Organisation) -> None:
    browser.submit(writing(browser, school), "Save", whom="nobody", **(CALLED | {"next_step": "nothing"}))

    made = session.scalars(select(ContactMade)).one()
    assert (made.next_step, made.next_on, made.outcome) == (None, None, ContactOutcome.DUTY_EXPLAINED)


def test_of_two_who_write_down_at_once_the_second_is_told(
    app: Flask, browser: Browser, session: Session, world: World, school: Organisation
) -> None:
    other = another(app, session, world)
    mine = writing(browser, school)

    other.submit(writing(other, school), "Save", whom="nobody", **(CALLED | {"outcome": "no_answer"}))
    page = browser.submit(mine, "Save", whom="nobody", **CALLED)

    assert page.errors == ["Meanwhile Ian Two wrote down a contact of 23 November 2026: by telephone, nobody answered. "
                           "Save again if yours is another contact"]  # fmt: skip
    assert page.form("Save").fields["outcome"] == "duty_explained"
    assert browser.submit(page, "Save").status_line == "The contact is written down."


def test_an_overdue_next_step_stands_first_and_late(browser: Browser, session: Session, world: World,
                                                    school: Organisation) -> None:  # fmt: skip
    build_schools.made(session, school, world.ivy, next_on=ago(3))
    build_schools.made(session, school, world.ivy, next_step=NextStep.CALL, next_on=ago(-2))
    session.commit()

    page = shown(browser, school)

    assert page.texts(".cp-person > p") == ["3 days late", "By 25 November 2026"]


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
