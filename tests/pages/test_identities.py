"""The pages for new identities: a record made, a record sealed by two, an old one opened by the same two."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import OldIdentity, Opening
from cp.models.child import Child
from cp.terms import RecordState
from tests import build
from tests.build import Person, World
from tests.build_identities import asked_to_seal, derived, may, sealed
from tests.web import Browser

NEW: dict[str, Any] = {"given_names": "Nadia", "family_name": "Haddad", "born_on_day": "2", "born_on_month": "5",
       "born_on_year": "2017", "gender": "female", "ground": "adoption"}  # fmt: skip


@pytest.fixture
def max_(browser: Browser, session: Session, world: World) -> Person:
    """Max, of the management team, signed in at `browser`."""
    session.commit()
    browser.become(session, world.max)
    return world.max


@pytest.fixture
def second(session: Session, world: World) -> Person:
    return may(session, world)


@pytest.fixture
def child(session: Session, world: World, second: Person) -> Child:
    found = derived(session, world, "ZA4 7QD")
    session.commit()
    return found


def other(app: Flask, session: Session, person: Person) -> Browser:
    theirs = Browser(app)
    theirs.become(session, person)
    return theirs


def test_a_record_is_made_and_opens(browser: Browser, session: Session, world: World, max_: Person) -> None:
    page = browser.get(browser.get("/old-identities").link("Make a record for a protected child"))
    assert page.h1 == "Make a record for a protected child"

    made = browser.submit(page, "Make the record", **NEW)

    assert (made.status, made.h1, made.status_line) == (200, "Nadia Haddad", "The record is made, and shielded.")
    assert "No known address" in made.html.text
    assert "because you are correcting your own records" in made.html.text


def test_sent_twice_it_is_made_once(browser: Browser, session: Session, world: World, max_: Person) -> None:
    page = browser.get("/children/new-identity")

    urls = {browser.submit(page, "Make the record", **NEW).url for _ in range(2)}

    session.rollback()
    assert len(urls) == 1
    assert len(session.scalars(select(Child)).all()) == 1


def test_an_old_record_of_the_same_child_is_not_mentioned(
    browser: Browser, session: Session, world: World, max_: Person
) -> None:
    page = browser.get("/children/new-identity")
    without = browser.submit(page, "Make the record", **NEW)
    page = browser.get("/children/new-identity")

    again = browser.submit(page, "Make the record", **NEW)

    assert (again.status, again.h1, again.status_line) == (without.status, without.h1, without.status_line)


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({}, ["Enter the child’s given names", "Enter the child’s date of birth", "Choose a gender, or not specified",
              "Choose why a new record is needed"]),
        (NEW | {"review_on_year": "2020"}, ["Review date must be after today"]),
        (NEW | {"review_on_day": "24"}, ["Review date must be within 6 months"]),
        (NEW | {"born_on_year": "2027"}, ["Date of birth must be today or earlier"]),
        (NEW | {"family_name": "***"}, ["Family name must have a letter in it"]),
        (NEW | {"given_names": "x" * 101}, ["Given names must be 100 characters or fewer"]),
        (NEW | {"ground": "domestic-abuse"}, ["Choose why a new record is needed"]),
    ],
)  # fmt: skip
def test_what_is_to_be_put_right_is_said(
    browser: Browser, session: Session, max_: Person, answers: dict[str, Any], errors: list[str]
) -> None:
    page = browser.submit(browser.get("/children/new-identity"), "Make the record", **answers)

    assert (page.status, page.errors) == (422, errors)
    session.rollback()
    assert session.scalars(select(Child)).all() == []


def test_a_record_is_sealed_by_two(
    app: Flask, browser: Browser, session: Session, world: World, child: Child, second: Person, max_: Person
) -> None:
    browser.post(f"/children/{child.uid}", {"csrf_token": browser.token(), "reason": "correcting_records"})
    record = browser.get(f"/children/{child.uid}")
    page = browser.get(record.link("Seal this record"))
    assert page.h1 == "Seal this record"

    asked = browser.submit(page, "Ask them to agree", second=str(second.account.uid))
    assert asked.status_line == "Asked. The record is sealed once the second person agrees."
    assert "Waits for May Lindqvist" in asked.html.text
    assert "Amira" not in asked.html.text
    again = browser.get(f"/children/{child.uid}/seal")
    assert "It waits for the second person." in again.html.text

    theirs = other(app, session, second)
    answering = theirs.get(theirs.get("/old-identities").html.select("main .cp-person a")[0]["href"])  # type: ignore[arg-type]
    assert (answering.h1, answering.texts(".govuk-caption-l")[0][:14]) == ("Seal this record?", "Amira Siddiqui")
    done = theirs.submit(answering, "Agree: seal the record")

    assert (done.status_line, "Sealed on" in done.html.text) == ("The record is sealed.", True)
    for one in (browser, theirs):
        assert one.get(f"/children/{child.uid}").status == 404
        assert one.get(f"/children/{child.uid}/seal").status == 404
        assert one.get(f"/children/{child.uid}/merge").status == 404
    session.rollback()
    assert session.scalars(select(Opening)).all() == []


def test_nobody_chosen_nobody_asked(browser: Browser, session: Session, child: Child, max_: Person) -> None:
    page = browser.submit(browser.get(f"/children/{child.uid}/seal"), "Ask them to agree")

    assert (page.status, page.errors) == (422, ["Choose who the second person is"])


def test_neither_agreed_nor_declined_is_asked_again(
    browser: Browser, session: Session, world: World, child: Child, second: Person
) -> None:
    identity = asked_to_seal(session, child, second, world.max)
    session.commit()
    browser.become(session, world.max)

    page = browser.post(f"/old-identities/{identity.uid}/agree", {"csrf_token": browser.token()})
    assert (page.status, page.errors) == (422, ["Agree or decline"])
    done = browser.submit(page, "Decline")

    assert done.status_line == "The record is not sealed, and nothing waits any longer."
    session.expire_all()
    assert (child.state, session.scalars(select(OldIdentity)).all()) == (RecordState.LIVE, [])


def test_sealing_takes_a_fresh_code_and_comes_back(
    browser: Browser, session: Session, world: World, child: Child, second: Person, clock: time_machine.Traveller
) -> None:
    identity = asked_to_seal(session, child, second, world.max)
    session.commit()
    browser.become(session, world.max)
    page = browser.get(f"/old-identities/{identity.uid}/agree")
    clock.shift(timedelta(minutes=6))

    asked = browser.submit(page, "Agree: seal the record")

    assert asked.h1 == "Enter your security code"
    assert asked.form("Continue").fields["to"] == f"/old-identities/{identity.uid}/agree"


def test_two_open_an_old_identity_and_it_closes_again(
    app: Flask, browser: Browser, session: Session, world: World, child: Child, second: Person,
    clock: time_machine.Traveller,
) -> None:  # fmt: skip
    identity = sealed(session, child, world.max, second)
    session.commit()
    theirs = other(app, session, second)
    browser.become(session, world.max)
    shut = browser.get(f"/old-identities/{identity.uid}")
    button = f", OI-{identity.reference}"

    asked = browser.submit(browser.get("/old-identities"), f"Ask to open it{button}")
    assert asked.status_line == "Asked. It opens for both of you once the other agrees, within 24 hours."
    agreed = theirs.submit(theirs.get("/old-identities"), f"Agree to open it{button}")
    assert agreed.status_line == "It is open to both of you for 15 minutes."
    for one in (browser, theirs):
        page = one.get(one.get("/old-identities").link(f"Open the record{button}"))
        assert (page.status, page.h1) == (200, "Amira Siddiqui")
        assert not page.html.select("main a[href^='/children']")
    clock.shift(timedelta(minutes=14, seconds=59))
    assert browser.get(f"/old-identities/{identity.uid}").status == 200
    clock.shift(timedelta(seconds=1))

    after = browser.get(f"/old-identities/{identity.uid}")
    assert (shut.status, after.status, after.texts("main")) == (404, 404, shut.texts("main"))


def test_for_anybody_else_it_is_not_there(
    browser: Browser, session: Session, world: World, child: Child, second: Person
) -> None:
    identity = sealed(session, child, world.max, second)
    third = may(session, world, "Mina Roy")
    session.commit()
    browser.become(session, third)
    token = browser.token()

    answers = {
        (browser.post(f"/old-identities/{uid}/{step}", {"csrf_token": token, "answer": "agree"}).status,
         browser.get(f"/old-identities/{uid}").status, browser.get(f"/old-identities/{uid}/agree").status)
        for uid in (identity.uid, uuid4()) for step in ("ask", "open", "agree")
    }  # fmt: skip

    assert answers == {(404, 404, 404)}
    assert (
        browser.get("/old-identities").texts("main p")[0] == "You are not one of the two people of any sealed record."
    )


def test_other_roles_are_refused(app: Flask, session: Session, world: World, child: Child) -> None:
    urls = ("/children/new-identity", "/old-identities", f"/children/{child.uid}/seal")
    for person in (world.sam, world.una, world.rex):
        theirs = other(app, session, person)
        assert {theirs.get(url).status for url in urls} == {403}


def test_a_practitioner_sees_no_link_to_any_of_it(
    browser: Browser, session: Session, world: World, child: Child
) -> None:
    assert world.sam.practitioner is not None
    build.involvement(session, child, world.sam.practitioner)
    session.commit()
    browser.become(session, world.sam)

    page = browser.get(f"/children/{child.uid}")

    assert page.status == 200
    assert not {"Seal this record", "Join with another record, or take apart"} & set(page.texts("a"))
