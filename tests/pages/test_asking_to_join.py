"""Somebody without an account asks for one: who, where, in which post; and everybody is answered alike."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp.models import Attempt, AuditEvent, JoinRequest
from cp.terms import Act, OrganisationKind
from tests import build
from tests.build import PASSWORD, World
from tests.web import Browser, Page

WHO: dict[str, Any] = {
    "name": "Tess Arkwright", "email": "Tess.Arkwright@Example.test", "organisation": "Hollin Bank Primary School",
}  # fmt: skip


def first(browser: Browser, **changed: str) -> Page:
    return browser.submit(browser.get("/join"), "Continue", **WHO | changed)


def ask(browser: Browser, post: str = "teacher_pastoral", **changed: str) -> Page:
    return browser.submit(first(browser, **changed), "Ask for an account", post=post)


def requests(session: Session) -> list[JoinRequest]:
    session.rollback()
    return list(session.scalars(select(JoinRequest).order_by(JoinRequest.id)))


def test_help_with_signing_in_leads_there(browser: Browser, world: World) -> None:
    page = browser.get(browser.get("/sign-in").link("I cannot sign in"))

    assert browser.get(page.link("ask for an account")).h1 == "Ask for an account"


def test_who_and_where_then_in_which_post(browser: Browser, session: Session, world: World) -> None:
    page = first(browser)
    assert page.h1 == "Which of these is your post?"
    assert page.texts(".govuk-radios__label")[-1] == "None of these"

    page = browser.submit(page, "Ask for an account", post="teacher_pastoral")

    assert (page.h1, page.url) == ("We have passed it on", "/join/asked")
    (row,) = requests(session)
    assert (row.name, row.email, row.organisation_id, row.post) == (
        "Tess Arkwright", "tess.arkwright@example.test", world.school.id, "teacher_pastoral",
    )  # fmt: skip
    assert (row.answered_at, row.invited) == (None, None)
    (entry,) = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.ASK_TO_JOIN)).all()
    assert (entry.object_id, entry.account_id) == (row.uid, None)


@pytest.mark.parametrize("typed", ["hollin bank primary school", " Hollin  Bank Primary School ", "123456", "12 34 56"])
def test_an_organisation_is_known_by_its_name_or_number(
    browser: Browser, session: Session, world: World, typed: str
) -> None:
    session.get_one(type(world.school), world.school.id).urn = "123456"
    session.commit()

    assert first(browser, organisation=typed).h1 == "Which of these is your post?"


def test_a_practice_is_known_by_its_code(browser: Browser, session: Session, world: World) -> None:
    session.get_one(type(world.practice), world.practice.id).practice_code = "P81001"
    session.commit()

    assert first(browser, organisation="p81001").h1 == "Which of these is your post?"


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"name": "", "email": "", "organisation": ""},
         ["Enter your name", "Enter your work email address, like name@school.example",
          "Enter where you work: its name, URN or practice code"]),
        ({"email": "tess"}, ["Enter your work email address, like name@school.example"]),
        ({"email": "a@b.test, c@d.test"}, ["Enter your work email address, like name@school.example"]),
        ({"organisation": "Hollin"},
         ["We know no organisation of this name. Type it as it is registered, or its URN or practice code"]),
        ({"organisation": "%"},
         ["We know no organisation of this name. Type it as it is registered, or its URN or practice code"]),
        ({"organisation": "Old School"},
         ["We know no organisation of this name. Type it as it is registered, or its URN or practice code"]),
        ({"organisation": "Twin School"},
         ["More than one organisation has this name. Type its URN or practice code"]),
        ({"organisation": "Small Steps"},
         ["The Regulations list no post there, so nobody can have an account"]),
        ({"name": "x" * 10_000}, ["Your name must be 200 characters or fewer"]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_has_its_sentence(
    browser: Browser, session: Session, world: World, changed: dict[str, str], errors: list[str]
) -> None:
    for name in ("Twin School", "Twin School"):
        build.organisation(session, world.authority, name=name)
    build.organisation(session, world.authority, name="Old School", valid_to=date(2026, 11, 23))
    build.organisation(session, world.authority, OrganisationKind.NURSERY, name="Small Steps")
    session.commit()

    page = first(browser, **changed)

    assert (page.status, page.errors) == (422, errors)
    assert requests(session) == []


@pytest.mark.parametrize("post", ["", "teacher", "x" * 10_000])
def test_only_a_listed_post_is_passed_on(browser: Browser, session: Session, world: World, post: str) -> None:
    page = ask(browser, post)

    assert (page.status, page.errors) == (422, ["Choose your post"])
    assert requests(session) == []


def test_whoever_holds_none_of_them_is_told(browser: Browser, session: Session, world: World) -> None:
    assert ask(browser, "none").h1 == "You cannot have an account"
    assert requests(session) == []


def test_whether_an_email_is_known_cannot_be_told(browser: Browser, session: Session, world: World) -> None:
    known = ask(browser, email=world.sam.email)
    unknown = ask(browser)
    again = ask(browser)

    assert known.response.text == unknown.response.text == again.response.text
    assert [row.email for row in requests(session)] == [world.sam.email, "tess.arkwright@example.test"]


def test_asking_again_renews_the_request(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    ask(browser)
    clock.shift(timedelta(hours=2))
    ask(browser, "head", name="Tess Arkwright-Hall")

    (row,) = requests(session)
    assert (row.name, row.post) == ("Tess Arkwright-Hall", "head")


def test_one_address_asks_ten_times_an_hour(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    for number in range(10):
        assert ask(browser, email=f"person{number}@example.test").h1 == "We have passed it on"

    page = ask(browser, email="eleventh@example.test")

    assert page.status == 429
    assert page.errors[0].startswith("Too many have asked from here in the last hour. Wait an hour")
    assert len(requests(session)) == 10
    other = Browser(browser.client.application)
    other.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert ask(other).h1 == "We have passed it on"
    clock.shift(timedelta(hours=1))
    assert ask(browser, email="eleventh@example.test").h1 == "We have passed it on"


def test_asking_slows_nobody_who_signs_in(browser: Browser, session: Session, world: World) -> None:
    for number in range(10):
        ask(browser, email=f"person{number}@example.test")

    assert browser.sign_in(session, world.sam).h1 == "Find a child"
    session.execute(delete(Attempt))
    session.commit()
    for _ in range(3):
        browser.submit(Browser(browser.client.application).get("/sign-in"), "Continue", email="a@example.test",
                       password=PASSWORD)  # fmt: skip
    assert ask(browser).h1 == "We have passed it on"


def test_all_together_ask_two_hundred_times_a_day(
    browser: Browser, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cp.rules.joining.IN_ALL", 2)
    for number in range(2):
        browser.client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
        ask(browser, email=f"person{number}@example.test")
    browser.client.environ_base["REMOTE_ADDR"] = "198.51.100.9"

    assert ask(browser).status == 429


def test_who_asks_from_everywhere_keeps_nobody_from_it_where_somebody_signs_in(
    browser: Browser, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cp.rules.joining.IN_ALL", 0)
    office = Browser(browser.client.application)
    assert ask(office).status == 429
    assert browser.sign_in(session, world.sam).h1 == "Find a child"

    assert ask(office).h1 == "We have passed it on"
    for number in range(10):
        page = ask(office, email=f"person{number}@example.test")
    assert page.status == 429
