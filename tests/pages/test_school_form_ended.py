"""A school's link that is late, unknown, another school's, or of a school that closed: a sentence, and whom to call."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import SchoolAnswer
from cp.services.implementation import answers, steps
from cp.terms import Means, PupilSystem
from tests.build import World
from tests.build_school_form import TYPED, link, say_all
from tests.pages.test_school_form import AGAIN, answer, main
from tests.web import Browser


@pytest.fixture(autouse=True)
def stopped(clock: time_machine.Traveller) -> None:
    """23 November 2026."""


@pytest.fixture
def token(session: Session, world: World) -> str:
    return link(session, world)


def test_a_late_link_says_when_it_ended_and_whom_to_call(
    browser: Browser, token: str, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2026, 12, 15, tzinfo=UTC))

    for path in ("", "/2", "/answers", "/done"):
        page = browser.get(f"/school/{token}{path}")
        assert (page.status, page.h1) == (410, "This link has ended")
        assert "This link ended on 14 December 2026. Call Ivy Hartley on 0161 496 0110 for a new one." in main(page)


def test_an_answer_sent_too_late_is_said_not_to_be_saved(
    browser: Browser, session: Session, world: World, token: str
) -> None:
    answer(browser, token, 1)
    page = browser.get(f"/school/{token}/2")
    link(session, world)

    page = browser.submit(page, AGAIN, **TYPED[2])

    assert page.status == 410
    assert "The answer that you sent just now is not saved. Those before it are." in main(page)
    assert "What you have answered is kept." in main(page)
    assert len(session.scalars(select(SchoolAnswer)).all()) == 1


def test_an_unknown_link_tells_nothing(browser: Browser, world: World) -> None:
    for path in ("", "/2", "/answers", "/done", "/not-ours"):
        page = browser.get(f"/school/{'x' * 43}{path}")
        assert (page.status, page.h1) == (404, "This link does not work")
        assert "Hollin Bank" not in page.response.text


def test_there_are_six_questions_and_no_seventh(browser: Browser, token: str) -> None:
    assert [browser.get(f"/school/{token}/{number}").status for number in (0, 1, 6, 7)] == [404, 200, 200, 404]


def test_a_school_that_closed_is_told_so(browser: Browser, session: Session, world: World, token: str) -> None:
    world.school.valid_to = clocks.today()
    session.commit()

    page = browser.get(f"/school/{token}")

    assert (page.status, page.h1) == (410, "Our list says that this school has closed")
    assert (
        "Our list says that this school closed on 23 November 2026. "
        "If that is wrong, call Ivy Hartley on 0161 496 0110." in main(page)
    )


def test_once_the_means_is_agreed_answers_stay(browser: Browser, session: Session, world: World, token: str) -> None:
    say_all(session, token)
    page = browser.get(f"/school/{token}/2")
    steps.keep(session, world.school, means=Means.TRANSFER_FILE, means_agreed_on=clocks.today())
    session.commit()

    page = browser.submit(page, AGAIN, system="sims")

    assert (page.status, page.h1) == (200, "Thank you, that is everything")
    assert "The answer that you sent just now is not saved." in main(page)
    assert "To change one, call 0161 496 0110." in main(page)
    assert answers.of(session, world.school).system is PupilSystem.ISAMS


def test_whoever_has_the_link_of_another_school_is_told_what_to_do(
    browser: Browser, session: Session, token: str
) -> None:
    page = browser.get(browser.get(f"/school/{token}").link("This is not our school"))

    assert "This link is for Hollin Bank Primary School in Northvale Council’s area alone." in main(page)
    assert "Call Ivy Hartley on 0161 496 0110 and say which school you are" in main(page)
    assert session.scalars(select(SchoolAnswer)).all() == []
