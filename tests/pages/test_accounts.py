"""A manager's pages: who is stuck, inviting somebody, what an account needs, what may be given."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Approval, AuditEvent
from cp.terms import Act, Role
from tests import build
from tests.build import PASSWORD, Person, World
from tests.web import Browser, Page, code_now


@pytest.fixture
def una(browser: Browser, session: Session, world: World) -> Person:
    browser.become(session, world.una)
    return world.una


def as_(app: Flask, session: Session, person: Person) -> Browser:
    browser = Browser(app)
    browser.become(session, person)
    return browser


def account(browser: Browser, person: Person, path: str = "") -> Page:
    return browser.get(f"/accounts/{person.account.uid}{path}")


def days(field: str, day: date) -> dict[str, Any]:
    return {f"{field}-day": str(day.day), f"{field}-month": str(day.month), f"{field}-year": str(day.year)}


@pytest.mark.usefixtures("una")
def test_a_manager_begins_at_the_list_of_people(browser: Browser, session: Session, world: World) -> None:
    build.child(session, world)
    session.commit()

    page = browser.get("/sign-in")

    assert page.h1 == "Accounts"
    assert page.texts("nav[aria-label=Menu] li") == ["Accounts", "Services", "Account", "Help"]
    assert page.texts("tbody tr")[0] == (
        "Lou MarshHollin Bank Primary School Practitioner 20 November 2026 Enhanced check not in date"
    )
    assert "5 people can see children here: 5000.0 for each 1,000 children" in page.texts("main li")


@pytest.mark.usefixtures("una")
def test_somebody_is_found_by_name_and_the_name_stands_in_no_address(browser: Browser) -> None:
    page = browser.submit(browser.get("/accounts"), "Find", name="okaf")

    assert (page.texts("tbody a"), page.texts("caption")) == (["Sam Okafor"], ["1 person found"])
    page = browser.submit(browser.get("/accounts"), "Find", name="")
    assert (page.status, page.errors) == (422, ["Enter some letters of the name"])


@pytest.mark.usefixtures("una")
@pytest.mark.parametrize("query", ["shown=x", "page=0", "page=-1", "page=99999999", "page=²", "organisation=x"])
def test_an_address_somebody_changed_lists_everybody(browser: Browser, query: str) -> None:
    assert browser.get(f"/accounts?{query}").status == 200


@pytest.mark.usefixtures("una")
def test_a_check_a_suspension_and_a_leaver_are_recorded(browser: Browser, session: Session, world: World) -> None:
    page = browser.submit(
        account(browser, world.lou, "/check"), "Record the check", **days("issued", date(2026, 11, 2))
    )
    assert (page.status_line, page.h1) == ("The new check is recorded.", "Lou Marsh")

    page = browser.submit(account(browser, world.lou, "/suspend"), "Suspend the account")
    assert page.errors == ["Choose why this account is suspended"]
    page = browser.submit(page, "Suspend the account", because="long_leave")
    assert page.texts(".govuk-inset-text") == ["This account is suspended since 23 November 2026: long leave."]
    page = browser.submit(page, "Open this account again")
    assert page.status_line == "The account is open again."

    assert world.lou.practitioner is not None
    build.involvement(session, build.child(session, world), world.lou.practitioner)
    session.commit()
    page = account(browser, world.lou, "/close")
    assert "1 involvement will have to be handed over." in page.texts("main p")[1]
    page = browser.submit(page, "Close the account", **days("last", date(2026, 11, 23)))
    assert (page.status_line, page.texts(".govuk-inset-text")) == (
        "The account is closed.", ["This account was closed on 23 November 2026: left."])  # fmt: skip


@pytest.mark.usefixtures("una")
def test_a_suspended_person_is_out_at_their_next_click(app: Flask, browser: Browser, session: Session, world: World,
                                                       clock: time_machine.Traveller) -> None:  # fmt: skip
    sams = as_(app, session, world.sam)
    assert sams.get("/").h1 == "Find a child"

    browser.submit(account(browser, world.sam, "/suspend"), "Suspend the account", because="unusual_use")

    assert sams.get("/").h1 == "Sign in"
    clock.shift(timedelta(minutes=1))
    page = sams.submit(sams.get("/sign-in"), "Continue", email=world.sam.email, password=PASSWORD)
    assert page.errors == ["Email address or password is wrong"]


@pytest.mark.usefixtures("una")
def test_somebody_moves_and_starts_anew(browser: Browser, world: World) -> None:
    page = browser.submit(account(browser, world.sam, "/move"), "Continue")
    assert (page.status, page.errors) == (422, ["Choose where they work now"])
    page = browser.submit(page, "Continue", organisation=str(world.health.uid))
    assert page.h1 == "Move to Vale Community Health"

    page = browser.submit(page, "Move", post="registered_professional", works_as="School nurse")

    assert page.texts(".govuk-caption-l") == ["Vale Community Health"]


@pytest.mark.usefixtures("una")
def test_a_role_is_given_and_ended(browser: Browser, world: World) -> None:
    page = browser.submit(account(browser, world.rex, "/grant"), "Continue")
    assert (page.status, page.errors) == (422, ["Choose what you want to give"])
    page = browser.submit(page, "Continue", what="implementation_manager")
    page = browser.submit(page, "Give the role")
    assert page.status_line == "The role is given."

    page = browser.submit(account(browser, world.rex, "/end"), "End it", what="implementation_manager")
    assert page.status_line == "It has ended, and they are signed out."
    page = browser.submit(account(browser, world.rex, "/end"), "End it")
    assert page.errors == ["Choose what should end"]


@pytest.mark.usefixtures("una")
def test_the_last_manager_cannot_be_closed(browser: Browser, session: Session, world: World, app: Flask) -> None:
    world.una.account.opened_on = None
    session.commit()

    page = browser.submit(
        account(browser, world.amir, "/close"), "Close the account", **days("last", date(2026, 11, 23))
    )

    assert page.errors == ["Amir Patel is the last account manager here. Make another one first"]


@pytest.mark.usefixtures("una")
def test_two_managers_answering_at_once(app: Flask, browser: Browser, session: Session, world: World) -> None:
    zoe = build.person(session, world.council, "Zoe Third", "zoe.third", Role.ACCOUNT_MANAGER)
    session.commit()
    page = browser.submit(account(browser, world.rex, "/grant?what=management_team"), "Ask a second manager")
    assert page.status_line == "A second manager has to agree. Nothing is given until then."
    assert browser.get("/approvals").texts(".cp-person > p") == ["Waits for another manager"]
    first, second = as_(app, session, world.amir), as_(app, session, zoe)
    seen = [one.get("/approvals") for one in (first, second)]

    said = [first.submit(seen[0], "Agree, for Rex Hale"), second.submit(seen[1], "Decline, for Rex Hale")]

    assert [page.status_line for page in said] == [
        "You agreed. It counts from now.", "Nothing has changed: somebody else had agreed already."]  # fmt: skip
    assert session.scalars(select(Approval.agreed)).all() == [True]


@pytest.mark.usefixtures("una")
def test_a_link_is_shown_once_to_be_handed_over(browser: Browser, world: World) -> None:
    page = account(browser, world.sam, "/link")
    assert browser.submit(page, "Print the link").errors == ["Choose what the link is for"]

    page = browser.submit(page, "Print the link", kind="password")

    assert page.h1 == "A link for a forgotten password for Sam Okafor"
    assert "/join/" in page.texts(".cp-address")[0]
    assert page.response.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("una")
def test_a_grave_act_asks_for_a_code_and_then_goes_on(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    page = account(browser, world.rex, "/grant?what=implementation_manager")
    clock.shift(timedelta(minutes=6))

    page = browser.submit(page, "Give the role")
    assert page.h1 == "Enter your security code"
    page = browser.submit(page, "Continue", code=code_now(world.una))
    assert page.h1 == "Implementation manager"
    assert browser.submit(page, "Give the role").status_line == "The role is given."


@pytest.mark.usefixtures("una")
def test_the_file_is_kept_and_says_what_it_is(
    browser: Browser, session: Session, clock: time_machine.Traveller
) -> None:
    answer = browser.client.get("/accounts.csv")

    assert (answer.mimetype, answer.headers["Content-Disposition"]) == (
        "text/csv", 'attachment; filename="accounts-2026-11-23.csv"')  # fmt: skip
    assert answer.data.startswith(b"\xef\xbb\xbfname,email")
    assert session.scalars(select(AuditEvent.results).where(AuditEvent.act == Act.EXPORT_ACCOUNTS)).all() == [10]
    clock.shift(timedelta(minutes=6))
    assert browser.get("/accounts.csv").h1 == "Enter your security code"


@pytest.mark.usefixtures("una")
def test_what_a_person_would_see_is_an_invented_child(browser: Browser, world: World) -> None:
    page = account(browser, world.sam, "/sees")

    assert page.h1 == "What would Sam Okafor see?"
    assert page.texts("h3") == ["A child whose record is open", "A child whose record is shielded"]
    assert "1 Example Street" in page.texts("section")[0]
    assert "1 Example Street" not in page.texts("section")[1]
    assert account(browser, world.lou, "/sees").texts("section p") == ["Nothing: enhanced check not in date."] * 2


@pytest.mark.usefixtures("una")
def test_ones_own_account_and_one_elsewhere(browser: Browser, world: World) -> None:
    page = account(browser, world.una)
    assert "This is your own account. Another manager changes it." in page.texts("main p")
    assert account(browser, world.una, "/check").status == 200
    answer = browser.submit(account(browser, world.una, "/suspend"), "Suspend the account", because="own_wish")
    assert answer.status == 403

    assert account(browser, world.ade).status == 404
    assert browser.get("/accounts/00000000-0000-0000-0000-000000000000").status == 404
