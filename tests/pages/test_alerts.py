"""A reviewer's pages: what is due, what they found, what is closed."""

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Alert, AuditEvent
from cp.services import saying_more
from cp.services.children import give_reason
from cp.terms import Act, AlertKind, BodyKind, Finding, MoreReason, OrganisationKind, Reason, Role
from tests import build, build_watched
from tests.build import Person, World
from tests.web import Browser, actor_of


@pytest.fixture
def rex(browser: Browser, session: Session, world: World) -> Person:
    """Rex, who reviews, signed in at `browser`."""
    browser.become(session, world.rex)
    return world.rex


def test_a_reviewer_starts_at_what_is_to_be_reviewed(browser: Browser, session: Session, world: World) -> None:
    page = browser.sign_in(session, world.rex)

    assert (page.url, page.h1) == ("/alerts", "To review")
    assert page.texts("main p.govuk-body")[0].startswith("Nothing is to be reviewed.")
    assert page.texts("nav[aria-label=Menu] a") == [
        "To review", "Closed", "Overrides", "Log", "Given out", "Account", "Help"
    ]  # fmt: skip
    assert page.texts("[aria-current]") == ["To review"]
    assert browser.get("/alerts/closed").texts("[aria-current]") == ["Closed"]


def test_what_is_due_first_stands_first(browser: Browser, session: Session, world: World, rex: Person) -> None:
    today = clocks.today()
    build_watched.alert(session, world.sam, AlertKind.LIMIT_REACHED, count=200, due_on=today + timedelta(days=2))
    build_watched.alert(session, world.nia, AlertKind.URGENT_LOOK_UP, count=1, due_on=today - timedelta(days=1))
    build_watched.alert(session, world.una, AlertKind.LIMITS_CHANGED, count=None, due_on=today)
    build_watched.alert(session, world.max, due_on=today + timedelta(days=1))
    build_watched.alert(session, world.max, closed_at=clocks.now(), finding=Finding.MISUSE, closed_by_id=rex.account.id)
    session.commit()

    page = browser.get("/alerts")

    assert page.texts("main p.govuk-body")[0] == "4 alerts wait for a reviewer. What is due first stands first."
    assert page.texts(".cp-person > p") == [
        "Late Due 22 November 2026", "Due 23 November 2026", "Due 24 November 2026", "Due 25 November 2026",
    ]  # fmt: skip
    assert page.texts(".cp-person > div:nth-child(2)") == [
        "Nia PritchardVale Community HealthOpened a record at once because it could not wait, after 1 other record "
        "in 24 hours",
        "Una KowalskiNorthvale CouncilChanged how many records may be opened",
        "Max AdeyemiNorthvale CouncilOpened the records of 40 children outside their own list in 7 days",
        "Sam OkaforHollin Bank Primary SchoolAsked for one more record after 200 records in 24 hours",
    ]


def test_no_alert_says_which_child(browser: Browser, session: Session, world: World, rex: Person) -> None:
    child = build.child(session, world)
    told = build_watched.alert(session, world.sam, AlertKind.URGENT_LOOK_UP, subject_id=child.subject_id)
    session.commit()

    for page in (browser.get("/alerts"), browser.get(f"/alerts/{told.uid}")):
        for hidden in ("Amira", child.number, str(child.uid), str(child.subject_id)):
            assert hidden not in page.response.text


def test_a_finding_closes_an_alert(browser: Browser, session: Session, world: World, rex: Person) -> None:
    told = build_watched.alert(session, world.sam)
    build_watched.alert(session, world.nia)
    session.commit()
    page = browser.get(f"/alerts/{told.uid}")
    assert page.h1 == "Many records opened"

    page = browser.submit(page, "Close this alert")
    assert (page.status, page.errors) == (422, ["Choose what you found"])
    page = browser.submit(page, "Close this alert", finding="spoken_to")

    assert (page.url, page.status_line) == ("/alerts", "Your finding is kept. 1 alert is left to review.")
    session.rollback()
    session.refresh(told)
    assert (told.closed_by_id, told.finding, told.closed_at) == (rex.account.id, Finding.SPOKEN_TO, clocks.now())
    entry = select(AuditEvent.object_id, AuditEvent.reason).where(AuditEvent.act == Act.CLOSE_ALERT)
    assert session.execute(entry).all() == [(told.uid, "spoken_to")]
    closed = browser.get("/alerts/closed")
    assert closed.texts(".cp-person > div:nth-child(3)") == [
        "Spoken to, it will not happen againRex Hale, 23 November 2026"
    ]
    assert "Close this alert" not in browser.get(f"/alerts/{told.uid}").texts("button")


