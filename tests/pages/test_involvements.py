"""A practitioner's own involvement: recorded, led, confirmed, ended, taken back."""

from datetime import date, timedelta

import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Involvement
from cp.models.child import Child
from cp.terms import Act
from tests import build
from tests.build import Person, World
from tests.pages.test_record import open_record
from tests.web import Browser, Page


def form_for(browser: Browser, session: Session, world: World, **given: object) -> tuple[Child, Page]:
    child = build.child(session, world, **given)
    session.commit()
    page = open_record(browser, child)
    return child, browser.get(page.link("Record your involvement"))


def count(session: Session, *which: object) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Involvement).where(*which)) or 0  # type: ignore[arg-type]


def test_recording_takes_two_actions(browser: Browser, session: Session, world: World, sam: Person) -> None:
    _, page = form_for(browser, session, world)
    assert page.h1 == "Record your involvement"
    assert page.html.select_one("#started-day")["value"] == "23"  # type: ignore[index]

    page = browser.submit(page, "Record involvement")

    assert page.status_line == "Your involvement with Amira is recorded."
    assert page.texts("#mine") == ["Sam Okafor (you)"]


def test_sending_the_form_twice_records_once(browser: Browser, session: Session, world: World, sam: Person) -> None:
    _, page = form_for(browser, session, world)

    browser.submit(page, "Record involvement")
    again = browser.submit(page, "Record involvement")

    assert again.status_line == "Your involvement with Amira is recorded."
    assert count(session) == 1
    recorded = select(func.count()).where(AuditEvent.act == Act.RECORD_INVOLVEMENT)
    assert session.scalar(recorded) == 1


