"""A manager's register of services, and the one sentence on every record."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Involvement, Organisation, Setting
from cp.models.child import Child
from cp.terms import Act, SensitiveSubject
from tests import build
from tests.build import Person, World
from tests.build_sensitive import Clinic
from tests.pages.sensitive.test_sensitive import open_record
from tests.web import Browser, code_now

LINE = "Ask the management team to contact other services."


@pytest.fixture
def clinic(session: Session, world: World) -> Clinic:
    """An ordinary service with two involvements."""
    made = Clinic.make(session, world, None)
    assert made.kit.practitioner is not None
    made.kit.practitioner.team = "Young minds"
    build.involvement(session, build.child(session, world), made.kit.practitioner)
    build.involvement(session, build.child(session, world, given_names="Zofia"), made.organisation)
    session.commit()
    return made


@pytest.fixture
def cleo(browser: Browser, session: Session, clinic: Clinic) -> Person:
    browser.become(session, clinic.cleo)
    return clinic.cleo


def subject(session: Session, clinic: Clinic) -> SensitiveSubject | None:
    session.rollback()
    return session.scalars(
        select(Organisation.sensitive_subject).where(Organisation.id == clinic.organisation.id)
    ).one()


def test_a_manager_calls_their_service_sensitive_after_reading_what_goes(
    browser: Browser, session: Session, clinic: Clinic, cleo: Person
) -> None:
    page = browser.get("/services")
    assert (page.h1, page.texts("h2")) == ("Services", ["Vale Young People’s Clinic"])
    page = browser.get(page.link("Change what Vale Young People’s Clinic is"))
    assert page.h1 == "What kind of service is it?"

    page = browser.submit(page, "Continue", service="whole", subject="sexual_health")

    assert page.h1 == "Before you change it"
    assert page.texts("main p.govuk-body")[:2] == [
        "The whole organisation: sexual health.",
        "2 involvements recorded by this service leave the directory now. Each may be recorded again with consent.",
    ]
    assert subject(session, clinic) is None

    page = browser.submit(page, "Change it")

    assert (page.h1, page.status_line) == ("Services", "It is changed. 2 involvements have left the directory.")
    assert page.texts("main li p")[1] == "Sexual health"
    assert subject(session, clinic) is SensitiveSubject.SEXUAL_HEALTH
    assert session.scalars(select(Involvement.id)).all() == []


def test_one_team_may_be_sensitive_alone(browser: Browser, session: Session, clinic: Clinic, cleo: Person) -> None:
    page = browser.get(f"/services/{clinic.organisation.uid}")
    page = browser.submit(page, "Continue", service="team Young minds", subject="mental_health")
    assert page.texts("main p.govuk-body")[:2] == [
        "Young minds: mental health.",
        "1 involvement recorded by this service leaves the directory now. It may be recorded again with consent.",
    ]

    page = browser.submit(page, "Change it")

    assert page.texts("main li p")[1:3] == ["Ordinary", "Young minds: mental health"]


def test_sending_it_twice_changes_it_once(browser: Browser, session: Session, clinic: Clinic, cleo: Person) -> None:
    page = browser.get(f"/services/{clinic.organisation.uid}")
    sure = browser.submit(page, "Continue", service="whole", subject="substance_misuse")

    said = [browser.submit(sure, "Change it").status_line for _ in range(2)]

    assert said == ["It is changed. 2 involvements have left the directory."] * 2
    same = browser.submit(page, "Continue", service="whole", subject="substance_misuse")
    assert same.status_line == said[0]  # the same form, with the same key
    fresh = browser.get(f"/services/{clinic.organisation.uid}")
    fresh = browser.submit(browser.submit(fresh, "Continue", service="whole", subject="substance_misuse"), "Change it")
    assert fresh.status_line == "Nothing has changed."
    session.rollback()
    assert len(session.scalars(select(AuditEvent.id).where(AuditEvent.act == Act.DECLARE_SERVICE)).all()) == 1


def test_ordinary_again_says_what_stays_hidden(
    browser: Browser, session: Session, clinic: Clinic, cleo: Person
) -> None:
    clinic.organisation.sensitive_subject = SensitiveSubject.MENTAL_HEALTH
    session.commit()

    page = browser.submit(
        browser.get(f"/services/{clinic.organisation.uid}"), "Continue", service="whole", subject="ordinary"
    )

    assert "What they recorded by consent stays hidden" in page.texts("main p.govuk-body")[2]
    assert browser.submit(page, "Change it").status_line == "It is changed."
    assert subject(session, clinic) is None


def test_it_takes_a_fresh_code_and_what_was_chosen_comes_back(
    browser: Browser, session: Session, clinic: Clinic, cleo: Person, clock: time_machine.Traveller
) -> None:
    page = browser.get(f"/services/{clinic.organisation.uid}")
    clock.shift(timedelta(minutes=6))
    page = browser.submit(page, "Continue", service="whole", subject="mental_health")
    assert page.texts("label") == ["Security code"]

    page = browser.submit(page, "Continue", code=code_now(cleo))

    assert (page.h1, page.status_line) == (
        "What kind of service is it?", "What you chose is below, and nothing was changed yet.",
    )  # fmt: skip
    assert page.form("Continue").fields["subject"] == "mental_health"
    assert subject(session, clinic) is None


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        (
            {"service": "", "subject": ""},
            ["Choose the whole organisation or a team", "Choose what kind of service it is"],
        ),
        ({"service": "team Nowhere", "subject": "ordinary"}, ["Choose the whole organisation or a team"]),
        ({"service": "whole", "subject": "tea"}, ["Choose what kind of service it is"]),
    ],
    ids=["nothing", "no such team", "no such kind"],
)
def test_what_is_not_on_the_list_is_asked_again(
    browser: Browser, clinic: Clinic, cleo: Person, answers: dict[str, Any], errors: list[str]
) -> None:
    page = browser.submit(browser.get(f"/services/{clinic.organisation.uid}"), "Continue", **answers)

    assert (page.status, page.errors) == (422, errors)


def test_another_managers_service_is_not_there(
    browser: Browser, session: Session, world: World, clinic: Clinic
) -> None:
    browser.become(session, world.una)

    for uid in (clinic.organisation.uid, uuid4()):
        assert browser.get(f"/services/{uid}").status == 404
        sent = {"csrf_token": browser.token(), "service": "whole", "subject": "ordinary", "sure": "yes"}
        assert browser.post(f"/services/{uid}", sent).status == 404


@pytest.mark.parametrize("who", ["sam", "ash", "max", "rex", "ade"])
def test_nobody_else_sees_the_register(browser: Browser, session: Session, world: World, who: str) -> None:
    browser.become(session, getattr(world, who))

    page = browser.get("/services")

    assert (page.status, page.h1) == (403, "Your role does not allow this")


@pytest.fixture
def max_(browser: Browser, session: Session, world: World) -> Person:
    browser.become(session, world.max)
    return world.max


def test_the_line_stands_on_every_record_while_it_is_on(
    app: Flask, browser: Browser, session: Session, world: World, max_: Person
) -> None:
    children = [build.child(session, world), build.child(session, world, given_names="Leo", shielded=True)]
    session.commit()
    sam = Browser(app)
    sam.become(session, world.sam)

    def says(child: Child) -> bool:
        return LINE in open_record(sam, child).texts("#involvements p")

    page = browser.submit(browser.get("/neutral-line"), "Save", line="on")
    assert page.status_line == "Every record says it now."
    assert [says(child) for child in children] == [True, True]
    assert LINE in sam.get(f"/children/{children[0].uid}/print").texts("p")

    page = browser.submit(page, "Save", line="off")
    assert page.status_line == "No record says it any more."
    assert [says(child) for child in children] == [False, False]
    session.rollback()
    kept = select(Setting.version, Setting.value).where(Setting.name == "neutral_line").order_by(Setting.id)
    assert [tuple(row) for row in session.execute(kept)] == [(1, "on"), (2, "off")]
    entry = select(AuditEvent.object_id, AuditEvent.reason).where(AuditEvent.act == Act.SET_NEUTRAL_LINE)
    assert [tuple(row) for row in session.execute(entry)] == [
        (world.authority.uid, "on"), (world.authority.uid, "off"),
    ]  # fmt: skip


def test_saving_the_same_twice_and_a_page_that_is_too_old(browser: Browser, max_: Person) -> None:
    old = browser.get("/neutral-line")

    assert [browser.submit(old, "Save", line="on").status_line for _ in range(2)] == [
        "Every record says it now.", "Nothing has changed.",
    ]  # fmt: skip
    page = browser.submit(old, "Save", line="off")
    assert (page.status, page.errors) == (
        422, ["Somebody else changed it meanwhile. Save again if your answer should hold"],
    )  # fmt: skip
    assert browser.submit(page, "Save").status_line == "No record says it any more."


def test_the_line_is_asked_again_and_is_the_teams_alone(
    app: Flask, browser: Browser, session: Session, world: World, max_: Person
) -> None:
    form = browser.get("/neutral-line").form("Save")
    page = browser.post(form.action, form.fields | {"line": "maybe"})
    assert (page.status, page.errors) == (422, ["Choose whether every record says it"])

    for person in (world.sam, world.una, world.rex):
        other = Browser(app)
        other.become(session, person)
        assert other.get("/neutral-line").status == 403
        assert other.post("/neutral-line", {"csrf_token": other.token(), "line": "on"}).status == 403
