"""Somebody with several roles says in which they work today, and is nobody before that."""

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp.models import AuditEvent, RoleGrant
from cp.terms import Act, Role
from tests import build
from tests.build import Person, World
from tests.web import Browser, Page, code_now

QUESTION = "What are you working as today?"
EARLIER, TODAY = date(2026, 1, 5), date(2026, 11, 23)


def grant(session: Session, person: Person, role: Role, starts_on: date = EARLIER, **given: object) -> RoleGrant:
    made = build.add(session, RoleGrant(account_id=person.account.id, role=role, starts_on=starts_on, **given))
    session.commit()
    return made  # type: ignore[no-any-return]


@pytest.fixture
def both(session: Session, world: World) -> Person:
    """Sam, who also assists Nia."""
    grant(session, world.sam, Role.ASSISTANT, principal_id=world.nia.account.id, ends_on=date(2027, 1, 5))
    return world.sam


def choose(browser: Browser, page: Page, role: Role) -> Page:
    return browser.submit(page, "Continue", role=role.value)


def test_each_role_in_force_is_offered_and_an_assistants_names_the_principal(
    browser: Browser, session: Session, both: Person
) -> None:
    page = browser.sign_in(session, both)

    assert (page.h1, page.url) == (QUESTION, "/sign-in/role")
    assert page.texts(".govuk-radios__label") == [
        "Practitioner", "Assistant to Nia Pritchard, Vale Community Health",
    ]  # fmt: skip
    assert page.html.select("input[checked]") == []


@pytest.mark.parametrize(
    ("role", "acts"), [(Role.PRACTITIONER, None), (Role.ASSISTANT, "nia")], ids=["as themselves", "for Nia"]
)
def test_what_is_chosen_holds(
    browser: Browser, session: Session, world: World, both: Person, role: Role, acts: str | None
) -> None:
    page = choose(browser, browser.sign_in(session, both), role)

    assert page.h1 == "Find a child"
    session.rollback()
    (entry,) = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.CHOOSE_ROLE)).all()
    assert (entry.account_id, entry.role, entry.reason) == (both.account.uid, role, role)
    assert entry.principal_id == (world.nia.account.uid if acts else None)


def test_nobody_is_signed_in_before_choosing(browser: Browser, session: Session, both: Person) -> None:
    page = browser.sign_in(session, both)
    assert page.html.select(".govuk-service-navigation") == []

    for path in ("/", "/account", "/involvements", "/sign-in/again"):
        assert browser.get(path).h1 == QUESTION
    answer = browser.client.get("/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/sign-in/role"
    assert browser.get("/help").h1 == "Help"


@pytest.mark.parametrize("answer", ["", "account_manager", "nothing", "a" * 10_000])
def test_only_a_role_in_force_may_be_chosen(browser: Browser, session: Session, both: Person, answer: str) -> None:
    page = browser.submit(browser.sign_in(session, both), "Continue", role=answer)

    assert (page.status, page.errors) == (422, ["Choose what you are working as today"])
    assert browser.get("/").h1 == QUESTION


def test_a_role_that_ends_meanwhile_cannot_be_chosen(browser: Browser, session: Session, both: Person) -> None:
    page = browser.sign_in(session, both)
    session.execute(update(RoleGrant).where(RoleGrant.role == Role.ASSISTANT).values(ends_on=TODAY))
    session.commit()

    page = choose(browser, page, Role.ASSISTANT)

    assert page.status == 422
    assert page.texts(".govuk-radios__label") == ["Practitioner"]


@pytest.mark.parametrize(
    "given", [{"ends_on": TODAY}, {"starts_on": TODAY + timedelta(days=1)}], ids=["over", "not yet"]
)
def test_one_role_in_force_is_not_asked_about(
    browser: Browser, session: Session, world: World, given: dict[str, date]
) -> None:
    grant(session, world.sam, Role.REVIEWER, **given)

    assert browser.sign_in(session, world.sam).h1 == "Find a child"


def test_the_role_left_when_the_code_is_given_is_the_one(browser: Browser, session: Session, both: Person) -> None:
    page = browser.submit(browser.get("/sign-in"), "Continue", email=both.email, password=build.PASSWORD)
    theirs = update(RoleGrant).where(RoleGrant.account_id == both.account.id)
    session.execute(theirs.where(RoleGrant.role == Role.ASSISTANT).values(ends_on=TODAY))
    session.execute(theirs.where(RoleGrant.role == Role.PRACTITIONER).values(role=Role.REVIEWER))
    session.commit()

    page = browser.submit(page, "Sign in", code=code_now(both))

    assert page.h1 != QUESTION
    assert browser.get("/account").h1 == "Your account"


def test_whoever_need_not_choose_is_led_on(app: Flask, browser: Browser, sam: Person) -> None:
    assert browser.get("/sign-in/role").h1 == "Find a child"
    assert Browser(app).get("/sign-in/role").h1 == "Sign in"


def test_somebody_else_signs_the_half_way_one_out(browser: Browser, session: Session, both: Person) -> None:
    page = browser.submit(browser.sign_in(session, both), "Sign out")

    assert page.h1 == "Sign in"
    assert browser.get("/sign-in/role").h1 == "Sign in"


def test_what_was_typed_waits_for_the_choice(
    browser: Browser, session: Session, both: Person, clock: time_machine.Traveller
) -> None:
    form = choose(browser, browser.sign_in(session, both), Role.PRACTITIONER)
    clock.shift(timedelta(minutes=16))
    browser.submit(form, "Search", given_name="Amira", family_name="O’Hara", reason="working_with")

    page = choose(browser, browser.sign_in(session, both), Role.PRACTITIONER)

    assert page.html.select_one("#family_name")["value"] == "O’Hara"  # type: ignore[index]


def test_the_choice_waits_as_long_as_any_page(
    browser: Browser, session: Session, both: Person, clock: time_machine.Traveller
) -> None:
    page = browser.sign_in(session, both)
    clock.shift(timedelta(minutes=15))

    assert choose(browser, page, Role.PRACTITIONER).h1 == "Sign in"
