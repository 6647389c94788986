"""Practice tasks on children who do not exist; the account opens by itself with the last condition."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, PracticeTask
from cp.models.child import Child
from cp.services.practice import tasks
from cp.terms import Act
from tests.build import World
from tests.pages.test_own_account import NEVER, TODAY, change
from tests.web import Browser, Page

DAY: dict[str, Any] = {"completed_on_day": "3", "completed_on_month": "11", "completed_on_year": "2026"}
PRACTICE = "This is practice. Nobody on this page exists."


def do(browser: Browser, code: str) -> Page:
    task = tasks.named(code)
    assert task is not None
    return browser.submit(browser.get(f"/practice/{code}"), "Answer", answer=task.right.code)


@pytest.fixture
def newcomer(browser: Browser, session: Session, world: World) -> Browser:
    """Everything in order but the practice tasks."""
    browser.become(session, world.sam)
    change(session, world.sam, practised_on=None)
    return browser


def test_the_request_after_the_last_task_finds_children(newcomer: Browser) -> None:
    assert newcomer.get("/").h1 == "Do the practice tasks"
    for code in tasks.codes()[:-1]:
        do(newcomer, code)
    assert newcomer.get("/").h1 == "Do the practice tasks"

    page = do(newcomer, tasks.codes()[-1])

    assert page.status_line == "That is right. This task is done."
    assert newcomer.get("/").h1 == "Find a child"


def test_a_newcomer_who_has_signed_has_nothing_to_renew_yet(newcomer: Browser, session: Session, world: World) -> None:
    world.school.accreditation_ends_on = None
    session.commit()

    assert newcomer.get("/").h1 == "Two things to do first"


def test_the_last_condition_may_be_any_of_them(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.sam)
    change(session, world.sam, practised_on=None, trained_on=None, **NEVER)
    for code in tasks.codes():
        do(browser, code)
    assert browser.get("/").h1 == "Two things to do first"
    browser.submit(browser.get("/account/procedures"), "I have read the procedures")
    browser.submit(browser.get("/account/agreement"), "Sign the agreement")
    assert browser.get("/").h1 == "Your training is due"

    browser.submit(browser.get("/account/training"), "Record training", **DAY)

    assert browser.get("/").h1 == "Find a child"


def test_the_account_says_how_many_are_left_and_leads_there(newcomer: Browser) -> None:
    do(newcomer, "reason")

    page = newcomer.get("/account")

    assert page.h1 == "Do the practice tasks"
    assert "5 of 6 to do" in page.texts(".govuk-task-list__hint")
    page = newcomer.get(page.link("practice tasks"))
    assert page.texts(".govuk-task-list__status") == ["To do", "Done", "To do", "To do", "To do", "To do"]


@pytest.mark.parametrize("task", tasks.every(), ids=tasks.codes())
def test_each_answer_is_told_at_once(newcomer: Browser, task: tasks.Task) -> None:
    page = newcomer.get(f"/practice/{task.code}")
    assert page.h1 == task.name
    assert PRACTICE in page.texts(".govuk-inset-text")
    wrong = [one for one in task.options if not one.right]

    told = [newcomer.submit(page, "Answer", answer=one.code) for one in wrong]

    assert [(one.status, one.errors) for one in told] == [(422, [one.said]) for one in wrong]
    assert all(PRACTICE in one.texts(".govuk-inset-text") for one in told)
    assert newcomer.submit(page, "Answer").errors == ["Choose an answer"]
    assert task.right.said in do(newcomer, task.code).texts("main p")


def test_each_task_has_one_right_answer_and_says_something_of_each() -> None:
    every = tasks.every()

    assert [sum(option.right for option in one.options) for one in every] == [1] * len(every)
    assert all(option.said for one in every for option in one.options)
    assert len({one.code for one in every}) == len(every) == 6


def test_a_task_done_twice_is_done_once_and_no_child_is_made(newcomer: Browser, session: Session, world: World) -> None:
    before = session.scalar(select(func.count()).select_from(Child))

    for _ in range(2):
        newcomer.client.post(
            "/practice/find", data={"answer": "nine", "csrf_token": newcomer.token()}, follow_redirects=False
        )

    session.rollback()
    assert session.scalars(select(PracticeTask.task)).all() == ["find"]
    written = select(AuditEvent.reason).where(AuditEvent.act == Act.PRACTISE)
    assert session.scalars(written).all() == ["find"]
    assert session.scalar(select(func.count()).select_from(Child)) == before
    session.refresh(world.sam.account)
    assert world.sam.account.practised_on is None


def test_the_day_of_the_last_task_is_kept_and_stays(newcomer: Browser, session: Session, world: World) -> None:
    for code in (*tasks.codes(), "find"):
        newcomer.client.post(f"/practice/{code}", data={
            "answer": next(one.right.code for one in tasks.every() if one.code == code),
            "csrf_token": newcomer.token()})  # fmt: skip

    session.refresh(world.sam.account)
    assert world.sam.account.practised_on == TODAY


def test_a_task_that_is_done_can_be_tried_again(newcomer: Browser) -> None:
    page = do(newcomer, "find")
    assert page.html.select("input[name=answer]") == []

    page = newcomer.submit(newcomer.get(page.link("Try this task again")), "Answer", answer="three")

    assert (page.status, len(page.errors)) == (422, 1)


def test_a_manager_is_not_asked_to_practise(browser: Browser, session: Session, world: World) -> None:
    change(session, world.una, practised_on=None)
    browser.become(session, world.una)

    assert browser.get("/accounts").h1 == "Accounts"
    assert "Practice tasks" not in " ".join(browser.get("/account").texts("main"))


def test_a_task_that_is_not_there_is_not_found(newcomer: Browser) -> None:
    assert newcomer.get("/practice/nothing").status == 404


def test_an_assistant_waits_for_the_practice_of_whom_they_assist(
    browser: Browser, session: Session, world: World
) -> None:
    browser.become(session, world.ash)
    change(session, world.nia, practised_on=None)
    assert browser.get("/").h1 == "The person you assist cannot use ContactPoint now"

    change(session, world.nia, practised_on=date(2026, 11, 2))

    assert browser.get("/").h1 == "Find a child"
