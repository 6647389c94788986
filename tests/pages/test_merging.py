"""The pages for joining two records: which other one, the two beside each other, one person or two."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Merge
from cp.models.child import Child
from cp.rules.number import make, shown
from cp.terms import Act, Decision, RecordState
from tests import build
from tests.build import Person, World
from tests.build_identities import asked_to_join, derived, elsewhere, may, shield
from tests.web import Browser, Page


@pytest.fixture
def pair(session: Session, world: World) -> tuple[Child, Child]:
    made = derived(session, world, "ZA4 7QD"), derived(session, world, "ZA1 2AB")
    session.commit()
    return made


@pytest.fixture
def max_(browser: Browser, session: Session, world: World, pair: tuple[Child, Child]) -> Person:
    browser.become(session, world.max)
    return world.max


def compared(browser: Browser, pair: tuple[Child, Child]) -> Page:
    return browser.submit(browser.get(f"/children/{pair[0].uid}/merge"), "Compare the records", number=pair[1].number)


def test_two_records_are_compared_and_joined(
    browser: Browser, session: Session, pair: tuple[Child, Child], max_: Person
) -> None:
    kept, gone = pair
    asked = browser.get(f"/children/{kept.uid}/merge")
    assert asked.h1 == "Join with another record, or take apart"
    assert (
        "Nothing was joined into this record, and nothing that is said of it can be moved to a new record."
        in asked.texts("p")
    )

    page = compared(browser, pair)
    assert page.h1 == "Are these the same child?"
    assert gone.number not in page.url
    assert page.texts("tbody tr:first-child td") == ["Amira Siddiqui", "Amira Siddiqui", "The same"]
    done = browser.submit(page, "Join the records", keep=str(kept.uid))

    assert (done.h1, done.status_line) == ("Amira Siddiqui", "The two records are joined, and this one goes on.")
    assert browser.get(f"/children/{gone.uid}").status == 404
    assert browser.get(f"/children/{gone.uid}/merge").status == 404
    again = browser.submit(page, "Join the records", keep=str(kept.uid))
    assert (again.url, again.status) == (done.url, 200)
    query = select(AuditEvent.act, AuditEvent.subject_id).where(AuditEvent.act.in_((Act.PREPARE_MERGE, Act.MERGE)),
                                                                AuditEvent.decision == Decision.ALLOWED)  # fmt: skip
    entries = session.execute(query.order_by(AuditEvent.id)).all()
    assert [tuple(entry) for entry in entries][-4:] == [
        (Act.PREPARE_MERGE, kept.subject_id), (Act.PREPARE_MERGE, gone.subject_id),
        (Act.MERGE, kept.subject_id), (Act.MERGE, gone.subject_id),
    ]  # fmt: skip


def test_a_number_that_leads_nowhere_says_one_thing(
    browser: Browser, session: Session, world: World, pair: tuple[Child, Child], max_: Person
) -> None:
    authority, _ = elsewhere(session)
    numbers = [
        build.child(session, world, **given).number
        for given in ({"authority_id": authority.id}, {"authority_id": authority.id, "shielded": True},
                      {"state": RecordState.SEALED}, {"state": RecordState.MERGED})
    ]  # fmt: skip
    session.commit()
    page = browser.get(f"/children/{pair[0].uid}/merge")

    said = {tuple(browser.submit(page, "Compare the records", number=number).errors)
            for number in (*numbers, pair[0].number, make("999999999"))}  # fmt: skip

    assert said == {("Check the number: none of your authority’s other records has it",)}
    assert browser.submit(page, "Compare the records", number="42").errors == [
        "That is not a ContactPoint number. It is CP and 10 numbers"
    ]
    assert browser.submit(page, "Compare the records").errors == ["Enter the other record’s number"]


def test_which_one_goes_on_must_be_said(browser: Browser, pair: tuple[Child, Child], max_: Person) -> None:
    page = browser.submit(compared(browser, pair), "Join the records")

    assert (page.status, page.errors) == (422, ["Choose which record goes on"])


def test_a_shielded_one_takes_two(
    app: Flask, browser: Browser, session: Session, world: World, pair: tuple[Child, Child], max_: Person
) -> None:
    kept, gone = pair
    shield(session, gone)
    second = may(session, world)
    session.commit()

    page = compared(browser, pair)
    assert "A second person must agree to this one." in page.texts("p")
    asked = browser.submit(page, "Ask a second person", keep=str(kept.uid))
    assert (asked.url, asked.status_line) == (
        "/children/merges", "Asked. The records are joined once a second person agrees.",
    )  # fmt: skip
    assert "Amira" not in asked.html.text
    theirs = Browser(app)
    theirs.become(session, second)
    waiting = theirs.get(theirs.get("/handovers").link("Records that wait to be joined"))
    answering = theirs.get(waiting.link("See the two records, pair 1"))
    assert f"that {shown(kept.number)} goes on." in answering.html.text
    done = theirs.submit(answering, "Agree: join the records")

    assert done.status_line == "The two records are joined, and this one goes on."
    session.expire_all()
    assert (kept.shielded, gone.state) == (True, RecordState.MERGED)
    late = browser.post(f"/children/{kept.uid}/merge", answering.form("Decline").fields
                        | {"csrf_token": browser.token()})  # fmt: skip
    assert late.status == 404


@pytest.mark.parametrize(("button", "asker"), [("Decline", "second"), ("Take it back", "max")])
def test_it_is_declined_or_taken_back(
    browser: Browser, session: Session, world: World, pair: tuple[Child, Child], max_: Person, button: str, asker: str
) -> None:
    asked_to_join(session, *pair, world.max if asker == "max" else may(session, world))
    session.commit()

    done = browser.submit(browser.get(f"/children/{pair[1].uid}/merge?other={pair[0].uid}"), button)

    assert done.status_line == "The records are not joined, and nothing waits any longer."
    session.rollback()
    assert session.scalars(select(Merge)).all() == []


def test_one_who_left_the_team_asked_for_nothing_any_longer(
    browser: Browser, session: Session, world: World, pair: tuple[Child, Child], max_: Person
) -> None:
    asked_to_join(session, *pair, may(session, world, active=False))
    shield(session, pair[0])
    session.commit()

    page = browser.submit(compared(browser, pair), "Agree: join the records")

    assert (page.status, page.errors) == (
        422, ["Whoever asked is no longer in the management team. Decline, and ask for it again yourself"],
    )  # fmt: skip


def test_neither_agreed_nor_declined_is_asked_again(
    browser: Browser, session: Session, world: World, pair: tuple[Child, Child], max_: Person
) -> None:
    one = asked_to_join(session, *pair, may(session, world))
    session.commit()
    fields: dict[str, Any] = {"csrf_token": browser.token(), "merge": one.uid, "other": pair[1].uid}

    page = browser.post(f"/children/{pair[0].uid}/merge", fields)

    assert (page.status, page.errors) == (422, ["Agree or decline"])


def test_another_authority_and_other_roles_join_nothing(
    app: Flask, session: Session, world: World, pair: tuple[Child, Child]
) -> None:
    _, eve = elsewhere(session)
    session.commit()
    for person in (eve, world.sam, world.una, world.rex):
        browser = Browser(app)
        browser.become(session, person)
        assert browser.get(f"/children/{pair[0].uid}/merge").status == 403
        assert browser.get(f"/children/{pair[0].uid}/merge?other={pair[1].uid}").status == 403
    session.rollback()
    assert session.scalars(select(Merge)).all() == []
