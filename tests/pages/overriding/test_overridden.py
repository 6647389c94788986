"""A record whose shield is looked through: what else is shown meanwhile, the minutes, every way out."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import SignedIn
from cp.models.child import Child
from cp.terms import Act
from tests import build
from tests.build import Person, World
from tests.pages.overriding.test_overriding import GO, WHY, acts, kept, override, seen
from tests.web import Browser, Page


def test_close_it_now(browser: Browser, session: Session, ola: Person, leo: Child) -> None:
    page = override(browser, leo)

    page = browser.submit(page, "Close it now")

    assert (page.url, page.status_line, seen(page)) == (f"/children/{leo.uid}", "The shield is closed again.", [])
    assert page.link(GO)
    assert kept(session).left_at == clocks.now()
    assert acts(session, Act.LEAVE_OVERRIDE) == [("leave_override", "allowed", "closed")]


@pytest.mark.parametrize(
    "path", ["/", "/involvements", "/account", "/help", "/privacy", "/nowhere", "/overrides", "/account/overrides",
             "/children/00000000-0000-0000-0000-000000000000", "/searches/new", "/sign-in/again"]
)  # fmt: skip
def test_any_other_page_leaves_it(browser: Browser, session: Session, ola: Person, leo: Child, path: str) -> None:
    override(browser, leo)

    browser.get(path)

    assert kept(session).left_at == clocks.now()
    assert acts(session, Act.LEAVE_OVERRIDE) == [("leave_override", "allowed", "left")]
    page = browser.get(f"/children/{leo.uid}")
    assert (seen(page), page.html.select(".cp-open")) == ([], [])


def test_another_childs_record_leaves_it(
    browser: Browser, session: Session, world: World, ola: Person, leo: Child
) -> None:
    other = build.child(session, world)
    session.commit()
    override(browser, leo)

    assert browser.get(f"/children/{other.uid}").h1 == "Why do you need to open this record?"

    assert kept(session).left_at is not None
    assert seen(browser.get(f"/children/{leo.uid}")) == []


def test_signing_out_leaves_it(browser: Browser, session: Session, ola: Person, leo: Child) -> None:
    page = override(browser, leo)

    browser.submit(page, "Sign out")

    assert kept(session).left_at == clocks.now()


def test_recording_ones_involvement_stays_on_the_record(
    browser: Browser, session: Session, ola: Person, leo: Child
) -> None:
    override(browser, leo)

    page = browser.get(f"/children/{leo.uid}/involvements/new")
    page = browser.submit(page, "Record involvement")
    assert page.status_line == "Your involvement with Leo is recorded."
    assert seen(page) != []
    page = browser.get(page.link("End or correct your involvement"))
    assert page.h1.startswith("End")

    assert kept(session).left_at is None
    assert seen(browser.get(f"/children/{leo.uid}")) != []


def test_staying_signed_in_leaves_nothing(browser: Browser, session: Session, ola: Person, leo: Child) -> None:
    page = override(browser, leo)
    fields = page.form("Stay signed in (F2)").fields

    assert browser.post("/sign-in/stay", fields, htmx=True).status == 200

    assert kept(session).left_at is None


def poll(browser: Browser, child: Child) -> Page:
    page = browser.get(f"/children/{child.uid}/override/left", headers={"HX-Request": "true"})
    assert seen(page) == []
    return page


def test_the_minutes_are_told_and_use_no_account(
    browser: Browser, session: Session, ola: Person, leo: Child, clock: time_machine.Traveller
) -> None:
    override(browser, leo)
    query = select(SignedIn.last_used_at, SignedIn.said).where(SignedIn.ended_at.is_(None))
    before = session.execute(query).one()
    said = []
    for _ in range(14):
        clock.shift(timedelta(minutes=1))
        page = poll(browser, leo)
        said.append((page.texts("#left")[0].split(" left")[0], *page.texts("#status")))

    assert said[0] == ("14 minutes",)
    assert said[-2:] == [("2 minutes", "Closes in 2 minutes."), ("1 minute",)]
    assert [one for one in said if len(one) > 1] == [("2 minutes", "Closes in 2 minutes.")]
    assert page.html.select_one("#left")["data-hx-trigger"] == "every 60s"  # type: ignore[index]
    session.rollback()
    assert session.execute(query).one() == before
    clock.shift(timedelta(minutes=1))
    assert poll(browser, leo).response.headers["HX-Redirect"] == "/sign-in"


def test_when_time_is_up_the_page_becomes_the_shielded_record(
    browser: Browser, session: Session, ola: Person, leo: Child, clock: time_machine.Traveller
) -> None:
    override(browser, leo)
    clock.shift(timedelta(minutes=14, seconds=30))
    assert seen(browser.get(f"/children/{leo.uid}")) != []
    assert poll(browser, leo).html.select_one("#left")["data-hx-trigger"] == "every 30s"  # type: ignore[index]
    clock.shift(timedelta(seconds=30))

    answer = poll(browser, leo).response
    assert (answer.status_code, answer.text) == (200, "")
    page = browser.get(answer.headers["HX-Redirect"])

    assert (page.status_line, seen(page)) == ("Time is up. The shield is closed again.", [])
    assert page.html.select(".cp-open") == []
    assert browser.get(f"/children/{leo.uid}/override/left").url == f"/children/{leo.uid}"
    assert kept(session).left_at is None


def test_the_minutes_of_nothing(browser: Browser, ola: Person, leo: Child) -> None:
    assert browser.get("/children/00000000-0000-0000-0000-000000000000/override/left").status == 404
    page = browser.get(f"/children/{leo.uid}/override/left")
    assert (page.url, page.h1, seen(page)) == (f"/children/{leo.uid}", "Leo Marchetti", [])


def test_printing_and_searching_show_nothing_of_it(browser: Browser, ola: Person, leo: Child) -> None:
    override(browser, leo)
    page = browser.get(f"/children/{leo.uid}/print")
    assert (page.status, page.h1, seen(page)) == (403, "This record is shielded", [])

    page = browser.submit(browser.get("/"), "Search", given_name="Leo", family_name="Marchetti", born_on_day="14",
                          born_on_month="3", born_on_year="2016", reason="working_with")  # fmt: skip
    assert page.texts(".cp-result h3") == ["Leo Marchetti"]
    assert seen(page) == []


def test_for_everybody_else_the_record_stays_shielded(
    app: Flask, browser: Browser, session: Session, world: World, ola: Person, leo: Child
) -> None:
    override(browser, leo)
    other = Browser(app)
    other.become(session, world.nia)

    page = other.submit(other.get(f"/children/{leo.uid}"), "Open the record", reason="may_need_help")

    assert (page.h1, seen(page), page.html.select(".cp-open")) == ("Leo Marchetti", [], [])


def test_a_block_of_the_record_obeys_the_time(
    browser: Browser, ola: Person, leo: Child, clock: time_machine.Traveller
) -> None:
    override(browser, leo)
    clock.shift(timedelta(minutes=14))
    form = browser.get(f"/children/{leo.uid}/involvements/new")
    clock.shift(timedelta(minutes=1))

    page = browser.submit(form, "Record involvement", htmx=True)

    assert (page.status, page.h1, seen(page)) == (403, "This record is shielded", [])


def test_sent_twice_it_is_one(browser: Browser, session: Session, ola: Person, leo: Child) -> None:
    form = browser.get(f"/children/{leo.uid}/override")
    first = browser.submit(form, GO, **WHY)

    again = browser.submit(form, GO, **WHY)

    assert (again.status, again.url, seen(again)) == (200, first.url, seen(first))
    kept(session)
    assert len(acts(session, Act.OVERRIDE)) == 1
