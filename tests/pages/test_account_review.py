"""The four-month review on its page, and the hand-over of whom somebody worked with who left."""

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Involvement
from cp.services.managing import changing
from tests import build
from tests.build import Person, World
from tests.web import Browser, Page, actor_of


@pytest.fixture
def una(browser: Browser, session: Session, world: World) -> Person:
    """Signed in, in a round that asks about everybody."""
    for person in (world.sam, world.nia, world.max, world.una, world.rex, world.lou, world.amir, world.ash):
        person.account.kept_on = date(2026, 8, 3)
    session.commit()
    browser.become(session, world.una)
    return world.una


def test_whoever_had_no_answer_is_found_after_the_round_as_well(
    browser: Browser, una: Person, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    """They are suspended, and nobody but a manager gives them their work back."""
    world.una.account.kept_on = world.lou.account.kept_on = date(2026, 11, 20)
    session.commit()
    clock.shift(timedelta(days=8))
    browser.become(session, world.una)

    index = browser.get("/accounts")
    page = browser.get("/accounts/review")

    late = "6 people had no answer by the last day, and cannot work here until you give one."
    assert index.texts(".govuk-inset-text p") == [late, "Say whom ContactPoint still needs"]
    assert page.texts("main p")[:2] == [late, "3 of 9 answered. 6 are left."]


def send(browser: Browser, page: Page, answers: dict[Person, str]) -> Page:
    fields = page.form("Save answers").fields
    chosen = {f"answer-{person.account.uid}": said for person, said in answers.items()}
    return browser.post("/accounts/review", fields | chosen)


@pytest.mark.usefixtures("una")
def test_the_review_asks_about_the_doubtful_first(browser: Browser) -> None:
    page = browser.get("/accounts/review")

    assert page.texts("main p")[0] == (
        "Answer for all 9 by 30 November 2026. Anyone without an answer is suspended on 1 December 2026."
    )
    assert page.texts("caption") == ["Look at these first", "The other 6"]
    assert page.texts("tbody tr")[0] == (
        "Lou Marsh Practitioner 20 November 2026. Enhanced check not in date Lou Marsh Keep Remove"
    )
    assert page.texts("main p")[-1] == "You cannot answer for yourself. Ask Amir Patel."
    assert page.html.select("[checked]") == []


@pytest.mark.usefixtures("una")
def test_some_are_answered_now_and_the_rest_later(browser: Browser, session: Session, world: World) -> None:
    page = send(browser, browser.get("/accounts/review"), {world.sam: "keep", world.lou: "remove", world.nia: "keep"})

    assert page.status_line == "Your 3 answers are saved."
    assert page.texts("main p")[1:3] == [
        "Answer for all 9 by 30 November 2026. Anyone without an answer is suspended on 1 December 2026.",
        "5 of 9 answered. 4 are left.",
    ]
    assert page.texts("caption") == ["All 4"]
    rest = {world.max: "keep", world.rex: "keep", world.ash: "keep", world.amir: "keep"}
    page = send(browser, page, rest)
    assert "Everybody is answered for. This review ends on 30 November 2026." in page.texts("main p")
    session.expire_all()
    assert (world.lou.account.active, world.sam.account.kept_on) == (False, date(2026, 11, 23))


@pytest.mark.usefixtures("una")
def test_nothing_chosen_is_an_error_and_nonsense_is_nothing(browser: Browser, world: World) -> None:
    page = browser.get("/accounts/review")
    wanted = ["Nothing is chosen. Choose keep or remove for at least one person"]

    for answers in ({}, {world.sam: "perhaps"}, {world.sam: ""}):
        answer = send(browser, page, answers)
        assert (answer.status, answer.errors) == (422, wanted)
    odd = page.form("Save answers").fields | {"answer-x": "keep", "answer-": "keep"}
    assert browser.post("/accounts/review", odd).errors == wanted


@pytest.mark.usefixtures("una")
def test_answers_for_oneself_and_for_strangers_are_refused(browser: Browser, session: Session, world: World) -> None:
    page = browser.get("/accounts/review")

    assert send(browser, page, {world.sam: "keep", world.una: "keep"}).status == 403
    assert send(browser, page, {world.sam: "keep", world.ade: "keep"}).status == 404
    session.expire_all()
    assert world.sam.account.kept_on == date(2026, 8, 3)


@pytest.mark.usefixtures("una")
def test_two_managers_at_once(app: Flask, browser: Browser, session: Session, world: World) -> None:
    page, other = browser.get("/accounts/review"), Browser(app)
    other.become(session, world.amir)
    send(other, other.get("/accounts/review"), {world.sam: "keep"})

    page = send(browser, page, {world.sam: "remove", world.nia: "keep"})

    assert page.status_line == "Your 1 answer is saved. 1 person had an answer already."
    session.expire_all()
    assert world.sam.account.active


@pytest.mark.usefixtures("una")
def test_the_first_page_warns_until_it_is_done(
    browser: Browser, world: World, clock: time_machine.Traveller, session: Session
) -> None:
    warned = "7 people need an answer by 30 November 2026. Anyone without an answer is suspended on 1 December 2026."
    assert browser.get("/accounts").texts(".govuk-inset-text p")[0] == warned

    clock.move_to("2026-11-27T10:00:00+00:00")
    browser.become(session, world.una)
    assert "in 3 days" in browser.get("/accounts").texts(".govuk-inset-text p")[0]


def test_without_anybody_to_answer_for_it_says_when(browser: Browser, session: Session, world: World,
                                                    clock: time_machine.Traveller) -> None:  # fmt: skip
    clock.move_to("2026-10-01T10:00:00+00:00")
    browser.become(session, world.una)

    page = browser.get("/accounts/review")

    assert "Nobody needs an answer now. The next review opens on 31 October 2026" in page.texts("main p")[0]


@pytest.fixture
def held(browser: Browser, session: Session, world: World) -> Involvement:
    """Of Sam, who left; Max is signed in."""
    assert world.sam.practitioner is not None
    made = build.involvement(session, build.child(session, world), world.sam.practitioner)
    changing.close(session, actor_of(session, world.una), world.sam.account, date(2026, 11, 23))
    session.commit()
    browser.become(session, world.max)
    return made


@pytest.mark.usefixtures("held")
def test_the_management_team_hands_over(browser: Browser, session: Session, world: World) -> None:
    page = browser.get("/handovers")
    assert page.texts("nav[aria-label=Menu] li") == [
        "Find a child", "Records to review", "Suppliers", "Disputes", "Contact requests", "Shields", "Overrides",
        "Hand over", "Requests about records", "Records that end", "Account", "Help",
    ]  # fmt: skip
    assert page.texts(".cp-person h2") == ["Amira Siddiqui"]

    page = browser.get(page.link("Hand over or end, for Amira Siddiqui"))
    assert page.h1 == "Who works with Amira Siddiqui now?"
    assert browser.submit(page, "Save").errors == ["Choose who works with them now"]
    assert world.lou.practitioner is not None
    done = browser.submit(page, "Save", what=str(world.lou.practitioner.uid))

    assert done.status_line == "It is handed over. The colleague finds the child under My involvements."
    assert "Nobody has left anything to hand over." in done.texts("main p")
    again = browser.submit(page, "Save", what="nobody")
    assert again.status_line == "It is handed over. The colleague finds the child under My involvements."
    assert len(session.scalars(select(Involvement)).all()) == 2


def test_what_is_not_to_be_handed_over_is_not_there(browser: Browser, session: Session, world: World,
                                                    held: Involvement) -> None:  # fmt: skip
    held.ended_on = date(2026, 11, 22)
    session.commit()

    assert browser.get(f"/handovers/{held.uid}").status == 404
    held.ended_on = None
    assert world.sam.practitioner is not None
    world.sam.practitioner.left_on = date(2026, 11, 23) + timedelta(days=1)
    session.commit()
    assert browser.get(f"/handovers/{held.uid}").status == 404
