"""How many records may be opened: set by a manager at the authority; a manager's answer to somebody who waits."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import Alert, Allowance, AuditEvent, Setting
from cp.services import settings
from cp.services.settings import Limits
from cp.terms import Act, AlertKind, BodyKind, OrganisationKind, Role
from tests import build, build_watched
from tests.build import Person, World
from tests.web import Browser


@pytest.fixture
def una(browser: Browser, session: Session, world: World) -> Person:
    """Una, who runs the council's accounts, signed in at `browser`."""
    browser.become(session, world.una)
    return world.una


def held(session: Session, world: World) -> Limits:
    session.rollback()
    return settings.limits(session, world.authority.id)


def count(session: Session, table: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_manager_sets_the_limits_and_the_reviewers_are_told(
    app: Flask, browser: Browser, session: Session, world: World, una: Person
) -> None:
    page = browser.get("/accounts/limits")
    assert (page.h1, page.form("Save the limits").fields["soft"]) == ("How many records may be opened?", "40")

    page = browser.submit(page, "Save the limits", soft="30", hard="200")

    assert page.status_line == "The limits are saved. The reviewers are told."
    assert held(session, world) == Limits(30, 200, "1.0")
    entry = select(AuditEvent.object_id, AuditEvent.reason).where(AuditEvent.act == Act.SET_LIMITS)
    assert session.execute(entry).all() == [(world.authority.uid, "30+200")]
    told = session.scalars(select(Alert)).one()
    assert (told.kind, told.account_id, told.authority_id) == (
        AlertKind.LIMITS_CHANGED, una.account.id, world.authority.id,
    )  # fmt: skip
    rex = Browser(app)
    rex.become(session, world.rex)
    assert rex.get(f"/alerts/{told.uid}").texts("dd")[1] == (
        "Changed how many records may be opened: from then on 30 children outside one’s own list in a week, "
        "200 records in a day"
    )


def test_every_version_is_kept_and_an_alert_says_what_was_set_then(
    app: Flask, browser: Browser, session: Session, world: World, una: Person, clock: time_machine.Traveller
) -> None:
    for soft, hard in ((30, 100), (50, 100), (50, 300)):
        browser.submit(browser.get("/accounts/limits"), "Save the limits", soft=str(soft), hard=str(hard))
        clock.shift(timedelta(minutes=1))

    assert held(session, world) == Limits(50, 300, "2.2")
    kept = select(Setting.name, Setting.version, Setting.value).order_by(Setting.id)
    assert [tuple(row) for row in session.execute(kept)] == [
        ("look_up_soft", 1, "30"), ("look_up_hard", 1, "100"), ("look_up_soft", 2, "50"), ("look_up_hard", 2, "300"),
    ]  # fmt: skip
    rex = Browser(app)
    rex.become(session, world.rex)
    said = [rex.get(f"/alerts/{uid}").texts("dd")[1] for uid in session.scalars(select(Alert.uid).order_by(Alert.id))]
    assert [" ".join(word for word in text.split() if word.isdigit()) for text in said] == [
        "30 100",
        "50 100",
        "50 300",
    ]


def test_sending_the_same_twice_changes_and_tells_nothing(
    browser: Browser, session: Session, world: World, una: Person
) -> None:
    page = browser.get("/accounts/limits")

    for said in ("The limits are saved. The reviewers are told.", "Nothing has changed."):
        assert browser.submit(page, "Save the limits", soft="30", hard="100").status_line == said
    assert (count(session, Setting), count(session, Alert)) == (2, 1)


def test_two_managers_at_once_leave_one_answer_and_a_sentence(
    app: Flask, browser: Browser, session: Session, world: World, una: Person
) -> None:
    other = Browser(app)
    ann = build.person(session, world.council, "Ann Two", "ann.two", Role.ACCOUNT_MANAGER)
    session.commit()
    other.become(session, ann)
    mine, theirs = browser.get("/accounts/limits"), other.get("/accounts/limits")

    other.submit(theirs, "Save the limits", soft="30", hard="100")
    page = browser.submit(mine, "Save the limits", soft="60", hard="200")

    assert (page.status, page.errors) == (
        422, ["Somebody else changed the limits meanwhile, to 30 and 100. Save again if yours should hold"],
    )  # fmt: skip
    assert held(session, world).soft == 30
    assert page.form("Save the limits").fields["soft"] == "60"
    browser.submit(page, "Save the limits")
    assert held(session, world) == Limits(60, 200, "2.2")


@pytest.mark.parametrize("typed", ["", "0", "4", "201", "-5", "4.5", "forty", "²", "9" * 50, "1" * 10_000, "\0"])
def test_a_limit_is_a_number_between_its_bounds(
    browser: Browser, session: Session, world: World, una: Person, typed: str
) -> None:
    page = browser.submit(browser.get("/accounts/limits"), "Save the limits", soft=typed, hard="200")

    assert page.status == 422
    assert len(page.errors) == 1
    assert "Children outside a person’s own list, in a week" in page.errors[0]
    assert count(session, Setting) == 0


def test_a_manager_of_one_organisation_does_not_set_the_authoritys_limits(
    browser: Browser, session: Session, world: World
) -> None:
    sal = build.person(session, world.school, "Sal School", "sal.school", Role.ACCOUNT_MANAGER)
    session.commit()
    browser.become(session, sal)

    assert browser.get("/accounts/limits").status == 403
    sent = {"soft": "50", "hard": "300", "version": "0.0", "csrf_token": browser.token()}
    assert browser.post("/accounts/limits", sent).status == 403
    assert count(session, Setting) == 0


def test_one_authoritys_limits_are_not_anothers(session: Session, world: World) -> None:
    other = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                         help_phone="+441614960101"))  # fmt: skip
    build_watched.limits(session, other, 7, 21)
    session.commit()

    assert held(session, world) == Limits(40, 200, "0.0")
    assert settings.limits(session, other.id) == Limits(7, 21, "1.1")


