"""What was searched for: read by a reviewer for a stated review, once, and written down."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Search
from cp.terms import Act, Role
from tests import build, build_log
from tests.build import Person, World
from tests.web import Browser, Page

SHOW = "Show what was searched for"
FACTS = {"given_name": "Amira", "family_name": "Siddiqui", "born": "2016-03-14", "postcode": "ZA4 7QD"}


@pytest.fixture
def search(session: Session, world: World) -> Search:
    made = build.search(session, world.sam, build.child(session, world), criteria=FACTS | {"among": "an-id"})
    build_log.entry(session, world.sam, Act.SEARCH, object_id=made.uid, reason="working_with")
    session.commit()
    return made


def reads(session: Session) -> list[tuple[UUID | None, str | None]]:
    session.rollback()
    query = select(AuditEvent.object_id, AuditEvent.reason).where(AuditEvent.act == Act.READ_CRITERIA)
    return [(row.object_id, row.reason) for row in session.execute(query.order_by(AuditEvent.id))]


def question(browser: Browser) -> Page:
    return browser.get(browser.get("/log").link("What was searched for, Sam Okafor at 10:42"))


def test_a_reviewer_says_what_for_and_reads_it_once(
    browser: Browser, session: Session, rex: Person, search: Search
) -> None:
    page = question(browser)
    assert page.h1 == "What do you need to read it for?"
    assert "Siddiqui" not in page.response.text

    shown = browser.submit(page, SHOW, reason="complaint")

    assert shown.h1 == "What was searched for"
    assert shown.texts("dd") == [
        "Sam Okafor", "23 November 2026 at 10:42", "Working with this child",
        "Amira Siddiqui, born 14 March 2016, postcode ZA4 7QD", "A complaint",
    ]  # fmt: skip
    assert reads(session) == [(search.uid, "complaint")]
    again = browser.submit(page, SHOW, reason="complaint")
    assert again.h1 == "What do you need to read it for?"
    assert again.status_line == "You have read it. To read it again, say again what for."
    assert reads(session) == [(search.uid, "complaint")]


@pytest.mark.parametrize("reason", ["", "curious"])
def test_without_a_reason_nothing_is_shown(
    browser: Browser, session: Session, rex: Person, search: Search, reason: str
) -> None:
    page = browser.submit(question(browser), SHOW, reason=reason)

    assert (page.status, page.errors) == (422, ["Choose what you need to read it for"])
    assert "Siddiqui" not in page.response.text
    assert reads(session) == []


def test_nobody_reads_their_own_for_a_review(
    browser: Browser, session: Session, world: World, rex: Person, search: Search
) -> None:
    page = question(browser)
    session.get_one(Search, search.id).account_id = world.rex.account.id
    session.commit()

    answer = browser.submit(page, SHOW, reason="random_check")

    assert answer.status == 403
    assert "Siddiqui" not in answer.response.text


@pytest.mark.parametrize("who", ["rita", "sam", "max"])
def test_nobody_else_reads_it(browser: Browser, session: Session, world: World, search: Search, who: str) -> None:
    sid = build_log.elsewhere(session)
    council = build.organisation(session, build_log.authority_of(session, sid), name="Southvale Council")
    rita = build.person(session, council, "Rita South", "rita.south", Role.REVIEWER)
    people = {"rita": (rita, 404), "sam": (world.sam, 403), "max": (world.max, 403)}
    person, status = people[who]
    browser.become(session, person)
    token = browser.get("/account").form("Sign out").fields["csrf_token"]

    answers = [
        browser.client.get(f"/log/searches/{search.uid}"),
        browser.client.post(f"/log/searches/{search.uid}", data={"reason": "alert", "csrf_token": token}),
    ]

    assert [answer.status_code for answer in answers] == [status, status]
    assert [answer for answer in answers if "Siddiqui" in answer.text] == []


def test_a_search_that_is_gone_is_not_there(browser: Browser, session: Session, rex: Person, search: Search) -> None:
    link = browser.get("/log").link("What was searched for, Sam Okafor at 10:42")
    session.delete(session.get_one(Search, search.id))
    session.commit()

    assert browser.get(link).status == 404
