"""Whose records end next month: by number and reason, of one's own authority, and no old identity."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules.number import shown
from cp.services.retention import going
from cp.terms import RecordState
from tests import build, build_identities, build_retention
from tests.build import World
from tests.build_retention import held, left, stay
from tests.web import Browser, Page

WITHIN = date(2008, 12, 22)
"""Born on it, somebody is 18 on the last day of the month from 23 November 2026."""


def child(session: Session, world: World, **given: Any) -> Child:
    return build_retention.plain(session, world, **given)


def listed(browser: Browser, session: Session, world: World) -> Page:
    browser.become(session, world.max)
    return browser.get("/ending")


def lines(page: Page) -> list[tuple[str, ...]]:
    return [
        tuple(cell.get_text(" ", strip=True) for cell in row.select("th, td")) for row in page.html.select("tbody tr")
    ]


def test_each_reason_is_said_with_its_day_and_number(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    may = build_identities.may(session, world)
    grown = child(session, world, born_on=WITHIN)
    dead = child(session, world, died_on=date(2025, 12, 1))
    gone = build.child(session, world)
    left(session, gone, from_on=date(2023, 12, 2))
    stays = child(session, world, born_on=date(2005, 12, 3))
    stay(session, world, stays, 21)
    old, kept = (build_retention.archived(session, child(session, world), date(2020, 12, 4)) for _ in range(2))
    held(session, kept, world.max, may, ends_on=date(2026, 12, 5))

    page = listed(browser, session, world)

    assert lines(page) == [
        (shown(dead.number), "1 December 2026", "Goes to the archive", "A year since the death"),
        (shown(gone.number), "2 December 2026", "Goes to the archive",
         "Left the area, and the time for coming back is over"),
        (shown(stays.number), "3 December 2026", "Goes to the archive",
         "The birthday until which they agreed to stay"),
        (shown(old.number), "4 December 2026", "Is destroyed", "Six years in the archive"),
        (shown(kept.number), "5 December 2026", "Is destroyed", "The hold has ended"),
        (shown(grown.number), "22 December 2026", "Goes to the archive", "18 years old"),
    ]  # fmt: skip
    assert page.texts("main p")[0] == (
        "Before 23 December 2026, 4 records go to the archive, and 2 archived records are destroyed. It happens by "
        "itself."
    )
    assert grown.given_names not in page.html.select("main")[0].get_text()


@pytest.mark.parametrize(
    "given",
    [
        {"born_on": WITHIN + timedelta(days=1)},
        {"born_on": WITHIN, "state": RecordState.SEALED},
        {"born_on": WITHIN, "state": RecordState.MERGED},
    ],
    ids=["a day later", "an old identity", "joined into another"],
)
def test_nobody_else_is_listed(browser: Browser, session: Session, world: World, given: dict[str, Any]) -> None:
    child(session, world, **given)

    page = listed(browser, session, world)

    assert lines(page) == []
    assert "Before 23 December 2026, no record goes to the archive and none is destroyed." in page.texts("main p")[0]


def test_another_authoritys_records_are_its_own(browser: Browser, session: Session, world: World) -> None:
    elsewhere, _ = build_identities.elsewhere(session)
    child(session, world, born_on=WITHIN, authority_id=elsewhere.id)

    assert lines(listed(browser, session, world)) == []


def test_what_waited_for_a_night_that_did_not_come_goes_today(browser: Browser, session: Session, world: World) -> None:
    child(session, world, born_on=date(2008, 11, 1))

    assert [line[1] for line in lines(listed(browser, session, world))] == ["23 November 2026"]


def test_a_long_month_has_pages(
    browser: Browser, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(going, "A_PAGE", 2)
    made = [child(session, world, born_on=WITHIN - timedelta(days=2 - at)) for at in range(3)]

    first = listed(browser, session, world)
    second, third = browser.get(first.link("Those after")), browser.get("/ending?page=3")

    assert [len(lines(page)) for page in (first, second, third)] == [2, 1, 0]
    assert lines(second)[0][0] == shown(made[2].number)
    assert "There are no more." in third.texts("main p")


def test_the_list_leads_to_the_record_and_to_holds(browser: Browser, session: Session, world: World) -> None:
    one = child(session, world, born_on=WITHIN)

    page = listed(browser, session, world)

    assert page.link(shown(one.number)) == f"/children/{one.uid}"
    assert [page.link(words) for words in ("Hold a record back", "Records held back", "Find an archived record")] == [
        "/holds/new", "/holds", "/archive",
    ]  # fmt: skip