def test_an_old_code_is_asked_for_again_and_nothing_typed_is_lost(
    browser: Browser, session: Session, world: World, una: Person, clock: time_machine.Traveller
) -> None:
    page = browser.get("/accounts/limits")
    clock.shift(timedelta(minutes=6))

    page = browser.submit(page, "Save the limits", soft="30", hard="100")

    assert page.h1 == "Enter your security code"
    assert count(session, Setting) == 0


@pytest.fixture
def stopped(app: Flask, session: Session, world: World) -> Person:
    """Sam, who has opened all that a day allows."""
    build_watched.limits(session, world.authority, 40, 2)
    assert world.sam.practitioner is not None
    for at in range(4):
        child = build.child(session, world, given_names=f"Amira {at}")
        build.involvement(session, child, world.sam.practitioner)
        if at < 2:
            build_watched.did(session, world.sam, Act.OPEN_RECORD, child.subject_id)
    session.commit()
    return world.sam


def test_a_managers_answer_lets_somebody_go_on(
    app: Flask, browser: Browser, session: Session, world: World, una: Person, stopped: Person
) -> None:
    url = f"/accounts/{stopped.account.uid}/limit"
    page = browser.get(url)
    assert page.h1 == "May they open more records today?"
    assert "Amira" not in page.response.text
    page = browser.submit(page, "Save your answer")
    assert (page.status, page.errors) == (422, ["Choose whether they may open more records today"])

    page = browser.submit(page, "Save your answer", answer="more")

    assert page.status_line == "Sam Okafor may open 50 more records in the next 24 hours."
    assert page.texts("main p.govuk-body")[0].startswith("Sam Okafor has opened 2 of 52 records in the last 24 hours")
    session.rollback()
    given = session.scalars(select(Allowance)).one()
    assert (given.account_id, given.given_by_id, given.records) == (stopped.account.id, una.account.id, 50)
    entry = select(AuditEvent.object_id, AuditEvent.reason).where(AuditEvent.act == Act.ANSWER_LIMIT)
    assert session.execute(entry).all() == [(stopped.account.uid, "50_more")]


def test_two_answers_at_once_give_once(
    app: Flask, browser: Browser, session: Session, world: World, una: Person, stopped: Person
) -> None:
    page = browser.get(f"/accounts/{stopped.account.uid}/limit")
    browser.submit(page, "Save your answer", answer="more")

    page = browser.submit(page, "Save your answer", answer="more")

    assert page.status_line == "Nothing was to be answered: Sam Okafor can go on."
    assert count(session, Allowance) == 1


def test_no_gives_nothing_and_can_be_changed(
    browser: Browser, session: Session, world: World, una: Person, stopped: Person
) -> None:
    page = browser.get(f"/accounts/{stopped.account.uid}/limit")

    page = browser.submit(page, "Save your answer", answer="no")

    assert page.status_line == "Sam Okafor was not given more records."
    assert count(session, Allowance) == 0
    browser.submit(page, "Save your answer", answer="more")
    assert count(session, Allowance) == 1


@pytest.mark.parametrize("answer", ["", "200", "More", "a" * 10_000])
def test_an_answer_is_one_of_two(browser: Browser, session: Session, una: Person, stopped: Person, answer: str) -> None:
    url = f"/accounts/{stopped.account.uid}/limit"

    assert browser.post(url, {"answer": answer, "csrf_token": browser.token()}).status == 422
    assert count(session, Allowance) == 0


def test_nobody_answers_outside_their_scope(browser: Browser, session: Session, world: World, stopped: Person) -> None:
    other = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                         help_phone="+441614960101"))  # fmt: skip
    council = build.organisation(session, other, OrganisationKind.COUNCIL_SERVICE, body_kind=BodyKind.AUTHORITY)
    eve = build.person(session, council, "Eve Far", "eve.far", Role.ACCOUNT_MANAGER)
    session.commit()
    browser.become(session, eve)
    url = f"/accounts/{stopped.account.uid}/limit"

    assert browser.get(url).status == 404
    assert browser.post(url, {"answer": "more", "csrf_token": browser.token()}).status == 404
    assert count(session, Allowance) == 0
