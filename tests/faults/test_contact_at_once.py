"""A contact brokered by several at the same moment: one request, one owner, one answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from cp.services.contact import facts
from cp.services.contact.facts import Passed
from cp.terms import Act, ContactState
from tests.build import World
from tests.build_contact import PASSED, asked, on_list, requests, second_manager, signed_in, state_of, written
from tests.conftest import NOW
from tests.scale import scaled
from tests.web import Browser, Page

TURNS = range(scaled(2, 25))


@pytest.fixture(autouse=True)
def running(clock: time_machine.Traveller) -> None:
    """Time goes on, as it does for people."""
    clock.move_to(NOW, tick=True)


@pytest.mark.parametrize("turn", TURNS)
def test_two_windows_ask_once(app: Flask, session: Session, world: World, turn: int) -> None:
    child = on_list(session, world)
    session.commit()
    sam = signed_in(app, session, world.sam)
    pages = [sam.get(f"/children/{child.uid}/contact") for _ in range(2)]

    def ask(page: Page) -> str:
        window = Browser(app)
        cookie = sam.client.get_cookie("cp")
        assert cookie is not None
        window.client.set_cookie("cp", cookie.value)
        form = page.form("Ask for contact")
        return window.post(form.action, form.fields | {"reason": "planning", "reach": "either"}).h1

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(ask, pages)) == ["Contact you asked for"] * 2

    assert len(requests(session)) == 1
    assert len(written(session, Act.ASK_CONTACT)) == 1


@pytest.mark.parametrize("turn", TURNS)
def test_two_of_the_team_take_it_once(app: Flask, session: Session, world: World, turn: int) -> None:
    request, may = asked(session, world.sam, on_list(session, world)), second_manager(session, world)
    session.commit()
    teams = [signed_in(app, session, person) for person in (world.max, may)]
    pages = [team.get(f"/contact-requests/{request.uid}") for team in teams]

    def take(one: tuple[Browser, Page]) -> str:
        return one[0].submit(one[1], "Take this request").status_line

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(take, zip(teams, pages, strict=True)))

    session.rollback()
    assert [line.partition(",")[0] for line in said] == ["Somebody was faster", "You have taken this request."]
    assert state_of(session, request) is ContactState.WITH_TEAM
    assert len(written(session, Act.STEP_CONTACT)) == 1


@pytest.mark.parametrize("turn", TURNS)
def test_an_answer_and_a_colleagues_other_answer_are_one(app: Flask, session: Session, world: World, turn: int) -> None:
    assert world.nia.practitioner is not None
    request = asked(session, world.sam, on_list(session, world, shielded=True), *PASSED, owner=world.max,
                    to=Passed("practitioner", str(world.nia.practitioner.uid)))  # fmt: skip
    session.commit()
    both = [signed_in(app, session, person) for person in (world.nia, world.ash)]
    pages = [browser.get("/contact-requests/passed") for browser in both]
    buttons = [f"We will {what} (Sam Okafor, about Amira Siddiqui)" for what in ("call them", "not call")]

    with ThreadPoolExecutor(2) as threads:
        said = sorted(page.status_line for page in threads.map(Browser.submit, both, pages, buttons))

    session.rollback()
    assert said == ["A colleague was faster, and their answer counts.", "Your answer is kept."]
    ((_, subject, uid, reason),) = written(session, Act.ANSWER_CONTACT)
    assert (subject, uid) == (None, facts.known_as(request.uid, "passed"))
    assert state_of(session, request) == {"agree": "agreed", "decline": "declined"}[str(reason)]
