"""Telling of a child who was not found, from the search on; what the management team does with it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import SupplyRow
from cp.models.child import Child
from cp.terms import RowState
from tests import build, build_sensitive
from tests.build import Person, World
from tests.build_supply import AMIRA as BY_SCHOOL
from tests.build_supply import send, work
from tests.web import Browser, Page

TELL, HEADING = "Tell the management team", "Tell the management team about a child"
LINK, OTHER = "Tell the management team about this child", "Tell the management team about a child who is not here"
SEARCH: dict[str, Any] = {"given_name": "Amira", "family_name": "Siddiqui", "born-day": "14", "born-month": "3",
                          "born-year": "2016", "postcode": "ZA4 7QD", "reason": "working_with"}  # fmt: skip
BESIDES: dict[str, Any] = {"gender": "female", "why": "lives_here"}


@pytest.fixture
def sam(browser: Browser, session: Session, world: World) -> Person:
    browser.become(session, world.sam)
    return world.sam


def follow(browser: Browser, page: Page, words: str) -> Page:
    return browser.get(page.link(words))


def search(browser: Browser, **typed: Any) -> Page:
    return browser.submit(browser.get("/"), "Search", **(SEARCH | typed))


def tell(browser: Browser, **typed: Any) -> Page:
    return browser.submit(follow(browser, search(browser), LINK), TELL, **(BESIDES | typed))


def value(page: Page, field: str, name: str = "value") -> str:
    return str(page.html.select(field)[0][name])


def state(session: Session) -> list[RowState]:
    session.rollback()
    return list(session.scalars(select(SupplyRow.state)))


@pytest.mark.usefixtures("sam")
def test_what_was_searched_for_is_there_already(browser: Browser) -> None:
    page = follow(browser, search(browser), LINK)

    typed = {one["name"]: one.get("value") for one in page.html.select("main input[type=text]") if one.get("value")}
    assert (page.h1, typed) == (
        HEADING,
        {"given_names": "Amira", "family_name": "Siddiqui", "born_on-day": "14", "born_on-month": "3",
         "born_on-year": "2016", "postcode": "ZA4 7QD"},
    )  # fmt: skip


@pytest.mark.usefixtures("sam")
def test_the_teller_reads_received_and_makes_no_record(browser: Browser, session: Session) -> None:
    page = tell(browser)
    work(session)

    again = browser.get("/told")
    assert (page.h1, page.status_line) == ("Children you told us about", "The management team has it.")
    assert again.texts("main li p") == ["Told on 23 November 2026", "Received"]
    assert (state(session), session.scalars(select(Child)).all()) == ([RowState.WAITING], [])


@pytest.mark.usefixtures("sam")
def test_somebody_who_is_not_among_those_found_is_told_of_too(browser: Browser, session: Session, world: World) -> None:
    send(session, world.school, BY_SCHOOL)

    page = follow(browser, search(browser), OTHER)

    assert page.h1 == HEADING


@pytest.mark.usefixtures("sam")
def test_telling_is_answered_alike_whether_such_a_child_is_held_or_not(
    browser: Browser, session: Session, world: World
) -> None:
    nobody = tell(browser)
    send(session, world.school, BY_SCHOOL)

    somebody = browser.submit(browser.get("/told/new"), TELL, **_typed())

    assert (nobody.url, nobody.status_line) == (somebody.url, somebody.status_line)


def _typed(**changed: str) -> dict[str, Any]:
    return {"given_names": "Amira", "family_name": "Siddiqui", "born_on-day": "14", "born_on-month": "3",
            "born_on-year": "2016", "postcode": "ZA4 7QD"} | BESIDES | changed  # fmt: skip


@pytest.mark.usefixtures("sam")
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"given_names": ""}, "Enter the child’s given name"),
        (
            {"born_on-day": "", "born_on-month": "", "born_on-year": ""},
            "Enter a date of birth, or an age if you do not know it",
        ),
        (
            {"born_on-day": "31", "born_on-month": "2"},
            "The child’s date of birth must be a real date: February 2016 had 29 days",
        ),
        ({"age": "ten"}, "Age must be a number from 0 to 25"),
        ({"gender": ""}, "Choose a gender, or not specified"),
        ({"postcode": ""}, "Enter where the child lives, or a school or nursery"),
        ({"why": ""}, "Choose why the child belongs in this directory"),
    ],
)
def test_each_fault_is_said_by_its_field_and_nothing_typed_is_lost(
    browser: Browser, session: Session, changed: dict[str, str], sentence: str
) -> None:
    page = browser.submit(browser.get("/told/new"), TELL, **_typed(town="Northvale", **changed))

    assert (page.status, page.errors, state(session)) == (422, [sentence], [])
    assert value(page, "#town") == "Northvale"


@pytest.mark.usefixtures("sam")
def test_a_telephone_number_that_is_none_is_said_by_its_field(browser: Browser, session: Session) -> None:
    typed = _typed(carer_1_name="Farah Siddiqui", carer_1_relationship="Mother", carer_1_phone="12")

    page = browser.submit(browser.get("/told/new"), TELL, **typed)
    sent = browser.submit(page, TELL, **typed, sure="yes")

    assert (page.status, value(page, "#carer_1_phone", "aria-invalid")) == (422, "true")
    assert (sent.h1, state(session)) == ("Children you told us about", [RowState.READY])


@pytest.mark.usefixtures("sam")
def test_pressing_twice_tells_once(browser: Browser, session: Session) -> None:
    page = browser.get("/told/new")

    first, again = (browser.submit(page, TELL, **_typed()) for _ in range(2))

    assert (first.url, again.url, state(session)) == ("/told", "/told", [RowState.READY])


@pytest.mark.usefixtures("sam")
def test_the_eleventh_of_a_day_is_kept_on_the_page_with_whom_to_call(browser: Browser, session: Session) -> None:
    for _ in range(10):
        browser.submit(browser.get("/told/new"), TELL, **_typed())

    page = browser.submit(browser.get("/told/new"), TELL, **_typed())

    assert (page.status, len(state(session))) == (429, 10)
    assert page.errors[0].startswith("You have told us about 10 children in 24 hours. Wait until tomorrow, or call ")
    assert value(page, "#given_names") == "Amira"


def test_what_was_typed_comes_back_after_an_ended_session(
    browser: Browser, session: Session, sam: Person, clock: time_machine.Traveller
) -> None:
    page = browser.get("/told/new")
    clock.shift(timedelta(minutes=20))
    browser.submit(page, TELL, **_typed(town="Northvale"))

    back = browser.sign_in(session, sam)

    assert (back.h1, value(back, "#town"), state(session)) == (HEADING, "Northvale", [])


def test_whoever_works_in_a_sensitive_service_tells_of_nobody_here(
    browser: Browser, session: Session, world: World
) -> None:
    kit = build_sensitive.Clinic.make(session, world, tag="telling").kit
    browser.become(session, kit)

    found = search(browser)

    assert LINK not in found.texts("main a")
    assert browser.get("/told/new").h1 == "Your service is recorded by consent"


def _to_team(browser: Browser, session: Session, world: World, **typed: str) -> Page:
    browser.become(session, world.sam)
    browser.submit(browser.get("/told/new"), TELL, **_typed(**typed))
    work(session)
    browser.become(session, world.max)
    waiting = follow(browser, browser.get("/review"), "1 child whom somebody told us about waits")
    return follow(browser, waiting, "Amira Siddiqui")


def test_the_team_makes_a_record_and_the_teller_may_open_it(browser: Browser, session: Session, world: World) -> None:
    page = _to_team(browser, session, world)

    done = browser.submit(page, "Save", answer="new")

    assert (page.h1, done.h1, done.status_line) == (
        "Is this a new child?", "Children whom somebody told us about", "The record is made.",
    )  # fmt: skip
    browser.become(session, world.sam)
    own = browser.get("/told")
    assert own.texts("main li p") == ["Told on 23 November 2026", "Dealt with", "Open the record of Amira Siddiqui"]


def test_what_is_left_out_is_only_dealt_with_to_the_teller(browser: Browser, session: Session, world: World) -> None:
    browser.submit(_to_team(browser, session, world), "Save", answer="leave_out")

    browser.become(session, world.sam)
    assert browser.get("/told").texts("main li p") == ["Told on 23 November 2026", "Dealt with"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({}, "Choose what is to become of it"),
        ({"answer": "new"}, "Enter the child’s date of birth"),
        ({"answer": "held"}, "Enter the ContactPoint number of the record: it is CP and 10 numbers"),
        (
            {"answer": "held", "number": "CP 402 716 5582"},
            "Check the number: there is no such record, or you have said already that it is another child",
        ),
    ],
)
def test_what_an_answer_lacks_is_said_by_its_field(
    browser: Browser, session: Session, world: World, answer: dict[str, Any], sentence: str
) -> None:
    page = _to_team(browser, session, world, **{"born_on-day": "", "born_on-month": "", "born_on-year": ""}, age="10")

    again = browser.submit(page, "Save", **answer)

    assert (again.status, again.errors, state(session)) == (422, [sentence], [RowState.WAITING])
    assert "About 10 years old, date not known" in again.texts("main dd")


def test_a_record_by_its_number_comes_beside_what_was_told(browser: Browser, session: Session, world: World) -> None:
    page = _to_team(browser, session, world)
    jack = build.child(session, world, given_names="Jack", family_name="Ashworth")
    session.commit()

    beside = browser.submit(page, "Save", answer="held", number=jack.number)

    assert (beside.h1, beside.status_line) == (
        "Are these the same child?", "It stands beside a record now: look at the pair.",
    )  # fmt: skip
    assert beside.texts("main thead th")[2] == f"What {world.sam.account.name} told"
