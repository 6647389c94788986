"""Whose a file is: another organisation's reads as none, to the byte; a practitioner sends none."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from cp.models import SupplyFile
from cp.terms import Role
from tests import build
from tests.build import Person, World
from tests.build_supply import AMIRA, csv_of
from tests.hidden.nonces import Nonces
from tests.pages.supply.steps import confirmed
from tests.web import Browser

GETS = ("", "/columns", "/undo", "/to-correct.csv")
POSTS = ("/columns", "/send", "/stop", "/undo")


def bare(answer: TestResponse) -> str:
    return Nonces().without(answer, ())


def test_another_organisations_file_is_none_to_the_byte(
    browser: Browser, session: Session, ada: Person, stranger: Person
) -> None:
    theirs = confirmed(browser).url
    browser.become(session, stranger)
    none = f"/supply/files/{uuid4()}"
    fields = {"csrf_token": browser.token()}

    for get in GETS:
        answers = [browser.client.get(f"{file}{get}") for file in (theirs, none)]
        assert [answer.status_code for answer in answers] == [404, 404], get
        assert bare(answers[0]) == bare(answers[1]), get
    for post in POSTS:
        answers = [browser.client.post(f"{file}{post}", data=fields) for file in (theirs, none)]
        assert [answer.status_code for answer in answers] == [404, 404], post
        assert bare(answers[0]) == bare(answers[1]), post


def test_nor_is_it_in_their_list(browser: Browser, session: Session, ada: Person, stranger: Person) -> None:
    confirmed(browser)
    browser.become(session, stranger)

    assert browser.get("/supply/files").html.select("main table") == []


@pytest.mark.parametrize("who", ["sam", "max", "una", "rex", "ash"])
def test_nobody_else_sends_files(browser: Browser, session: Session, ada: Person, world: World, who: str) -> None:
    theirs = confirmed(browser).url
    browser.become(session, getattr(world, who))
    token = browser.token()

    statuses = {url: browser.get(url).status for url in ("/supply", "/supply/files", *(theirs + get for get in GETS))}
    sent = browser.post("/supply", {"csrf_token": token, "file": (BytesIO(csv_of(AMIRA)), "roll.csv"), "whole": "no"})

    assert set(statuses.values()) == {403}, statuses
    assert sent.status == 403
    assert session.scalar(select(func.count()).select_from(SupplyFile)) == 1


def test_an_organisation_that_has_no_list_of_children_sends_none(
    browser: Browser, session: Session, world: World
) -> None:
    nobodys = build.person(session, world.health, "Val Reed", "val.supplier", Role.SUPPLIER)
    browser.become(session, nobodys)

    assert browser.get("/supply").status == 403


@pytest.mark.parametrize("ends_on", [None, date(2026, 11, 23)])
def test_a_file_comes_before_the_school_is_accredited(
    browser: Browser, session: Session, world: World, ada: Person, ends_on: date | None
) -> None:
    world.school.accreditation_ends_on = ends_on
    session.commit()

    assert confirmed(browser).h1 == "All 2 rows are ready"
    account = browser.get("/account")
    assert (account.h1, account.texts("#need-accreditation")) == ("Your account", ["Nothing to do"])
    browser.become(session, world.sam)
    assert browser.get("/").h1 == "Your organisation is not accredited now"
