"""What anybody reads without an account, and whom they are told to call."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Attempt, AuditEvent
from tests.build import World
from tests.web import Browser

PLAIN = "Enter a postcode, like ZA1 5PH, or its first half"


@pytest.mark.parametrize(
    ("path", "h1"),
    [
        ("/about", "About ContactPoint"), ("/about/schools", "What the law asks of a school"),
        ("/about/easy-read", "ContactPoint: easy read"), ("/local-contact", "Find your local contact"),
    ],
)  # fmt: skip
def test_anybody_reads_them(browser: Browser, world: World, path: str, h1: str) -> None:
    page = browser.get(path)

    assert (page.status, page.h1) == (200, h1)


def test_every_page_ends_in_links_that_lead_somewhere(browser: Browser, world: World) -> None:
    links = browser.get("/about").html.select("footer a, main a")

    answers = {str(link["href"]): browser.get(str(link["href"])).status for link in links}

    assert set(answers.values()) == {200}
    assert set(answers) >= {"/about", "/local-contact", "/privacy", "/accessibility", "/help/what-contactpoint-holds"}


@pytest.mark.parametrize(
    "answers", [{"school": "hollin"}, {"postcode": "za1"}, {"school": "?x?", "postcode": "ZA1 9ZZ"}]
)
def test_the_answer_names_the_area_and_whom_to_call(
    browser: Browser, session: Session, world: World, answers: dict[str, Any]
) -> None:
    session.merge(world.school).postcode = "ZA1 5PH"
    session.commit()

    page = browser.submit(browser.get("/local-contact"), "Find my contact", **answers)

    assert (page.h1, page.texts("h2"), page.texts("main p")[-1]) == (
        "Your local contact", ["Northvale Council"], "Ivy Hartley, Local Implementation Manager0161 496 0100",
    )  # fmt: skip
    assert session.scalars(select(AuditEvent)).all() == []


def test_whoever_typed_what_nobody_knows_is_told_the_contacts_all_the_same(browser: Browser, world: World) -> None:
    page = browser.submit(browser.get("/local-contact"), "Find my contact", school="Nowhere Hall")

    assert page.texts("main p") == [
        "We could not tell the area from what you typed. This is the contact for the area we serve.",
        "Ivy Hartley, Local Implementation Manager0161 496 0100",
    ]


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({}, ["Enter the name of a school, or a postcode"]),
        ({"school": "ab"}, ["Enter at least 3 letters of the name"]),
        ({"postcode": "Northvale"}, [PLAIN]),
        ({"school": "x" * 201}, ["Name of the school must be 200 characters or fewer"]),
    ],
)
def test_what_cannot_be_used_has_its_sentence_and_what_was_typed_stays(
    browser: Browser, session: Session, world: World, answers: dict[str, Any], errors: list[str]
) -> None:
    page = browser.submit(browser.get("/local-contact"), "Find my contact", **answers)

    assert (page.status, page.errors) == (422, errors)
    assert {name: page.html.select(f"#{name}")[0]["value"] for name in answers} == answers
    assert session.scalars(select(Attempt)).all() == []


def test_one_address_asks_thirty_times_an_hour(
    browser: Browser, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cp.rules.local_contact.FROM_ONE_ADDRESS", 2)
    for _ in range(2):
        assert browser.submit(browser.get("/local-contact"), "Find my contact", school="hollin").status == 200

    page = browser.submit(browser.get("/local-contact"), "Find my contact", school="hollin")

    assert (page.status, page.errors) == (
        429, ["Too many have asked from here in the last hour. Wait an hour and try again"],
    )  # fmt: skip
