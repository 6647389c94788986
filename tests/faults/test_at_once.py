"""Several people, or one person several times, at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Involvement, Opening
from cp.models.child import Child
from cp.terms import Act, Reason
from tests import build
from tests.build import Person, World
from tests.conftest import NOW
from tests.web import Browser, Page

TOGETHER = 20


@pytest.fixture(autouse=True)
def running(clock: time_machine.Traveller) -> None:
    """Time goes on, as it does for people."""
    clock.move_to(NOW, tick=True)


def opened_by(session: Session, world: World, people: list[Person]) -> Child:
    child = build.child(session, world)
    for person in people:
        session.add(Opening(account_id=person.account.id, child_id=child.id, reason=Reason.WORKING_WITH, at=NOW))
    session.commit()
    return child


def form(browser: Browser, child: Child) -> Page:
    return browser.get(f"/children/{child.uid}/involvements/new")


def twin(app: Flask, browser: Browser) -> Browser:
    """Another connection of the same browser."""
    other, cookie = Browser(app), browser.client.get_cookie("cp")
    assert cookie is not None
    other.client.set_cookie("cp", cookie.value)
    return other


def count(session: Session, *which: object) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Involvement).where(*which)) or 0  # type: ignore[arg-type]


def test_one_form_sent_twenty_times_at_once_counts_once(
    app: Flask, browser: Browser, session: Session, world: World, sam: Person
) -> None:
    page = form(browser, opened_by(session, world, [sam]))
    browsers = [twin(app, browser) for _ in range(TOGETHER)]

    with ThreadPoolExecutor(TOGETHER) as threads:
        answers = list(threads.map(lambda one: one.submit(page, "Record involvement"), browsers))

    assert {answer.status for answer in answers} == {200}
    assert {tuple(answer.texts("#mine")) for answer in answers} == {("Sam Okafor (you)",)}
    assert count(session) == 1
    assert session.scalar(select(func.count()).where(AuditEvent.act == Act.RECORD_INVOLVEMENT)) == 1


def test_people_who_ask_to_lead_at_once_leave_one_lead_and_lose_no_involvement(
    app: Flask, browser: Browser, session: Session, world: World
) -> None:
    people = [build.person(session, world.school, f"Person {n}", f"person{n}") for n in range(6)]
    child = opened_by(session, world, people)
    browsers = [Browser(app) for _ in people]
    for one, person in zip(browsers, people, strict=True):
        one.become(session, person)
    pages = [form(one, child) for one in browsers]

    with ThreadPoolExecutor(len(people)) as threads:
        answers = list(
            threads.map(lambda one, page: one.submit(page, "Record involvement", lead="yes"), browsers, pages)
        )

    headings = sorted(answer.h1 for answer in answers)
    assert headings == ["Amira Siddiqui", *["Take over as lead professional?"] * 5]
    assert count(session, Involvement.lead) == 1
    assert count(session) == 1
    asked = [index for index, answer in enumerate(answers) if answer.h1 != "Amira Siddiqui"]
    with ThreadPoolExecutor(len(asked)) as threads:
        list(threads.map(lambda i: browsers[i].submit(answers[i], "Take over as lead professional"), asked))
    assert count(session, Involvement.lead) == 1


def test_one_record_opened_twenty_times_at_once_keeps_one_reason(
    app: Flask, browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = build.child(session, world)
    search = build.search(session, sam, child)
    session.commit()
    browsers = [twin(app, browser) for _ in range(TOGETHER)]

    with ThreadPoolExecutor(TOGETHER) as threads:
        answers = list(threads.map(lambda one: one.get(f"/children/{child.uid}?from={search.uid}"), browsers))

    assert {answer.status for answer in answers} == {200}
    session.rollback()
    assert session.scalars(select(Opening.reason)).all() == [Reason.WORKING_WITH]
    opened = select(func.count()).where(AuditEvent.act == Act.OPEN_RECORD, AuditEvent.subject_id == child.subject_id)
    assert session.scalar(opened) == TOGETHER
