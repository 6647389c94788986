"""What the team waits for has pages: nothing is out of reach, and what waits for an answer stands first."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from cp import clock
from cp.services import paging
from cp.terms import Column
from tests import build, build_telling
from tests.build import World
from tests.build_identities import asked_to_join, derived, may, sealed
from tests.web import Browser


@pytest.fixture(autouse=True)
def team(browser: Browser, session: Session, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Max at the browser, with two on a page."""
    monkeypatch.setattr(paging, "A_PAGE", 2)
    browser.become(session, world.max)


def names(browser: Browser, address: str, of: str) -> list[list[str]]:
    """What each of the pages lists; beyond the last one, nothing."""
    first = browser.get(address)
    second = browser.get(first.link("Those after"))
    assert "Those after" not in second.texts("a")
    assert [page.texts("nav[aria-label=Pages] span") for page in (first, second)] == [["Page 1 of 2"], ["Page 2 of 2"]]
    assert " (page 2 of 2) – ContactPoint" in second.texts("title")[0]
    assert browser.get(second.link("Those before")).texts(of) == first.texts(of)
    beyond = browser.get(f"{address}?page=3")
    assert "This page of the list is empty." in beyond.texts("p")
    assert "page 3" not in beyond.html.text
    return [first.texts(of), second.texts(of)]


def test_changes_that_somebody_told(browser: Browser, session: Session, world: World) -> None:
    for at, name in enumerate(("Zara", "Yusuf", "Amira")):
        child = build.child(session, world, given_names=name)
        due_on = clock.today() + timedelta(days=at)
        session.add(build_telling.change(child, world.sam, due_on=due_on))
    session.commit()

    found = names(browser, "/changes", ".cp-person h2")

    assert found == [["Zara Siddiqui", "Yusuf Siddiqui"], ["Amira Siddiqui"]]


def test_children_whom_somebody_told_us_about(browser: Browser, session: Session, world: World) -> None:
    for name in ("Zara", "Yusuf", "Amira"):
        build_telling.told(session, world.sam, build_telling.AMIRA | {Column.GIVEN_NAMES: name})
    session.commit()

    found = names(browser, "/review/told", ".cp-person h2")

    assert [[one.partition(" ")[0] for one in page] for page in found] == [["Zara", "Yusuf"], ["Amira"]]


def test_records_that_wait_to_be_joined(browser: Browser, session: Session, world: World) -> None:
    second, kept = may(session, world), derived(session, world, "ZA4 7QD")
    for postcode in ("ZA1 2AB", "ZA1 2AC", "ZA1 2AD"):
        asked_to_join(session, kept, derived(session, world, postcode), second)
    session.commit()

    assert [len(one) for one in names(browser, "/children/merges", ".cp-person")] == [2, 1]


def test_an_old_identity_that_waits_for_an_answer_stands_first(
    browser: Browser, session: Session, world: World
) -> None:
    second = may(session, world)
    asked = {"opening_asked_by_id": second.account.id, "opening_asked_at": clock.now()}
    for at, given in enumerate((asked, {}, {})):
        asked_at, child = clock.now() + timedelta(days=at - 9), derived(session, world, "ZA1 2AB")
        sealed(session, child, second, world.max, asked_at=asked_at, **given)
    session.commit()

    found = names(browser, "/old-identities", ".cp-person button")

    assert [[one.partition(",")[0] for one in page] for page in found] == [
        ["Agree to open it", "Ask to open it"], ["Ask to open it"],
    ]  # fmt: skip
