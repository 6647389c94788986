"""After its first year a record is read by two of the team: one asks, another agrees, both look until midnight."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import ArchiveReading
from cp.services.retention import sweeping
from cp.services.retention.believing import Believed
from cp.terms import Act, Decision
from tests import build_retention
from tests.build import Person, World
from tests.build_retention import entries
from tests.pages.archive.conftest import Archive, Sit
from tests.pages.archive.steps import answer, ask, find, status, uid
from tests.web import Browser, Page

LATER = date(2024, 11, 4)
ASKED = "Asked. You both can read it once your colleague agrees, within 7 days."


def test_whoever_is_asked_sees_nothing_of_the_record_but_its_number_and_when_it_was_archived(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person, tom: Person
) -> None:
    child, browser, hers, third = archive(LATER), sit(world.max), sit(may), sit(tom)
    asking = find(browser, number=child.number, why="serious_case_review")
    assert asking.h1 == "Two of you read this record"
    assert asking.form("Ask them to agree").fields["purpose"] == "serious_case_review"
    asked = browser.submit(asking, "Ask them to agree", second=str(may.account.uid))
    assert asked.status_line == ASKED

    page = hers.get(f"/archive/{uid(session)}/answer")

    assert page.texts("dd")[1:] == [
        "4 November 2024", "A serious case review", "Max Adeyemi, on 23 November 2026 at 10:42",
    ]  # fmt: skip
    assert page.texts("dd")[0].replace(" ", "") == child.number
    for shown in (asking, asked, page, hers.get("/archive")):
        assert not any(word in shown.html.get_text() for word in ("Amira", "Siddiqui", "2008"))
    assert third.get("/archive").texts("tbody tr") == []
    assert third.get(f"/archive/{uid(session)}/answer").status == 404
    assert status(browser, session) == status(hers, session) == status(third, session) == 404


def test_one_asks_another_agrees_and_both_read_it(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person, tom: Person
) -> None:
    child, browser, hers, third = archive(LATER), sit(world.max), sit(may), sit(tom)
    ask(browser, child, may, "serious_case_review")

    agreed = answer(hers)

    assert agreed.status_line == "You agreed. You both can read it until the end of today."
    for one in (browser, hers):
        opened = one.get(f"/archive/{uid(session)}")
        assert (opened.status, opened.h1) == (200, "Amira Siddiqui")
        assert "as agreed between Max Adeyemi and May Lindqvist" in opened.html.get_text()
        assert one.get(opened.link("Print on one page")).status == 200
    assert status(third, session) == 404
    assert third.get("/archive").texts("tbody tr") == []
    session.rollback()
    said = entries(session, Act.ASK_ARCHIVED, Act.ANSWER_ARCHIVED, Act.READ_ARCHIVED, Act.PRINT_ARCHIVED)
    max_, his, both = world.max.account.uid, may.account.uid, "serious_case_review"
    assert [(one.act, one.account_id, one.reason) for one in said if one.decision is Decision.ALLOWED] == [
        (Act.ASK_ARCHIVED, max_, both), (Act.ANSWER_ARCHIVED, his, "agreed"),
        (Act.READ_ARCHIVED, max_, both), (Act.PRINT_ARCHIVED, max_, both),
        (Act.READ_ARCHIVED, his, both), (Act.PRINT_ARCHIVED, his, both),
    ]  # fmt: skip


def test_nobody_agrees_to_what_they_asked(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person
) -> None:
    browser = sit(world.max)
    ask(browser, archive(LATER), may)

    page = browser.get(f"/archive/{uid(session)}/answer")
    assert "Agree" not in page.texts("button")
    form = page.form("Take it back")
    assert browser.post(form.action, form.fields | {"answer": "agree"}).status == 404
    assert status(browser, session) == 404


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, ["Choose who the second person is"]),
        ({"second": "self"}, ["Choose who the second person is"]),
        ({"second": "rex"}, ["Choose who the second person is"]),
        ({"purpose": "", "second": "may"}, ["Choose what you need it for"]),
        ({"purpose": "correcting_records", "second": "may"}, ["Choose what you need it for"]),
        ({"purpose": ""}, ["Choose what you need it for", "Choose who the second person is"]),
    ],
)
def test_a_purpose_of_the_law_and_a_colleague_are_asked_for_and_what_was_chosen_stays(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person, typed: dict[str, str], errors: list[str]
) -> None:
    who = {"self": world.max, "rex": world.rex, "may": may}
    browser = sit(world.max)
    page = find(browser, number=archive(LATER).number)
    named = {**typed, "second": str(who[typed["second"]].account.uid)} if "second" in typed else typed

    form = page.form("Ask them to agree")
    refused = browser.post(form.action, form.fields | named)

    assert (refused.status, refused.errors) == (422, errors)
    fields = refused.form("Ask them to agree").fields
    assert fields.get("purpose") == (None if "purpose" in typed else "section_47")
    assert (fields.get("second") == str(may.account.uid)) is (typed.get("second") == "may")
    session.rollback()
    assert session.scalars(select(ArchiveReading.second_id)).one() is None


def test_putting_records_right_is_no_purpose_of_two(world: World, archive: Archive, sit: Sit, may: Person) -> None:
    page = find(sit(world.max), number=archive(LATER).number, why="correcting_records")

    assert "purpose" not in page.form("Ask them to agree").fields
    assert "Putting our own records right" not in page.html.get_text()


def test_whoever_is_alone_in_the_team_is_told_so(world: World, archive: Archive, sit: Sit) -> None:
    page = find(sit(world.max), number=archive(LATER).number)

    assert "Nobody else is in the management team now" in page.html.get_text()


def test_declined_is_told_to_whoever_asked_and_opens_nothing(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person
) -> None:
    browser, hers = sit(world.max), sit(may)
    ask(browser, archive(LATER), may)

    said = answer(hers, "Decline")

    assert said.status_line == "You declined. Nobody reads it."
    assert said.texts("tbody tr") == []
    assert "May Lindqvist declined" in browser.get("/archive").texts("tbody tr")[0]
    assert status(browser, session) == status(hers, session) == 404
    again = hers.post(f"/archive/{uid(session)}/answer", {"csrf_token": hers.token(), "answer": "agree"})
    assert again.status_line == "Nothing has changed: it was answered already."


def test_what_was_asked_is_taken_back(session: Session, world: World, archive: Archive, sit: Sit, may: Person) -> None:
    browser, hers = sit(world.max), sit(may)
    ask(browser, archive(LATER), may)
    page = hers.get(f"/archive/{uid(session)}/answer")

    assert answer(browser, "Take it back").status_line == "You took it back. Nobody reads it."
    assert hers.submit(page, "Agree").status == 404
    session.rollback()
    assert session.scalars(select(ArchiveReading)).all() == []


def test_asked_twice_one_is_asked(session: Session, world: World, archive: Archive, sit: Sit, may: Person,
                                  tom: Person) -> None:  # fmt: skip
    browser = sit(world.max)
    page = find(browser, number=archive(LATER).number)
    form = page.form("Ask them to agree")
    fields = form.fields | {"second": str(may.account.uid)}

    first, same = browser.post(form.action, fields), browser.post(form.action, fields)
    other = browser.post(form.action, fields | {"second": str(tom.account.uid), "once": "another"})

    assert (first.status_line, same.status_line) == (ASKED, ASKED)
    assert other.status_line == "Nothing has changed: a colleague was asked already."
    session.rollback()
    assert session.scalars(select(ArchiveReading.second_id)).one() == may.account.id
    assert len(entries(session, Act.ASK_ARCHIVED)) == 1


@pytest.mark.parametrize("held", [False, True])
def test_a_record_held_back_past_six_years_is_read_by_nobody(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person, held: bool
) -> None:
    child = archive(date(2020, 11, 23))
    if held:
        build_retention.hold(session, world, session.merge(child), date(2027, 5, 1))
        session.commit()
        assert sweeping.step(session, Believed(clocks.now()))[0] is None

    page = find(sit(world.max), number=child.number)

    assert page.errors == ["No record in your authority’s archive has this number"]


def opens(page: Page) -> str:
    if page.status == 422:
        return "nobody"
    return "alone" if page.h1 == "Amira Siddiqui" else "two" if page.h1 == "Two of you read this record" else page.h1


@pytest.mark.parametrize(
    ("archived_on", "now", "expected"),
    [
        ("2025-11-24", "2026-11-23 10:42", "alone"),
        ("2025-11-23", "2026-11-23 10:42", "two"),
        ("2025-11-24", "2026-11-23 23:59", "alone"),
        ("2025-11-24", "2026-11-24 00:00", "two"),
        ("2025-06-11", "2026-06-10 22:59", "alone"),
        ("2025-06-11", "2026-06-10 23:00", "two"),
        ("2020-11-24", "2026-11-23 10:42", "two"),
        ("2020-11-23", "2026-11-23 10:42", "nobody"),
        ("2020-06-11", "2026-06-10 22:59", "two"),
        ("2020-06-11", "2026-06-10 23:00", "nobody"),
        ("2020-02-29", "2026-02-28 23:59", "two"),
        ("2020-02-29", "2026-03-01 00:00", "nobody"),
        ("2026-11-23", "2026-11-23 10:42", "alone"),
        ("2026-11-24", "2026-11-23 10:42", "nobody"),
    ],
)
def test_each_row_of_the_rule_through_the_page(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person, tom: Person,
    clock: time_machine.Traveller, archived_on: str, now: str, expected: str,
) -> None:  # fmt: skip
    clock.move_to(datetime.fromisoformat(now).replace(tzinfo=UTC))
    child, browser = archive(date.fromisoformat(archived_on)), sit(world.max)

    assert opens(find(browser, number=child.number)) == expected
    if expected == "two":
        ask(browser, child, may)
        assert status_of_all(session, browser, sit(may), sit(tom)) == [404, 404, 404]
        answer(sit(may))
        assert status_of_all(session, browser, sit(may), sit(tom)) == [200, 200, 404]


def status_of_all(session: Session, *browsers: Browser) -> list[int]:
    session.rollback()
    asked = session.scalars(select(ArchiveReading.uid).where(ArchiveReading.second_id.is_not(None))).one()
    return [browser.get(f"/archive/{asked}").status for browser in browsers]
