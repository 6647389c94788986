"""The manager's pages of a school's link and of what it answered."""

import re

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, SchoolLink
from cp.terms import Act, SchoolQuestion
from tests.build import World
from tests.build_school_form import link, say, say_all
from tests.pages.test_school_form import main
from tests.web import Browser


@pytest.fixture(autouse=True)
def at_the_browser(clock: time_machine.Traveller, browser: Browser, session: Session, world: World) -> None:
    """Ivy, on 23 November 2026."""
    browser.become(session, world.ivy)


def of(world: World, page: str) -> str:
    return f"/implementation/schools/{world.school.uid}/{page}"


def test_a_link_is_made_and_shown_once(browser: Browser, session: Session, world: World) -> None:
    page = browser.get(of(world, "link"))
    assert page.h1 == "A link for Hollin Bank Primary School"
    assert page.link("Schools") == "/implementation"

    form = page.form("Make the link")
    page = browser.submit(page, "Make the link")
    (address,) = re.findall(r"http://localhost(/school/[\w-]{43}) ", main(page) + " ")
    assert "It works until 14 December 2026." in main(page)
    assert "Call Ivy Hartley, your Local Implementation Manager: 0161 496 0110." in main(page)
    assert browser.get(address).h1 == "Tell us how ContactPoint can work for your school"

    page = browser.post(form.action, form.fields)

    assert page.status_line == "That link was shown already, once. If you have not seen it, make a new one."
    assert address not in page.response.text
    assert len(session.scalars(select(SchoolLink)).all()) == 1
    assert browser.get(address).status == 200


def test_a_new_link_ends_the_one_before(browser: Browser, session: Session, world: World) -> None:
    before = link(session, world)
    browser.become(session, world.ivy)
    page = browser.get(of(world, "link"))
    assert "A link made by Ivy Hartley on 23 November 2026 works until 14 December 2026." in main(page)

    browser.submit(page, "Make a new link")

    assert browser.get(f"/school/{before}").h1 == "This link has ended"


def test_no_link_is_made_for_a_school_that_closed(browser: Browser, session: Session, world: World) -> None:
    form = browser.get(of(world, "link")).form("Make the link")
    world.school.valid_to = clocks.today()
    session.commit()

    page = browser.post(form.action, form.fields)

    assert "Our list says that this school closed on 23 November 2026, so no link is made for it." in main(page)
    assert page.texts("main button") == ["Stay signed in (F2)"]
    assert session.scalars(select(SchoolLink)).all() == []


def test_what_a_school_answered_is_read_with_what_is_proposed(browser: Browser, session: Session, world: World) -> None:
    token = link(session, world)
    browser.become(session, world.ivy)
    say(session, token, SchoolQuestion.SYSTEM)
    session.commit()
    page = browser.get(browser.get(of(world, "link")).link("1 of 6 questions is answered"))
    assert page.h1 == "What Hollin Bank Primary School answered"
    assert "1 of 6 questions is answered. The system proposes a way of sending once all are." in main(page)

    say_all(session, token)
    page = browser.get(of(world, "answers"))

    assert page.texts(".govuk-inset-text")[0].startswith("Upload one file each term. The school reads: “Your system,")
    assert page.texts("dd") == [
        "Bea Lindholm, Bursar020 7946 0123bursar@ashgrove.example.test 23 November 2026, 10:42",
        "iSAMS 23 November 2026, 10:42",
        "I do not know 23 November 2026, 10:42",
        "Pupils: 1,210Head: 1Teacher with pastoral duties: 12Others: 4 23 November 2026, 10:42",
        "Safeguarding, Data protection 23 November 2026, 10:42",
        "Tuesday, ThursdayAfter school, from 4pmNo steps 23 November 2026, 10:42",
    ]
    seen = select(AuditEvent.object_id).where(AuditEvent.act == Act.SEE_SCHOOL_ANSWERS)
    assert set(session.scalars(seen)) == {world.school.uid}


def test_others_see_neither(browser: Browser, session: Session, world: World) -> None:
    for person in (world.max, world.una, world.gil, world.sam):
        browser.become(session, person)
        assert [browser.get(of(world, page)).status for page in ("link", "answers")] == [403, 403]