def test_a_second_form_for_the_same_child_changes_nothing(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, page = form_for(browser, session, world)
    second = browser.get(f"/children/{child.uid}/involvements/new")
    browser.submit(page, "Record involvement")

    page = browser.submit(second, "Record involvement")

    assert page.status_line == "Nothing has changed: you had already recorded this."
    assert count(session) == 1


def test_a_wrong_date_is_said_by_its_field_and_the_rest_is_kept(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    _, page = form_for(browser, session, world)

    page = browser.submit(page, "Record involvement", started_on_day="24", assessment="yes")

    assert (page.status, page.errors) == (422, ["The day you started must be today or earlier"])
    assert page.html.select_one("#assessment")["checked"] == ""  # type: ignore[index]
    assert count(session) == 0


def test_a_date_before_birth_names_the_birthday(browser: Browser, session: Session, world: World, sam: Person) -> None:
    _, page = form_for(browser, session, world)

    page = browser.submit(page, "Record involvement", started_on_day="1", started_on_month="3", started_on_year="2016")

    assert page.errors == ["The day you started must be after Amira was born, 14 March 2016"]


def test_taking_over_as_lead_is_said_and_confirmed(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, _ = form_for(browser, session, world)
    build.involvement(session, child, build.practitioner(session, world.council, "Grace Oyelaran"), lead=True)
    session.commit()
    page = browser.get(f"/children/{child.uid}/involvements/new")

    page = browser.submit(page, "Record involvement", lead="yes")
    assert page.h1 == "Take over as lead professional?"
    assert count(session, Involvement.lead) == 1
    page = browser.submit(page, "Take over as lead professional")

    assert page.status_line == (
        "You are now Amira’s lead professional. Grace Oyelaran has no account here, so tell them yourself."
    )
    assert page.texts("#involvements > ul h3") == ["Sam Okafor (you) Lead professional", "Grace Oyelaran"]
    assert count(session, Involvement.lead) == 1


def test_recording_without_taking_over_loses_nothing(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, _ = form_for(browser, session, world)
    build.involvement(session, child, build.practitioner(session, world.council, "Grace Oyelaran"), lead=True)
    session.commit()
    page = browser.get(f"/children/{child.uid}/involvements/new")
    page = browser.submit(page, "Record involvement", lead="yes", assessment="yes", started_on_day="2")

    page = browser.submit(page, "Record my involvement only")

    assert page.status_line == "Your involvement with Amira is recorded."
    assert "Holds a common assessment" in page.texts("#involvements .cp-person--you p")
    assert "Since 2 November 2026" in page.texts("#involvements .cp-person--you p")


def test_somebody_faster_is_named_before_taking_over(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, _ = form_for(browser, session, world)
    grace = build.involvement(session, child, build.practitioner(session, world.council, "Grace Oyelaran"), lead=True)
    tomasz = build.involvement(session, child, build.practitioner(session, world.council, "Tomasz Zieliński"))
    session.commit()
    page = browser.get(f"/children/{child.uid}/involvements/new")
    page = browser.submit(page, "Record involvement", lead="yes")
    grace.lead = False
    session.flush()
    tomasz.lead = True
    session.commit()

    page = browser.submit(page, "Take over as lead professional")

    assert page.h1 == "Take over as lead professional?"
    assert "Tomasz Zieliński has become lead professional meanwhile. Do you still want to take over?" in page.texts("p")


def test_the_one_who_led_is_told_on_their_own_list(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, _ = form_for(browser, session, world)
    assert world.nia.practitioner is not None
    build.involvement(session, child, world.nia.practitioner, lead=True)
    session.commit()
    page = browser.submit(browser.get(f"/children/{child.uid}/involvements/new"), "Record involvement", lead="yes")
    browser.submit(page, "Take over as lead professional")
    nia = Browser(browser.client.application)
    nia.become(session, world.nia)

    page = nia.get("/involvements")

    assert page.texts(".govuk-inset-text")[0].startswith(
        "Sam Okafor became lead professional for Amira Siddiqui on 23 November 2026."
    )


def test_ending_an_involvement(browser: Browser, session: Session, world: World, sam: Person) -> None:
    child, _ = form_for(browser, session, world)
    assert world.sam.practitioner is not None
    build.involvement(session, child, world.sam.practitioner, started_on=date(2026, 9, 3))
    session.commit()
    page = browser.get(f"/children/{child.uid}")

    page = browser.submit(browser.get(page.link("End or correct your involvement")), "End involvement", how="worked")

    assert page.status_line == "Your involvement with Amira ended on 23 November 2026."
    assert page.texts("#involvements details h4") == ["Sam Okafor"]


def test_the_end_comes_after_the_start(browser: Browser, session: Session, world: World, sam: Person) -> None:
    child, _ = form_for(browser, session, world)
    assert world.sam.practitioner is not None
    mine = build.involvement(session, child, world.sam.practitioner, started_on=date(2026, 11, 23))
    session.commit()

    page = browser.submit(browser.get(f"/involvements/{mine.uid}/end"), "End involvement", how="worked")

    assert page.errors == ["The day it ended must be after the day you started, 23 November 2026"]


def test_one_recorded_by_mistake_goes_at_once_and_the_audit_keeps_it(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, page = form_for(browser, session, world)
    page = browser.submit(page, "Record involvement")

    page = browser.submit(browser.get(page.link("End or correct your involvement")), "End involvement", how="mistake")

    assert page.status_line == "Your involvement with Amira is taken off the record."
    assert "Sam Okafor" not in page.html.select_one("main").get_text()  # type: ignore[union-attr]
    session.rollback()
    acts = session.scalars(select(AuditEvent.act).where(AuditEvent.subject_id == child.subject_id)).all()
    assert Act.WITHDRAW_INVOLVEMENT in acts


def test_nobody_sees_or_ends_another_persons_involvement(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, _ = form_for(browser, session, world)
    assert world.nia.practitioner is not None
    hers = build.involvement(session, child, world.nia.practitioner)
    session.commit()

    assert browser.get(f"/involvements/{hers.uid}/end").status == 404
    fields = {"csrf_token": browser.token(), "how": "mistake"}
    assert browser.post(f"/involvements/{hers.uid}/end", fields).status == 404
    assert count(session, ~Involvement.in_error) == 1


def test_htmx_gets_the_part_that_changes(browser: Browser, session: Session, world: World, sam: Person) -> None:
    child, page = form_for(browser, session, world)
    htmx = {"HX-Request": "true"}

    part = browser.get(f"/children/{child.uid}/involvements/new", headers=htmx)
    assert part.texts("h3") == ["Record your involvement"]
    assert part.html.select_one("#record-heading")["data-focus"] == ""  # type: ignore[index]
    assert not part.html.select("main")
    page = browser.submit(page, "Record involvement", htmx=True)

    assert page.texts("#mine") == ["Sam Okafor (you)"]
    assert not page.html.select("main")


def test_the_session_ending_on_the_half_filled_form_keeps_it(
    browser: Browser, session: Session, world: World, sam: Person, clock: time_machine.Traveller
) -> None:
    _, page = form_for(browser, session, world)
    clock.shift(timedelta(minutes=20))

    browser.submit(page, "Record involvement", started_on_day="2", assessment="yes")
    page = browser.sign_in(session, sam)

    assert page.h1 == "Record your involvement"
    assert page.html.select_one("#started-day")["value"] == "2"  # type: ignore[index]
    assert page.html.select_one("#assessment").has_attr("checked")  # type: ignore[union-attr]
    assert count(session) == 0
