"""A hold on the web: one asks, another agrees, and nothing of the record is shown for it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, LegalHold
from cp.models.child import Child
from cp.rules.number import shown
from cp.terms import Act, HoldReason
from tests import build, build_identities, build_retention
from tests.build import Person, World
from tests.build_log import said
from tests.build_retention import held
from tests.web import Browser, Page

ANSWERS = {"reason": "court", "reference": "HX 12", "ends-day": "1", "ends-month": "5", "ends-year": "2027"}


@pytest.fixture
def may(session: Session, world: World) -> Person:
    return build_identities.may(session, world)


@pytest.fixture
def child(session: Session, world: World) -> Child:
    """In the archive since six years and a few days less."""
    return build_retention.archived(session, build.child(session, world), date(2020, 12, 1))


def send(browser: Browser, session: Session, world: World, **answers: Any) -> Page:
    browser.become(session, world.max)
    page = browser.get(browser.get("/ending").link("Hold a record back"))
    return browser.submit(page, "Ask for agreement", **(ANSWERS | answers))


def test_one_asks_and_the_other_agrees(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    page = send(browser, session, world, number=shown(child.number), second=str(may.account.uid))
    assert page.status_line == "You have asked. The record is held back once your colleague agrees."
    assert page.texts("dd") == [shown(child.number), "A court", "HX 12", "1 May 2027", "Max Adeyemi", "May Lindqvist",
                                "Waits for May Lindqvist"]  # fmt: skip

    browser.become(session, may)
    waiting = browser.get("/holds")
    page = browser.get(waiting.link(shown(child.number)))
    done, again = (browser.submit(page, "Keep my answer", answer="agree") for _ in range(2))

    session.expire_all()
    row = session.scalars(select(LegalHold)).one()
    assert (page.h1, done.status_line) == ("Is this record to be held back?", "The record is held back.")
    assert again.status_line == done.status_line
    assert (row.reason, row.agreed_at is not None, child.destroy_on) == (
        {"reason": HoldReason.COURT, "reference": "HX 12"}, True, date(2027, 5, 1))  # fmt: skip
    assert "Waits for you" in waiting.texts("tbody td")[2]
    assert done.texts("tbody td")[2].startswith("Held back")
    assert child.family_name not in "".join(one.html.get_text() for one in (waiting, page, done))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"number": ""}, "Enter the number of the record: CP and 10 numbers"),
        ({"number": "CP 402 716 5582"}, "No record of your authority has this number. Check it"),
        ({"reason": "curiosity"}, "Choose who needs the record"),
        ({"reference": "–"}, "Enter the reference of the case"),
        ({"ends-day": "23", "ends-month": "11", "ends-year": "2026"},
         "The day on which the hold ends must be after today"),
        ({"ends-year": "2207"}, "A hold lasts 5 years at most. Enter a sooner day, and ask again before it comes"),
        ({"ends-day": "31", "ends-month": "2"},
         "The day on which the hold ends must be a real date: February 2027 had 28 days"),
        ({"second": "nobody"}, "Choose who is to agree"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_its_field_and_the_rest_is_still_there(
    browser: Browser, session: Session, world: World, may: Person, child: Child, wrong: dict[str, str], error: str
) -> None:
    page = send(browser, session, world, **({"number": child.number, "second": str(may.account.uid)} | wrong))

    assert (page.status, page.errors) == (422, [error])
    assert page.form("Ask for agreement").fields["reference"] == wrong.get("reference", "HX 12")
    assert session.scalars(select(LegalHold)).all() == []


def test_sending_twice_asks_once(browser: Browser, session: Session, world: World, may: Person, child: Child) -> None:
    browser.become(session, world.max)
    page = browser.get("/holds/new")
    answers: dict[str, Any] = ANSWERS | {"number": child.number, "second": str(may.account.uid)}

    first, again = (browser.submit(page, "Ask for agreement", **answers) for _ in range(2))

    assert first.url == again.url
    assert len(session.scalars(select(LegalHold)).all()) == 1


def test_whoever_asked_takes_it_back_and_cannot_agree(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = held(session, child, world.max, may, agreed_at=None)
    browser.become(session, world.max)
    page = browser.get(f"/holds/{one.uid}")

    agreed = browser.post(page.url, page.form("Take it back").fields | {"answer": "agree"})
    done = browser.submit(page, "Take it back")

    assert agreed.errors == ["You asked for it yourself: another person has to agree. Nothing has changed"]
    assert done.status_line == "The record is not held back."
    assert session.scalars(select(LegalHold)).all() == []


def test_what_a_leaver_asked_for_is_not_agreed_to(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = held(session, child, world.max, may, agreed_at=None)
    world.max.account.active = False
    browser.become(session, may)

    page = browser.submit(browser.get(f"/holds/{one.uid}"), "Keep my answer", answer="agree")
    empty = browser.submit(browser.get(f"/holds/{one.uid}"), "Keep my answer")

    assert page.errors == ["Whoever asked is no longer in the management team. Choose No, and ask for it yourself"]
    assert empty.errors == ["Choose whether you agree"]


def test_a_third_sees_it_and_has_nothing_to_answer_and_nobody_elsewhere_sees_it(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = held(session, child, world.max, may, agreed_at=None)
    tom = build_identities.may(session, world, "Tom Third")
    _, eve = build_identities.elsewhere(session)
    browser.become(session, tom)
    page = browser.get(f"/holds/{one.uid}")
    browser.become(session, eve)

    assert (page.h1, f"/holds/{one.uid}" in [form["action"] for form in page.html.select("form")]) == (
        "Hold of a record", False)  # fmt: skip
    assert browser.get(f"/holds/{one.uid}").status == 404
    assert browser.get("/holds").texts("tbody th") == []


def test_each_look_is_in_the_audit_and_the_reference_is_not(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = held(session, child, world.max, may)
    browser.become(session, world.max)
    for path in ("/holds", "/holds/new", f"/holds/{one.uid}"):
        browser.get(path)

    acts = (Act.SEE_HOLDS, Act.PREPARE_HOLD, Act.SEE_HOLD)
    entries = session.scalars(select(AuditEvent).where(AuditEvent.act.in_(acts)).order_by(AuditEvent.id)).all()
    assert [(entry.act, entry.subject_id, entry.object_id) for entry in entries] == [
        (Act.SEE_HOLDS, None, None), (Act.PREPARE_HOLD, None, None), (Act.SEE_HOLD, child.subject_id, one.uid),
    ]  # fmt: skip
    assert b"Zyx" not in b"".join(said(entry) for entry in entries)


def test_one_that_a_restore_set_again_says_that_who_placed_it_is_not_known(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = held(session, child, world.max, may, reason={"reason": None, "reference": None})
    one.first_id = one.second_id = None
    browser.become(session, world.max)

    index, page = browser.get("/holds"), browser.get(f"/holds/{one.uid}")

    assert index.texts("tbody td")[0] == "Not known: set again after a restore"
    assert page.texts("dd") == [shown(child.number), "Not known: set again after a restore", "1 May 2027", "Held back"]


def test_two_people_end_it_before_its_day(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = held(session, child, world.max, may)
    browser.become(session, world.max)
    asked = browser.submit(browser.get(f"/holds/{one.uid}"), "Ask that it end today")
    mine = browser.post(f"/holds/{one.uid}/end/answer", {"answer": "end", "csrf_token": browser.token()})
    browser.become(session, may)
    page = browser.get(browser.get("/holds").link(shown(child.number)))

    empty = browser.submit(page, "Keep my answer")
    done = browser.submit(page, "Keep my answer", answer="end")

    session.expire_all()
    assert asked.status_line == "You have asked. The hold ends once a colleague agrees."
    assert mine.errors == ["You asked for it yourself: another person has to agree. Nothing has changed"]
    assert (page.h1, page.texts("dd")[-1]) == (
        "Is this hold to end?", "Held back. Max Adeyemi asks that it end today")  # fmt: skip
    assert empty.errors == ["Choose whether you agree"]
    assert (done.status_line, child.destroy_on) == ("The hold has ended.", date(2026, 12, 1))
    assert browser.get("/holds").texts("tbody th") == []


def test_who_asks_second_is_told_that_it_is_theirs_to_answer(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = held(session, child, world.max, may)
    browser.become(session, may)
    page = browser.get(f"/holds/{one.uid}")
    one.end_asked_by_id = world.max.account.id
    session.commit()

    done = browser.submit(page, "Ask that it end today")

    assert (done.h1, done.status_line) == (
        "Is this hold to end?", "A colleague has asked already: it is yours to answer.")  # fmt: skip


@pytest.mark.parametrize("who", ["asker", "another"])
def test_it_goes_on_where_either_says_so(
    browser: Browser, session: Session, world: World, may: Person, child: Child, who: str
) -> None:
    one = held(session, child, world.max, may, end_asked_by_id=world.max.account.id)
    browser.become(session, world.max if who == "asker" else may)
    page = browser.get(f"/holds/{one.uid}")

    if who == "asker":
        done = browser.submit(page, "Let it go on")
    else:
        done = browser.submit(page, "Keep my answer", answer="go_on")

    session.expire_all()
    assert done.status_line == "The hold goes on."
    assert (one.end_asked_by_id, one.ends_on) == (None, date(2027, 5, 1))


def test_what_waits_for_somebody_stands_before_what_holds_and_a_long_list_has_pages(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    for _ in range(50):
        held(session, build.child(session, world), may, world.max, ends_on=date(2027, 1, 1))
    held(session, child, may, world.max, ends_on=date(2030, 1, 1), agreed_at=None)
    browser.become(session, world.max)

    first = browser.get("/holds")
    second = browser.get(first.link("Those after"))

    assert first.texts("tbody th")[0] == shown(child.number)
    assert (len(first.texts("tbody th")), len(second.texts("tbody th"))) == (50, 1)
    assert second.link("Those before") == "/holds?page=1"
    assert "This page of the list is empty." in browser.get("/holds?page=3").texts("p")
