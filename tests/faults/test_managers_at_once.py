"""Two managers at the same moment: one answer counts, and somebody always stays who runs the accounts."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Approval, AuditEvent, RoleGrant
from cp.terms import Act, Role
from tests import build
from tests.build import Person, World
from tests.conftest import NOW
from tests.scale import scaled
from tests.web import Browser, Page

LAST = {"last-day": "22", "last-month": "11", "last-year": "2026"}


@pytest.fixture(autouse=True)
def running(clock: time_machine.Traveller) -> None:
    """Time goes on, as it does for people."""
    clock.move_to(NOW, tick=True)


def signed_in(app: Flask, session: Session, people: list[Person]) -> list[Browser]:
    browsers = [Browser(app) for _ in people]
    for browser, person in zip(browsers, people, strict=True):
        browser.become(session, person)
    return browsers


@pytest.mark.parametrize("turn", range(scaled(3, 25)))
def test_two_managers_who_close_each_other_leave_one(app: Flask, session: Session, world: World, turn: int) -> None:
    pair = [world.una, world.amir]
    browsers = signed_in(app, session, pair)
    pages = [one.get(f"/accounts/{other.account.uid}/close") for one, other in zip(browsers, pair[::-1], strict=True)]

    def close(one: tuple[Browser, Page]) -> int:
        browser, page = one
        form = page.form("Close the account")
        return browser.post(form.action, form.fields | LAST).status

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(close, zip(browsers, pages, strict=True)))

    session.rollback()
    left = session.scalars(select(Account.name).where(Account.active, Account.name.in_(["Una Kowalski", "Amir Patel"])))
    assert len(left.all()) == 1


def test_of_many_answers_at_once_one_counts(app: Flask, session: Session, world: World) -> None:
    people = [
        build.person(session, world.council, f"Manager {number}", f"manager.{number}", Role.ACCOUNT_MANAGER)
        for number in range(6)
    ]
    asked = build.add(session, Approval(account_id=world.rex.account.id, role=Role.MANAGEMENT_TEAM,
                                        asked_by_id=world.una.account.id, asked_at=clock.now()))  # fmt: skip
    session.commit()
    browsers = signed_in(app, session, people)
    pages = [browser.get("/approvals") for browser in browsers]
    buttons = ["Agree, for Rex Hale", "Decline, for Rex Hale"] * 3

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda one: one[0].submit(*one[1:]), zip(browsers, pages, buttons, strict=True)))

    session.rollback()
    session.refresh(asked)
    said = [answer.status_line for answer in answers]
    assert sum(line.startswith("You ") for line in said) == 1
    assert sum(line.startswith("Nothing has changed") for line in said) == 5
    granted = select(func.count()).where(RoleGrant.account_id == world.rex.account.id,
                                         RoleGrant.role == Role.MANAGEMENT_TEAM)  # fmt: skip
    assert session.scalar(granted) == int(bool(asked.agreed))
    assert session.scalar(select(func.count()).where(AuditEvent.act == Act.APPROVE)) == 1


def test_one_email_invited_by_many_at_once_is_one_account(app: Flask, session: Session, world: World) -> None:
    browsers = signed_in(app, session, [world.una, world.amir])
    where = f"/accounts/new?organisation={world.council.uid}&role=reviewer"
    pages = [browser.get(where) for browser in browsers]

    def invite(one: tuple[Browser, Page]) -> Page:
        return one[0].submit(one[1], "Invite", name="Ola Grant", email="ola@example.test")

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(invite, zip(browsers, pages, strict=True)))

    session.rollback()
    assert sorted(answer.status for answer in answers) == [200, 422]
    assert session.scalar(select(func.count()).where(Account.email == "ola@example.test")) == 1
    assert session.scalar(select(func.count()).where(AuditEvent.act == Act.INVITE)) == 1
