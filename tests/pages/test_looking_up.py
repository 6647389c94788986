"""Past a limit: what is asked, what stops, and the way that is always open."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import Alert, AuditEvent, Opening
from cp.models.child import Child
from cp.terms import Act, AlertKind, Decision, MoreReason
from tests import build, build_watched
from tests.build import Person, World
from tests.pages.test_record import open_record
from tests.web import Browser, Page

MORE = "Why do you need to open more records than usual?"
URGENT = "It cannot wait: open this record"


def children(session: Session, world: World, how_many: int, own: bool = False) -> list[Child]:
    found = [build.child(session, world, given_names=f"Amira {at}") for at in range(how_many)]
    assert world.sam.practitioner is not None
    if own:
        for child in found:
            build.involvement(session, child, world.sam.practitioner)
    session.commit()
    return found


def kinds(session: Session) -> Sequence[AlertKind]:
    session.rollback()
    return session.scalars(select(Alert.kind).order_by(Alert.id)).all()


@pytest.fixture
def past_the_week(browser: Browser, session: Session, world: World, sam: Person) -> Child:
    """A child whom Sam may open after saying more."""
    build_watched.limits(session, world.authority, 2, 50)
    *opened, last = children(session, world, 3)
    for child in opened:
        assert open_record(browser, child).h1 == f"{child.given_names} Siddiqui"
    return last


@pytest.fixture
def past_the_day(browser: Browser, session: Session, world: World, sam: Person) -> Child:
    """A child whom Sam may not open today."""
    build_watched.limits(session, world.authority, 40, 2)
    for child in children(session, world, 2, own=True):
        assert browser.get(f"/children/{child.uid}").status == 200
    return children(session, world, 1)[0]


def test_more_is_asked_once_for_a_record(browser: Browser, session: Session, past_the_week: Child) -> None:
    page = open_record(browser, past_the_week)

    assert page.h1 == MORE
    assert page.texts(".govuk-hint")[0].startswith("In 7 days you have opened 2 records of children outside your own")
    page = browser.submit(page, "Open the record")
    assert (page.status, page.errors) == (422, ["Choose why you need to open more records than usual"])
    page = browser.submit(page, "Open the record", more="duty_desk")
    assert page.h1 == "Amira 2 Siddiqui"
    assert browser.get(f"/children/{past_the_week.uid}").h1 == "Amira 2 Siddiqui"
    assert browser.get(f"/children/{past_the_week.uid}/more").h1 == "Amira 2 Siddiqui"
    kept = select(Opening.more).where(Opening.child_id == past_the_week.id)
    assert session.scalars(kept).one() is MoreReason.DUTY_DESK
    assert kinds(session) == [AlertKind.MANY_LOOK_UPS]


def test_nothing_of_the_child_is_shown_while_more_is_asked(browser: Browser, past_the_week: Child) -> None:
    for page in (open_record(browser, past_the_week), browser.get(f"/children/{past_the_week.uid}/print")):
        assert page.h1 == MORE
        assert "Amira" not in page.response.text


@pytest.mark.parametrize("more", ["", "curious", "a" * 10_000, "\0"])
def test_a_reason_that_is_not_on_the_list_opens_nothing(browser: Browser, past_the_week: Child, more: str) -> None:
    open_record(browser, past_the_week)
    url = f"/children/{past_the_week.uid}/more"

    page = browser.post(url, {"more": more, "csrf_token": browser.token()})

    assert (page.status, page.h1) == (422, MORE)
    assert browser.get(f"/children/{past_the_week.uid}").h1 == MORE


def test_a_part_of_a_page_is_led_to_the_question(browser: Browser, past_the_week: Child) -> None:
    open_record(browser, past_the_week)

    answer = browser.client.get(f"/children/{past_the_week.uid}", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == f"/children/{past_the_week.uid}/more"
    assert answer.text == ""


def test_the_days_limit_stops_and_says_whom_to_ask(browser: Browser, session: Session, past_the_day: Child) -> None:
    page = open_record(browser, past_the_day)

    assert (page.status, page.h1) == (403, "You have opened 2 records in a day")
    assert page.texts("h2") == ["If you need more today", "If it cannot wait"]
    assert "Ask Una Kowalski, your account manager: 0161 496 0" in page.texts("main p.govuk-body")[1]
    assert "Amira" not in page.response.text
    assert browser.get(f"/children/{past_the_day.uid}").status == 403
    assert kinds(session) == [AlertKind.LIMIT_REACHED]


def test_the_question_does_not_go_round_the_days_limit(browser: Browser, past_the_day: Child) -> None:
    open_record(browser, past_the_day)
    url, token = f"/children/{past_the_day.uid}/more", browser.token()

    assert browser.get(url).status == 403
    assert browser.post(url, {"csrf_token": token, "more": "covering"}).status == 403
    assert browser.get(f"/children/{past_the_day.uid}/involvements/new").status == 403


def test_what_cannot_wait_opens_and_is_told_once(browser: Browser, session: Session, past_the_day: Child) -> None:
    stopped = open_record(browser, past_the_day)

    for _ in range(2):
        page = browser.submit(stopped, URGENT)
        assert page.h1 == "Amira 0 Siddiqui"

    assert kinds(session) == [AlertKind.LIMIT_REACHED, AlertKind.URGENT_LOOK_UP]
    assert session.scalars(select(Alert.subject_id)).all() == [None, past_the_day.subject_id]


def test_it_need_not_wait_for_the_question_either(browser: Browser, session: Session, past_the_week: Child) -> None:
    page = browser.submit(open_record(browser, past_the_week), URGENT)

    assert page.h1 == "Amira 2 Siddiqui"
    assert AlertKind.URGENT_LOOK_UP in kinds(session)


def test_without_a_reason_nothing_is_urgent(browser: Browser, session: Session, world: World, sam: Person) -> None:
    child = children(session, world, 1)[0]

    for way in ("urgent", "more"):
        page = browser.post(f"/children/{child.uid}/{way}", {"csrf_token": browser.token(), "more": "covering"})
        assert page.h1 == "Why do you need to open this record?"
    assert kinds(session) == []


def test_how_much_of_the_week_is_used_is_said_before_it_is_gone(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    first, second = children(session, world, 2)
    open_record(browser, first)
    used = "1 of 40 children outside your own list this week"

    assert f"{used}." in browser.get(f"/children/{second.uid}").texts(".govuk-hint")[0]
    page = browser.get("/")
    assert used not in page.texts(".govuk-hint")
    assert used in browser.submit(page, "Search", reason="working_with").texts(".govuk-hint")
    page = browser.submit(page, "Search", given_name="Amira", family_name="S", age="10", reason="working_with")
    assert used in browser.get(page.link("Change your search")).texts(".govuk-hint")


def test_the_sixty_first_search_of_an_hour_waits_and_loses_nothing(
    browser: Browser, session: Session, sam: Person, clock: time_machine.Traveller
) -> None:
    facts: dict[str, Any] = {"given_name": "Amira", "family_name": "Siddiqui", "age": "10", "reason": "may_need_help"}
    for _ in range(60):
        assert browser.submit(browser.get("/"), "Search", **facts).h1 == "Search results"
        clock.shift(timedelta(seconds=1))

    page = browser.submit(browser.get("/"), "Search", **facts)

    sentence = (
        "You have searched 60 times in an hour. Wait until 11:42, or call the management team on 0161 496 0130 "
        "if it cannot wait"
    )
    assert (page.status, page.errors) == (429, [sentence])
    fields = page.form("Search").fields
    assert facts.items() <= fields.items()
    refused = select(func.count()).where(AuditEvent.act == Act.SEARCH, AuditEvent.decision == Decision.REFUSED)
    assert session.scalar(refused) == 1
    clock.shift(timedelta(minutes=14))
    browser.get("/")
    clock.shift(timedelta(minutes=14))
    browser.get("/")
    clock.shift(timedelta(minutes=14))
    browser.get("/")
    clock.shift(timedelta(minutes=14))
    page = browser.get("/")
    clock.shift(timedelta(minutes=4))
    assert browser.submit(page, "Search", **facts).h1 == "Search results"


def test_narrowing_counts_as_a_search_and_keeps_what_was_added(
    app: Flask, browser: Browser, session: Session, world: World, sam: Person
) -> None:
    for postcode in ("ZA4 7QD", "ZA5 1AA"):
        build.address(session, build.child(session, world), postcode)
    session.commit()
    page = browser.submit(browser.get("/"), "Search", given_name="Amira", family_name="Siddiqui", age="10",
                          reason="working_with")  # fmt: skip
    earlier = page.url.rpartition("/")[2]
    for _ in range(59):
        _narrow(browser, earlier, "ZA4")

    page = _narrow(browser, earlier, "ZA5 1AA")

    assert (page.status, page.h1) == (429, "Find a child")
    fields = page.form("Search").fields
    assert (fields["given_name"], fields["postcode"], fields["reason"]) == ("Amira", "ZA5 1AA", "working_with")


def _narrow(browser: Browser, earlier: str, postcode: str) -> Page:
    token = browser.get("/").form("Search").fields["csrf_token"]
    return browser.post("/searches", {"csrf_token": token, "narrows": earlier, "postcode": postcode})
