"""A manager lets another system send: its secret is shown once, and stops it when it has got about."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, MachineCredential
from cp.terms import Act, OrganisationKind, Role
from tests import build, build_machines
from tests.build import Person, World
from tests.build_live import live
from tests.build_machines import AMIRA, send
from tests.web import Browser, Page, code_now


@pytest.fixture
def hana(browser: Browser, session: Session, world: World) -> Person:
    """Runs the accounts of Sam's school, signed in at `browser`."""
    live(session, world.school)
    made = build.person(session, world.school, "Hana Head", "hana.head", Role.ACCOUNT_MANAGER)
    browser.become(session, made)
    return made


def systems(browser: Browser) -> Page:
    page = browser.get("/services")
    return browser.get(page.link("Systems that send for Hollin Bank Primary School"))


def made(browser: Browser) -> Page:
    page = browser.get(systems(browser).link("Add a system"))
    return browser.submit(page, "Make the secret", name="SIMS", months="12")


def secret_of(page: Page) -> str:
    return page.texts("#secret")[0]


def test_a_secret_is_made_shown_once_and_sends(
    app: Flask, browser: Browser, session: Session, world: World, hana: Person
) -> None:
    page = made(browser)

    assert page.h1 == "Copy the secret now"
    assert send(app.test_client(), secret_of(page), AMIRA).status_code == 202
    later = systems(browser)
    assert secret_of(page) not in later.response.text
    assert later.texts("tbody td") == [
        "23 November 2026, Hana Head", "23 November 2026", "Works, ends on 23 November 2027. Revoke SIMS",
    ]  # fmt: skip
    one = build_machines.newest(session)
    assert (one.organisation_id, one.name, secret_of(page).encode() in one.secret_hash) == (
        world.school.id, "SIMS", False,
    )  # fmt: skip
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.MAKE_CREDENTIAL)).one()
    assert (entry.object_id, entry.account_id) == (one.uid, hana.account.uid)


def test_sending_the_form_twice_makes_one_and_shows_its_secret_once(
    browser: Browser, session: Session, hana: Person
) -> None:
    form = browser.get(systems(browser).link("Add a system"))

    first, second = (browser.submit(form, "Make the secret", name="SIMS", months="3") for _ in range(2))

    assert (first.h1, second.h1) == ("Copy the secret now", "Systems that send")
    assert second.status_line == (
        "The credential was made when you pressed the button first. Its secret was shown then, and is not shown again."
    )
    assert len(session.scalars(select(MachineCredential.id)).all()) == 1


@pytest.mark.parametrize(
    ("name", "months", "errors"),
    [
        ("", "", ["Enter the name of the system", "Choose how long it may send"]),
        ("a" * 61, "12", ["Name of the system must be 60 characters or fewer"]),
        ("SIMS", "13", ["Choose how long it may send"]),
    ],
)
def test_what_is_missing_is_said_by_its_field_and_the_rest_is_kept(
    browser: Browser, hana: Person, name: str, months: str, errors: list[str]
) -> None:
    form = browser.get(systems(browser).link("Add a system"))

    page = browser.submit(form, "Make the secret", name=name, months=months)

    assert (page.status, page.errors) == (422, errors)
    assert page.html.select("#name")[0]["value"] == name


def test_it_takes_a_fresh_code_and_what_was_typed_comes_back(
    browser: Browser, session: Session, hana: Person, clock: time_machine.Traveller
) -> None:
    form = browser.get(systems(browser).link("Add a system"))
    clock.shift(timedelta(minutes=6))

    page = browser.submit(form, "Make the secret", name="SIMS", months="6")
    assert session.scalars(select(MachineCredential.id)).all() == []
    page = browser.submit(page, "Continue", code=code_now(hana))

    assert page.status_line == "What you typed is below, and nothing was added yet."
    assert page.html.select("#name")[0]["value"] == "SIMS"
    assert browser.submit(page, "Make the secret").h1 == "Copy the secret now"


def test_whoever_sees_that_a_secret_has_got_about_stops_it_at_once(
    app: Flask, browser: Browser, session: Session, hana: Person, clock: time_machine.Traveller
) -> None:
    secret = secret_of(made(browser))
    clock.shift(timedelta(minutes=6))

    sure = browser.get(systems(browser).link("Revoke SIMS"))
    page = browser.submit(sure, "Revoke it")

    assert (sure.h1, page.status_line) == (
        "Before you revoke it",
        "It is revoked. The system can send nothing any more.",
    )
    assert page.texts("tbody td")[-1] == "Revoked on 23 November 2026"
    assert send(app.test_client(), secret, AMIRA).status_code == 401
    assert browser.submit(sure, "Revoke it").status_line == "It was revoked before."
    assert len(session.scalars(select(AuditEvent.id).where(AuditEvent.act == Act.REVOKE_CREDENTIAL)).all()) == 1


def test_one_that_has_ended_says_so(browser: Browser, session: Session, world: World, hana: Person) -> None:
    build_machines.credential(session, world.school, ends_on=clocks.today())

    assert systems(browser).texts("tbody td") == [
        "23 November 2026, at the server",
        "Never",
        "Ended on 23 November 2026",
    ]


def test_an_organisation_that_sends_no_lists_has_none(browser: Browser, session: Session, world: World) -> None:
    charity = build.organisation(session, world.authority, OrganisationKind.CHARITY, name="Vale Youth Club")
    browser.become(session, build.person(session, charity, "Kim Head", "kim.head", Role.ACCOUNT_MANAGER))

    assert [words for words in browser.get("/services").texts("main a") if "Systems" in words] == []
    page = browser.get(f"/services/{charity.uid}/systems")
    assert page.texts("main p") == ["Vale Youth Club sends no lists of children, so no system can send for it."]
    assert browser.get(f"/services/{charity.uid}/systems/new").status == 404
    fields = {"csrf_token": browser.token(), "name": "SIMS", "months": "3"}
    assert browser.post(f"/services/{charity.uid}/systems", fields).status == 404
