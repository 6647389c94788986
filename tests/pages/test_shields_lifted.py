"""The management team's other pages of shields: all of them, one looked at again, one lifted by two people."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import SignedIn
from cp.models.child import Child
from cp.terms import Act, Role
from tests import build, build_shields
from tests.build import Person, World
from tests.build_shields import audited, fresh, send
from tests.web import Browser, Page


@pytest.fixture
def max_(browser: Browser, session: Session, world: World) -> Person:
    """Max, of the management team, signed in at `browser`."""
    browser.become(session, world.max)
    return world.max


@pytest.fixture
def may(app: Flask, session: Session, world: World) -> Browser:
    """May, of the team too, signed in at a browser of her own."""
    person = build_shields.may(session, world)
    session.commit()
    hers = Browser(app)
    hers.become(session, person)
    return hers


def test_the_record_says_who_answers_for_its_shield(
    browser: Browser, session: Session, world: World, max_: Person
) -> None:
    child = build_shields.shielded(session, world, world.max)
    unowned = build_shields.shielded(session, world, given_names="Leo", review_on=clocks.today())
    session.commit()

    def opened(child: Child) -> Page:
        page = browser.get(f"/children/{child.uid}")
        return browser.submit(page, "Open the record", reason="correcting_records")

    page = opened(child)
    assert page.texts(".govuk-inset-text > p") == [
        "Shielded since 23 November 2026. Domestic abuse. Owner Max Adeyemi. Review by 3 March 2027.",
        "Review the shield Lift the shield",
    ]
    assert "Who looks after Amira" in page.texts("h2")
    assert "Shield this record" not in page.texts("main a")
    assert opened(unowned).texts(".govuk-inset-text > p")[0] == (
        "Shielded since 23 November 2026. Domestic abuse. Nobody owns it yet. Review was due on 23 November 2026."
    )


def test_a_shield_is_kept(browser: Browser, session: Session, world: World, max_: Person) -> None:
    child = build_shields.shielded(session, world, review_on=clocks.today())
    session.commit()
    page = browser.get("/shields")
    assert page.texts(".govuk-tag") == ["Review due"]

    page = browser.get(page.link("Review the shield of Amira Siddiqui"))
    page = send(browser, page, "Keep the shield", **{"review-day": "1", "review-month": "2"})

    assert (page.url, page.status_line) == ("/shields", "The shield is kept. You are its owner.")
    assert page.texts(".cp-person > div:nth-child(3) > p")[0] == "Review by 1 February 2027"
    fresh(session)
    assert build_shields.row(session, child).owner_id == max_.account.id


def test_two_people_lift_a_shield(
    app: Flask, browser: Browser, session: Session, world: World, max_: Person, may: Browser
) -> None:
    child = build_shields.shielded(session, world, world.max)
    session.commit()
    where = f"/children/{child.uid}/shield/lift"

    page = browser.submit(browser.get(where), "Ask a colleague to agree")
    assert page.status_line == "You have asked to lift the shield. Another of the management team must agree."
    assert browser.get(where).texts("main form button")[-1] == "Take it back"
    hers = may.get(may.get("/shields").link("Lift the shield of Amira Siddiqui"))
    assert (
        "Max Adeyemi asked on 23 November 2026 at 10:42 to lift it. If you agree, it is lifted at once. Speak to "
        in (" ".join(hers.texts("main p")))
    )
    done = may.submit(hers, "Agree, and lift the shield")

    assert (done.url, done.status_line) == ("/shields", "The shield is lifted.")
    fresh(session)
    assert not child.shielded
    assert may.get(where).status_line == "This record is not shielded now. Nothing has changed."


def test_who_asked_cannot_agree_but_can_take_it_back(
    browser: Browser, session: Session, world: World, max_: Person, may: Browser
) -> None:
    child = build_shields.shielded(session, world, lift_asked_by=max_)
    session.commit()
    where = f"/children/{child.uid}/shield/lift"
    hers, mine = may.get(where), browser.get(where).form("Take it back")

    refused = browser.post(mine.action, mine.fields | {"step": "agree"})
    back = browser.post(mine.action, mine.fields)
    late = may.submit(hers, "Agree, and lift the shield")

    assert (refused.status, refused.h1) == (403, "Another of the management team has to agree")
    assert back.status_line == "You no longer ask to lift the shield. It stays."
    assert (late.url, late.status_line) == (where, "Nobody asks to lift this shield any longer. Nothing has changed.")
    fresh(session)
    assert child.shielded


def test_two_who_agree_at_once_lift_it_once(
    app: Flask, browser: Browser, session: Session, world: World, max_: Person, may: Browser
) -> None:
    asker = build.person(session, world.council, "Mo Third", "mo.manager", Role.MANAGEMENT_TEAM)
    child = build_shields.shielded(session, world, lift_asked_by=asker)
    session.commit()
    where = f"/children/{child.uid}/shield/lift"
    mine, hers = browser.get(where), may.get(where)

    first, second = browser.submit(mine, "Agree, and lift the shield"), may.submit(hers, "Agree, and lift the shield")
    again = browser.submit(mine, "Agree, and lift the shield")

    assert [page.status_line for page in (first, second, again)] == [
        "The shield is lifted.", "This record is not shielded now. Nothing has changed.", "The shield is lifted.",
    ]  # fmt: skip
    assert len(audited(session, Act.LIFT_SHIELD)) == 1


def test_two_who_ask_at_once_are_shown_who_was_first(
    browser: Browser, session: Session, world: World, max_: Person, may: Browser
) -> None:
    child = build_shields.shielded(session, world)
    session.commit()
    where = f"/children/{child.uid}/shield/lift"
    mine, hers = browser.get(where), may.get(where)
    browser.submit(mine, "Ask a colleague to agree")

    late = may.submit(hers, "Ask a colleague to agree")

    assert (late.url, late.status_line) == (
        where, "Somebody was faster and has asked already. It needs only your agreement.",
    )  # fmt: skip


def test_lifting_asks_for_a_code_and_setting_does_not(
    browser: Browser, session: Session, world: World, max_: Person
) -> None:
    child, other = (
        build_shields.shielded(session, world),
        build_shields.child(session, world, "Zofia", home=None, phone=None),
    )
    session.commit()
    page, new = browser.get(f"/children/{child.uid}/shield/lift"), browser.get(f"/children/{other.uid}/shield")
    long_ago = clocks.now() - timedelta(minutes=6)
    for signed_in in session.scalars(select(SignedIn).where(SignedIn.account_id == max_.account.id)):
        signed_in.factor_at = long_ago
    session.commit()

    asked = browser.submit(page, "Ask a colleague to agree")
    shielded = send(browser, new, "Shield now", ground="adoption", asked="child")

    assert asked.url == "/sign-in/again"
    assert shielded.status_line == "1 record is shielded."
    assert audited(session, Act.ASK_LIFT) == []


def urls(child: UUID) -> list[tuple[str, str]]:
    at = f"/children/{child}/shield"
    return [("GET", "/shields"), ("GET", at), ("POST", at), ("GET", f"{at}/keep"), ("POST", f"{at}/keep"),
            ("GET", f"{at}/lift"), ("POST", f"{at}/lift")]  # fmt: skip


def statuses(browser: Browser, child: UUID) -> list[int]:
    token = browser.token()
    return [
        (browser.get(url) if method == "GET" else browser.post(url, {"csrf_token": token})).status
        for method, url in urls(child)
    ]


@pytest.mark.parametrize("who", ["sam", "una", "rex"])
def test_nobody_but_the_team_comes_here(browser: Browser, session: Session, world: World, who: str) -> None:
    child = build_shields.shielded(session, world)
    session.commit()
    browser.become(session, getattr(world, who))

    assert statuses(browser, child.uid) == [403] * 7


def test_another_authoritys_team_does_nothing_here(app: Flask, session: Session, world: World) -> None:
    _, eve = build_shields.elsewhere(session)
    child = build_shields.shielded(session, world)
    session.commit()
    hers = Browser(app)
    hers.become(session, eve)

    assert statuses(hers, child.uid) == [200] + [403] * 6
    assert "Amira" not in hers.get("/shields").response.text


def test_what_is_not_there_reads_as_such(browser: Browser, session: Session, world: World, max_: Person) -> None:
    gone = build_shields.shielded(session, world, state="archived")
    session.commit()

    assert statuses(browser, UUID(int=0)) == statuses(browser, gone.uid) == [200] + [404] * 6


def test_a_long_list_comes_by_the_page(browser: Browser, session: Session, world: World, max_: Person) -> None:
    for number in range(51):
        build.child(session, world, given_names=f"N{number:02}", shielded=True)
    session.commit()

    page = browser.get("/shields")
    after = browser.get(page.link("Those after"))

    assert (len(page.texts(".cp-person")), len(after.texts(".cp-person"))) == (50, 1)
    assert page.texts("main p.govuk-body")[0].endswith("This is page 1 of 2.")
    assert browser.get("/shields?page=9").texts("main p.govuk-body")[0] == "There are no more."


def test_no_shields_no_list(browser: Browser, max_: Person, world: World) -> None:
    assert browser.get("/shields").texts("main p.govuk-body") == [
        "No record of Northvale Council is shielded. You shield one from its own page.",
        "Old identities, and records for protected children",
        "The line about other services",
    ]
