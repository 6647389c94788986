"""Inviting somebody, and answering those who ask."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, JoinRequest
from tests import build
from tests.build import Person, World
from tests.web import Browser


@pytest.fixture
def una(browser: Browser, session: Session, world: World) -> Person:
    browser.become(session, world.una)
    return world.una


def days(field: str, day: date) -> dict[str, Any]:
    return {f"{field}-day": str(day.day), f"{field}-month": str(day.month), f"{field}-year": str(day.year)}


@pytest.mark.usefixtures("una")
def test_somebody_is_invited_and_joins(app: Flask, browser: Browser, session: Session, world: World) -> None:
    page = browser.get(f"/accounts/new?organisation={world.school.uid}&role=practitioner")
    answers: dict[str, Any] = {
        "name": "Ola Grant",
        "email": "ola.grant@example.test",
        "post": "head",
        "works_as": "Head",
        "phone": "0161 496 0155",
    }

    page = browser.submit(page, "Invite", **answers, **days("issued", date(2026, 9, 1)))

    assert page.h1 == "A joining link for Ola Grant"
    link = page.texts(".cp-address")[0]
    joining = Browser(app).get(link.removeprefix("http://localhost"))
    assert joining.status == 200
    member = browser.get(page.link("Back to Ola Grant"))
    assert member.texts(".govuk-inset-text")[0].startswith("Ola Grant has not joined yet.")
    assert "Head" in member.html.get_text()


@pytest.mark.usefixtures("una")
def test_the_first_page_asks_where_and_as_what(browser: Browser, world: World) -> None:
    page = browser.submit(browser.get("/accounts/new"), "Continue")
    assert (page.status, page.errors) == (
        422, ["Choose where they work", "Choose what they will do in ContactPoint"])  # fmt: skip
    page = browser.submit(page, "Continue", organisation=str(world.school.uid), role="reviewer")
    assert page.errors == ["This role is held at the authority. Choose another role"]
    page = browser.submit(page, "Continue", organisation=str(world.council.uid), role="reviewer")
    assert (page.h1, page.texts(".govuk-caption-l")) == ("Whom do you invite?", ["Reviewer, Northvale Council"])


@pytest.mark.usefixtures("una")
def test_what_is_missing_from_an_invitation_is_said(browser: Browser, world: World) -> None:
    page = browser.get(f"/accounts/new?organisation={world.school.uid}&role=practitioner")

    page = browser.submit(page, "Invite", email="ola", phone="12", issued_on_day="31")

    assert (page.status, page.errors) == (422, [
        "Enter their name", "Enter a work email address, like name@school.example", "Choose their post",
        "Enter what they do", "Enter a telephone number, like 0161 496 0110, or leave it empty",
        "The day of issue must include a month and a year",
    ])  # fmt: skip


@pytest.mark.usefixtures("una")
def test_a_taken_email_gets_a_sentence(browser: Browser, world: World) -> None:
    page = browser.get(f"/accounts/new?organisation={world.council.uid}&role=reviewer")

    page = browser.submit(page, "Invite", name="Sam", email="Sam.Practitioner@example.test")

    assert page.errors == ["Somebody with this email address has an account. Look for them in the list of people"]
    assert page.html.select_one("[name=name]")["value"] == "Sam"  # type: ignore[index]


@pytest.mark.usefixtures("una")
def test_an_invitation_sent_twice_is_one(browser: Browser, session: Session, world: World) -> None:
    page = browser.get(f"/accounts/new?organisation={world.council.uid}&role=reviewer")
    browser.submit(page, "Invite", name="Ola Grant", email="ola@example.test")

    again = browser.submit(page, "Invite", name="Ola Grant", email="ola@example.test")

    assert again.status_line == "This invitation was made already. If its link is lost, print another."
    assert len(session.scalars(select(Account).where(Account.email == "ola@example.test")).all()) == 1


@pytest.mark.usefixtures("una")
def test_who_asked_is_invited_with_what_they_said_or_declined(browser: Browser, session: Session, world: World) -> None:
    for name in ("Ola Grant", "Kit Moor"):
        build.add(session, JoinRequest(name=name, email=f"{name[:3]}@example.test".lower(), post="head",
                                       organisation_id=world.school.id, asked_at=clock.now()))  # fmt: skip
    session.commit()
    page = browser.get("/accounts/requests")

    form = browser.get(page.link("Invite Ola Grant"))
    assert [form.html.select_one(f"[name={name}]")["value"] for name in ("name", "email")] == [  # type: ignore[index]
        "Ola Grant", "ola@example.test"]  # fmt: skip
    browser.submit(form, "Invite", works_as="Head")
    page = browser.submit(browser.get("/accounts/requests"), "Decline Kit Moor")

    assert (page.status_line, page.texts("main p")[-1]) == (
        "The request is declined.",
        "Nobody is waiting for an answer.",
    )
    assert session.scalars(select(JoinRequest.invited).order_by(JoinRequest.id)).all() == [True, False]