@pytest.mark.parametrize("finding", ["", "in-order", "a" * 10_000, "IN_ORDER", "\0"])
def test_a_finding_is_from_the_list(
    browser: Browser, session: Session, world: World, rex: Person, finding: str
) -> None:
    told = build_watched.alert(session, world.sam)
    session.commit()

    page = browser.post(f"/alerts/{told.uid}", {"finding": finding, "csrf_token": browser.token()})

    assert (page.status, page.errors) == (422, ["Choose what you found"])


def test_two_reviewers_at_once_leave_one_finding(
    app: Flask, browser: Browser, session: Session, world: World, rex: Person
) -> None:
    told = build_watched.alert(session, world.sam)
    ivy = build.person(session, world.council, "Ivy Lund", "ivy.reviewer", Role.REVIEWER)
    session.commit()
    hers = Browser(app)
    hers.become(session, ivy)
    page, other = browser.get(f"/alerts/{told.uid}"), hers.get(f"/alerts/{told.uid}")

    assert hers.submit(other, "Close this alert", finding="misuse").url == "/alerts"
    again = hers.submit(other, "Close this alert", finding="misuse")
    late = browser.submit(page, "Close this alert", finding="in_order")

    assert again.status_line == "Your finding is kept. None is left to review."
    assert late.status_line == "Another reviewer was faster. What they found is below."
    assert late.texts("dd")[-2:] == ["Misuse", "Ivy Lund, 23 November 2026 at 10:42"]
    session.rollback()
    assert session.scalars(select(Alert.finding)).all() == [Finding.MISUSE]


def test_nobody_closes_what_they_did_themselves(browser: Browser, session: Session, world: World, rex: Person) -> None:
    told = build_watched.alert(session, rex)
    session.commit()

    page = browser.get(f"/alerts/{told.uid}")
    assert page.texts("main p.govuk-body") == ["This is about what you did yourself, so another reviewer answers it."]
    assert page.texts("main form button") == ["Stay signed in (F2)"]
    refused = browser.post(f"/alerts/{told.uid}", {"finding": "in_order", "csrf_token": browser.token()})

    assert refused.status == 403
    session.rollback()
    assert session.scalars(select(Alert.finding)).all() == [None]


def test_another_authoritys_alert_is_not_there(browser: Browser, session: Session, world: World, rex: Person) -> None:
    other = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                         help_phone="+441614960101"))  # fmt: skip
    council = build.organisation(session, other, OrganisationKind.COUNCIL_SERVICE, body_kind=BodyKind.AUTHORITY)
    told = build_watched.alert(session, build.person(session, council, "Eve Far", "eve.far"))
    session.commit()

    answers = [browser.get("/alerts/00000000-0000-0000-0000-000000000000"), browser.get(f"/alerts/{told.uid}")]
    sent = browser.post(f"/alerts/{told.uid}", {"finding": "in_order", "csrf_token": browser.token()})

    assert [page.status for page in (*answers, sent)] == [404] * 3
    assert browser.get("/alerts").texts("main p.govuk-body")[0].startswith("Nothing is to be reviewed.")


def test_a_reviewer_reads_what_the_person_said(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    told = build_watched.alert(session, world.sam, count=41)
    sam = actor_of(session, world.sam)
    for more in (MoreReason.COVERING, MoreReason.DUTY_DESK, MoreReason.COVERING):
        child = build.child(session, world)
        give_reason(session, sam, child.uid, Reason.WORKING_WITH)
        saying_more.give(session, sam, child.uid, more)
    session.commit()
    browser.become(session, world.rex)

    page = browser.get(f"/alerts/{told.uid}")

    assert page.texts("dd")[3] == "Covering for a colleague: 2 recordsOn the duty desk: 1 record"


def test_closed_alerts_come_by_the_page(browser: Browser, session: Session, world: World, rex: Person) -> None:
    for at in range(51):
        closed = clocks.now() - timedelta(minutes=at)
        build_watched.alert(session, world.sam, closed_at=closed, finding=Finding.IN_ORDER, closed_by_id=rex.account.id)
    session.commit()

    page = browser.get("/alerts/closed")
    assert (len(page.texts(".cp-person")), page.texts("nav[aria-label=Pages] a")) == (50, ["Older"])
    page = browser.get(page.link("Older"))
    assert (len(page.texts(".cp-person")), page.texts("nav[aria-label=Pages] a")) == (1, ["Newer"])
    for odd in ("0", "-1", "x", "²", "9" * 5000, "99999"):
        assert browser.get(f"/alerts/closed?page={odd}").status == 200


def test_more_alerts_than_a_page_holds_say_so(browser: Browser, session: Session, world: World, rex: Person) -> None:
    for _ in range(51):
        build_watched.alert(session, world.sam, due_on=date(2026, 11, 25))
    session.commit()

    page = browser.get("/alerts")

    assert page.texts("main p.govuk-body")[0].endswith("These are the first 50; the others follow as you close them.")
    assert len(page.texts(".cp-person")) == 50
