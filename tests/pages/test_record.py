"""The record: who works with the child, who looks after them, and what is never there."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, SourceVersion
from cp.models.child import Child
from cp.terms import Act, Decision, NameKind
from tests import build
from tests.build import Person, World
from tests.web import Browser, Page


def open_record(browser: Browser, child: Child) -> Page:
    """By its address, giving a reason."""
    page = browser.get(f"/children/{child.uid}")
    assert page.h1 == "Why do you need to open this record?"
    return browser.submit(page, "Open the record", reason="working_with")


def whole(session: Session, world: World, **given: object) -> Child:
    """A child with something in every part of the record."""
    child = build.child(session, world, **given)
    source = build.source(session, child, world.school)
    child.name_source_id = child.born_source_id = source
    grace = build.practitioner(session, world.council, "Grace Oyelaran")
    build.involvement(session, child, grace, lead=True, assessment=True, started_on=date(2026, 9, 3))
    assert world.nia.practitioner is not None
    build.involvement(session, child, world.nia.practitioner, started_on=date(2026, 1, 14))
    build.involvement(session, child, world.school, started_on=date(2020, 9, 2))
    build.involvement(session, child, world.practice, started_on=date(2016, 3, 30))
    ruth = build.practitioner(session, world.health, "Ruth Castellanos", role="Speech and language therapist")
    build.involvement(session, child, ruth, started_on=date(2025, 3, 5), ended_on=date(2026, 6, 12))
    build.involvement(session, child, build.practitioner(session, world.health, "Old Colleague"),
                      started_on=date(2023, 3, 5), ended_on=date(2025, 6, 12))  # fmt: skip
    build.address(session, child, source_id=source)
    build.carer(session, child, source_id=source)
    build.other_name(session, child, NameKind.PREFERRED, "Ami", "")
    build.outside_number(session, child)
    session.commit()
    return child


def test_the_record_answers_first_who_works_with_the_child(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = whole(session, world)

    page = open_record(browser, child)

    assert page.h1 == "Amira Siddiqui"
    assert page.texts("h2") == ["Who is working with Amira", "Who looks after Amira", "Name and addresses"]
    assert page.texts("#involvements > ul h3, #involvements > ul h4") == [
        "Grace Oyelaran Lead professional",
        "Nia Pritchard",
        "Hollin Bank Primary School",
        "Vale Road Surgery",
    ]
    assert page.texts("#involvements details h4") == ["Ruth Castellanos"]
    assert page.texts(".cp-facts li") == [
        "Girl", "10 years old, born 14 March 2016", f"ContactPoint number {shown(child)}",
    ]  # fmt: skip
    assert page.texts("dt") == [
        "Name", "Known as", "Date of birth", "Address", "Unique pupil number", "Responsible authority",
    ]  # fmt: skip


def shown(child: Child) -> str:
    number = child.number
    return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"


def test_each_fact_says_who_told_us_and_when(browser: Browser, session: Session, world: World, sam: Person) -> None:
    page = open_record(browser, whole(session, world))

    assert page.texts("dd")[3] == (
        "18 Tanner’s Row, Hollin Bank, Northvale, ZA4 7QD From Hollin Bank Primary School, 7 September 2026"
    ).replace(" From", "From")


@pytest.mark.asvs("15.3.1")
def test_another_kind_of_body_never_sees_the_pupil_number(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.nia)

    page = browser.get(f"/children/{whole(session, world).uid}")  # Nia is involved: that is the reason

    assert page.h1 == "Amira Siddiqui"
    assert "Unique pupil number" not in page.html.get_text()
    assert page.texts("#mine") == ["Nia Pritchard (you)"]


@pytest.mark.asvs("15.3.1", "8.2.3")
def test_a_shielded_record_shows_four_facts_and_nothing_else(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    page = open_record(browser, whole(session, world, shielded=True))

    assert page.h1 == "Amira Siddiqui"
    assert page.texts("h2") == ["Who is working with Amira"]
    text = page.html.get_text()
    assert "Do not confirm or deny where this child is" in text
    for hidden in (
        "Grace",
        "Nia Pritchard",
        "Tanner",
        "ZA4",
        "Farah",
        "Ami ",
        "H999200001001",
        "Vale Road",
        "10 years",
    ):
        assert hidden not in text
    assert "Record your involvement" not in page.texts("a")
    assert browser.get(page.url + "/print").h1 == "This record is shielded"


def test_the_management_team_sees_through_a_shield_in_its_own_area(
    browser: Browser, session: Session, world: World
) -> None:
    browser.become(session, world.max)

    page = open_record(browser, whole(session, world, shielded=True))

    assert "Grace Oyelaran Lead professional" in page.texts("h3")


def test_opening_is_in_the_audit_with_the_reason_and_the_parts(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = whole(session, world)
    open_record(browser, child)

    session.rollback()
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.act == Act.OPEN_RECORD).order_by(AuditEvent.id.desc())
    ).first()
    assert event is not None
    assert (event.subject_id, event.reason, event.decision) == (child.subject_id, "working_with", Decision.ALLOWED)
    assert event.parts == "carers+education_numbers+identity+involvements+location+other_names"


def test_a_record_that_is_not_there_reads_as_any_missing_page(browser: Browser, sam: Person) -> None:
    page = browser.get("/children/00000000-0000-0000-0000-000000000000")

    assert (page.status, page.h1) == (404, "Page not found")


def test_printing_is_a_page_of_its_own_and_recorded(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    page = open_record(browser, whole(session, world))

    page = browser.get(page.link("Print on one page"))

    assert "Printed by Sam Okafor, Hollin Bank Primary School, on 23 November 2026 at 10:42" in page.html.get_text()
    session.rollback()
    assert session.scalars(select(AuditEvent.act).order_by(AuditEvent.id.desc())).first() is Act.PRINT_RECORD


def test_a_child_whom_nobody_works_with(browser: Browser, session: Session, world: World, sam: Person) -> None:
    child = build.child(session, world)
    session.commit()

    page = open_record(browser, child)

    text = page.html.get_text()
    assert "Nobody has recorded an involvement with Amira." in text
    assert "No school is recorded" in text
    assert "No GP practice is recorded" in text
    assert "No carer is recorded." in text
    assert "No address is recorded" in text


def test_a_fact_bears_the_day_on_which_its_source_last_said_it(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = whole(session, world)
    for version in session.scalars(select(SourceVersion)):
        version.confirmed_on = date(2026, 11, 20)
    build.involvement(session, child, world.sam.practitioner or world.school)
    session.commit()

    page = browser.get(f"/children/{child.uid}")

    assert any("Hollin Bank Primary School, 20 November 2026" in words for words in page.texts("p, li, dd"))
