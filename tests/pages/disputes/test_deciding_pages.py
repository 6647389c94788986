"""Disputes: the management team's list, one of them, who takes it, what was found; and what the supplier reads."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp.models import Dispute, DisputedWord, SourceRecord, Voice
from cp.models.child import Child
from cp.rules.derive import Value
from cp.terms import Disputable, DisputeFinding, Role
from tests import build
from tests.build import Person, World
from tests.build_disputes import row
from tests.build_identities import may
from tests.pages.test_record import open_record
from tests.web import Browser, Page

BORN_ON: Value = ("2016-03-14",)
NAMED: Value = ("Amira", "Siddiqui")


@pytest.fixture
def maxim(browser: Browser, session: Session, world: World) -> Person:
    browser.become(session, world.max)
    return world.max


def opened(browser: Browser, session: Session, world: World, child: Child, value: Value = BORN_ON,
           fact: Disputable = Disputable.BORN_ON) -> Page:  # fmt: skip
    """The page of a dispute that Max has taken."""
    row(session, child, world.sam, "She was born on the 15th", value, fact)
    session.commit()
    page = browser.get("/disputes")
    page = browser.get(page.link(page.texts("main h2")[0]))
    return browser.submit(page, "Take this dispute")


def found(session: Session) -> DisputeFinding | None:
    session.commit()
    session.expire_all()
    return session.scalars(select(Dispute.finding)).one()


def test_the_list_says_what_is_due_and_who_has_it(
    browser: Browser, session: Session, world: World, amira: Child, maxim: Person
) -> None:
    assert browser.get("/disputes").texts("main p") == ["Nothing is disputed.", "What you said is wrong"]
    row(session, amira, world.sam)
    late, _ = row(session, amira, world.nia, value=("Amira", "Siddiqui"), fact=Disputable.NAME)
    one = session.scalars(select(Dispute).where(Dispute.uid == late)).one()
    one.due_on, one.owner_id = one.due_on.replace(month=11, day=20), world.max.account.id
    session.commit()

    page = browser.get("/disputes")

    assert page.texts("main li") == [
        "Name of Amira Siddiqui Overdue Due 20 November 2026Disputed since 23 November 2026 Yours",
        "Date of birth of Amira Siddiqui Due 7 December 2026Disputed since 23 November 2026 Nobody has taken it",
    ]
    assert page.texts("main > p")[0].startswith("2 facts are disputed and not decided.")


def test_before_it_is_decided_somebody_takes_it(
    app: Flask, browser: Browser, session: Session, world: World, amira: Child, maxim: Person
) -> None:
    page = opened(browser, session, world, amira)

    assert (page.h1, page.status_line) == ("Disputed date of birth", "You have taken this dispute.")
    assert page.texts("dt") == ["Child", "Disputed", "Says so", "Hollin Bank Primary School", "Due", "Taken by"]
    assert page.texts("dd")[1:4] == [
        "14 March 2016", "Sam Okafor, Hollin Bank Primary School, on 23 November 2026“She was born on the 15th”",
        "14 March 2016 Said on 7 September 2026",
    ]  # fmt: skip
    second = Browser(app)
    second.become(session, may(session, world))
    other = second.get(page.url)
    assert other.texts("main form:not(#stay) button") == ["Take it over from Max Adeyemi", "Decide"]


def test_wrong_puts_right_what_every_reader_sees(
    app: Flask, browser: Browser, session: Session, world: World, amira: Child, maxim: Person
) -> None:
    page = opened(browser, session, world, amira)

    right = {"finding": "wrong", "born_on-day": "15", "born_on-month": "3", "born_on-year": "2016"}
    page = browser.post(page.form("Decide").action, page.form("Decide").fields | right)

    assert (page.h1, found(session)) == ("Disputes", DisputeFinding.WRONG)
    assert page.status_line.startswith("Decided. Whoever disputed it reads the answer")
    sam = Browser(app)
    sam.become(session, world.sam)
    facts = open_record(sam, amira).texts("dt:-soup-contains-own('Date of birth') + dd")
    assert facts == ["15 March 2016From Northvale Council, 23 November 2026"]


ASKED: list[tuple[Disputable, Value, dict[str, Any], list[str]]] = [
    (Disputable.BORN_ON, BORN_ON, {}, ["Choose what you found"]),
    (Disputable.BORN_ON, BORN_ON, {"finding": "wrong"}, ["Enter the date of birth"]),
    (Disputable.NAME, NAMED, {"finding": "wrong", "given_names": "Amira", "family_name": "Siddiqui"},
     ["That is what the record says. If it is right, choose that"]),
    (Disputable.NAME, NAMED, {"finding": "wrong", "family_name": "7"},
     ["Enter the right given name", "Family name must have a letter in it"]),
    (Disputable.GENDER, ("female",), {"finding": "wrong"}, ["Choose the right gender"]),
    (Disputable.ADDRESS, ("Northvale", "ZA4 7QD", "18 Tanner’s Row"), {"finding": "wrong", "postcode": "x"},
     ["Enter the right house and street", "Enter a whole postcode, like ZA4 7QD"]),
    (Disputable.CARER, ("Farah", "+441614960163"), {"finding": "wrong", "carer_phone": "none"},
     ["Enter the carer’s name", "Enter a telephone number, like 0161 496 0163"]),
]  # fmt: skip
"""What is disputed, what is answered, what is said by the fields."""


def test_what_is_missing_is_asked_for_by_its_field(
    browser: Browser, session: Session, world: World, amira: Child, maxim: Person
) -> None:
    for fact, value, answers, errors in ASKED:
        page = browser.submit(opened(browser, session, world, amira, value, fact), "Decide", **answers)

        assert (page.status, page.errors, found(session)) == (422, errors, None)
        session.execute(delete(Voice))
        session.execute(delete(Dispute))
        session.commit()


def test_somebody_who_was_slower_is_told_so(
    browser: Browser, session: Session, world: World, amira: Child, maxim: Person
) -> None:
    page = opened(browser, session, world, amira)
    browser.submit(page, "Decide", finding="right")

    fields = page.form("Decide").fields | {"finding": "right", "once": "another"}
    late = browser.post(page.form("Decide").action, fields)

    assert late.status_line == "Somebody was faster, or it was taken back. Nothing has changed by your answer."


def test_a_supplier_reads_which_of_its_rows_is_disputed_and_the_answer(
    browser: Browser, session: Session, world: World, amira: Child
) -> None:
    row(session, amira, world.sam)
    record, one = session.scalars(select(SourceRecord)).one(), session.scalars(select(Dispute)).one()
    record.row_key = "000417"
    build.add(session, DisputedWord(dispute_id=one.id, record_id=record.id))
    browser.become(session, build.person(session, world.school, "Sue Lambert", "sue.supplier", Role.SUPPLIER))

    page = browser.get("/supply/files")
    assert page.texts("#disputed tbody tr") == ["000417Date of birth23 November 2026Answer due 7 December 2026"]
    one.finding, one.decided_at, one.decided_by_id = DisputeFinding.WRONG, one.opened_at, world.max.account.id
    session.commit()

    page = browser.get("/supply/files")
    assert page.texts("#disputed tbody tr td:last-child") == [
        "It was wrong, and is put right Decided on 23 November 2026. Your newest word still says it: correct it in "
        "your own records"
    ]
    assert "Siddiqui" not in page.html.text
