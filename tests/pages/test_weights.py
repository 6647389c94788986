"""What the four pages of the main job weigh on the way to a school's old computer."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cp.services import find
from tests import build
from tests.build import World
from tests.pages.test_record import open_record, whole
from tests.web import Browser, Page
from tools.steps import ROOT

KB = 1000
FIRST, REQUESTS, REPEAT = 45 * KB, 5, 6 * KB
DIST = ROOT / "static/dist"

Visit = Callable[[Browser, Session, World], Page]
NAMES = ("Aisha", "Bilal", "Chloe", "Daniyal", "Ebony", "Fatima", "George", "Harpreet", "Ibrahim", "Jasmine")


def sign_in(browser: Browser, session: Session, world: World) -> Page:
    return browser.get("/sign-in")


def form(browser: Browser, session: Session, world: World) -> Page:
    browser.become(session, world.sam)
    return browser.get("/")


def results(browser: Browser, session: Session, world: World) -> Page:
    for name in NAMES:
        child = build.child(session, world, given_names=name, family_name="Abernathy")
        build.address(session, child)
        find.reindex(session, child.id)
    session.commit()
    page = form(browser, session, world)
    page = browser.submit(page, "Search", family_name="Abernathie", born_on_day="14", born_on_month="3",
                          born_on_year="2016", reason="working_with")  # fmt: skip
    assert len(page.html.select(".cp-result")) == 10
    return page


def record(browser: Browser, session: Session, world: World) -> Page:
    browser.become(session, world.sam)
    return open_record(browser, whole(session, world))


def record_of_14(browser: Browser, session: Session, world: World) -> Page:
    browser.become(session, world.sam)
    child = whole(session, world)
    for number in range(12):
        worker = build.practitioner(session, world.council, f"Worker Number-{number} of the Many", role="Social worker")
        build.involvement(session, child, worker, started_on=date(2026, 5, number + 1))
    session.commit()
    page = open_record(browser, child)
    assert len(page.html.select("#involvements > .cp-people--tight > li")) == 14
    return page


@pytest.mark.parametrize("visit", [sign_in, form, results, record, record_of_14])
def test_a_page_is_light_the_first_time_and_very_light_after_that(
    browser: Browser, session: Session, world: World, visit: Visit
) -> None:
    page = visit(browser, session, world)

    answer = browser.client.get(page.url, headers={"Accept-Encoding": "gzip, deflate, br"})
    parts = [tag.get("src") or tag["href"] for tag in page.html.select("script[src], link[href], img[src]")]
    weights = [(DIST / f"{str(part).removeprefix('/static/')}.br").stat().st_size for part in parts]

    assert answer.status_code == 200
    assert 1 + len(parts) <= REQUESTS
    assert len(answer.data) + sum(weights) <= FIRST
    assert len(answer.data) <= REPEAT
