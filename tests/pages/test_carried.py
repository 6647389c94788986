"""A school that came after another: nothing is taken over until the manager says so, and then only what it lacks."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Organisation
from cp.services.implementation import steps
from cp.terms import Act, Means, Need
from tests import build, build_phases
from tests.build import World
from tests.web import Browser, Page

AGREED = {
    "contacted_on": date(2026, 9, 1), "duty_explained_on": date(2026, 9, 1), "means": Means.TRANSFER_FILE,
    "means_offered_on": date(2026, 9, 8), "means_agreed_on": date(2026, 9, 15),
}  # fmt: skip


@pytest.fixture
def before(session: Session, world: World) -> Organisation:
    world.school.email = None
    made = build.organisation(session, world.authority, name="Ashgrove Prep", successor_id=world.school.id,
                              valid_to=date(2026, 9, 1), email="office@ashgrove.example.test")  # fmt: skip
    steps.keep(session, made, **AGREED)
    return made


def shown(browser: Browser, session: Session, world: World) -> Page:
    browser.become(session, world.ivy)
    return browser.get(f"/implementation/schools/{world.school.uid}/before")


def test_the_page_of_the_school_leads_there(
    browser: Browser, session: Session, world: World, before: Organisation
) -> None:
    browser.become(session, world.ivy)
    words, here = "Schools that closed before this one", f"/implementation/schools/{world.school.uid}"

    page = browser.get(browser.get(here).link(words))

    assert (page.h1, page.link(world.school.name)) == (words, here)
    assert words not in browser.get(f"/implementation/schools/{before.uid}").texts("main a")


def test_what_was_known_is_shown_and_nothing_is_copied(
    browser: Browser, session: Session, world: World, before: Organisation
) -> None:
    page = shown(browser, session, world)

    assert page.texts("h2")[-1:] == ["Ashgrove Prep"]
    assert page.texts("main li") == [
        "Closed on 31 August 2026", "First contacted on 1 September 2026",
        "How it sends data: it uploads a Common Transfer File, agreed on 15 September 2026",
        "Email: office@ashgrove.example.test",
    ]  # fmt: skip
    assert page.texts("form p") == [
        "This takes over its way of sending (a proposal, to be agreed) and its email address."
    ]
    row = steps.held(session, world.school)
    assert (row.means, world.school.email) == (None, None)


def test_the_manager_takes_it_over_as_a_proposal_once(
    browser: Browser, session: Session, world: World, before: Organisation
) -> None:
    page = browser.submit(shown(browser, session, world), "Take over from Ashgrove Prep")

    assert page.status_line == "It is taken over. Ask the school whether it is still right."
    assert "There is nothing to take over." in page.texts("main p")
    session.expire_all()
    row = steps.held(session, world.school)
    assert (row.means, row.means_offered_on, row.means_agreed_on, row.contacted_on, row.need) == (
        Means.TRANSFER_FILE, date(2026, 11, 23), None, None, Need.CONTACT,
    )  # fmt: skip
    assert world.school.email == "office@ashgrove.example.test"
    assert steps.held(session, before).means_agreed_on == date(2026, 9, 15)
    reasons = session.scalars(select(AuditEvent.reason).where(AuditEvent.act == Act.CARRY_ON)).all()
    assert reasons == ["looked", f"from {before.uid}", "looked"]


def test_what_the_school_has_itself_stays(
    browser: Browser, session: Session, world: World, before: Organisation
) -> None:
    steps.keep(session, world.school, means=Means.BY_HAND, means_offered_on=date(2026, 11, 2))
    world.school.email = "office@hollin.example.test"

    page = shown(browser, session, world)

    assert [words for words in page.texts("button") if "Take over" in words] == []
    answer = browser.post(page.url, {"csrf_token": browser.token(), "before": str(before.uid)})
    session.expire_all()
    assert answer.status_line == "Nothing has changed."
    assert steps.held(session, world.school).means is Means.BY_HAND


def test_of_a_school_that_came_after_nobody_it_says_so(browser: Browser, session: Session, world: World) -> None:
    page = shown(browser, session, world)

    assert page.texts("main p") == ["The schools register names no school whose pupils came here."]
    assert browser.post(page.url, {"csrf_token": browser.token(), "before": str(uuid4())}).status == 404


def test_a_school_of_elsewhere_is_not_there(browser: Browser, session: Session, world: World) -> None:
    there = build.organisation(session, build_phases.authority(session))
    browser.become(session, world.ivy)

    assert browser.get(f"/implementation/schools/{there.uid}/before").status == 404
