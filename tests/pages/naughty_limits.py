"""The forms past a limit, those that set it and answer it, and a reviewer's."""

from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.terms import Act
from tests import build, build_watched
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.pages.test_record import open_record
from tests.web import Browser


def past(browser: Browser, session: Session, world: World, soft: int, hard: int) -> Child:
    """A child whom Sam may not open, or not yet."""
    build_watched.limits(session, world.authority, soft, hard)
    first, second = build.child(session, world), build.child(session, world)
    build_watched.did(session, world.sam, Act.OPEN_RECORD, first.subject_id)
    session.commit()
    browser.become(session, world.sam)
    return second


def more(browser: Browser, session: Session, world: World) -> Asked:
    page = open_record(browser, past(browser, session, world, 1, 40))
    return Asked(page, "Open the record", {"more": "duty_desk"})


def urgent(browser: Browser, session: Session, world: World) -> Asked:
    page = open_record(browser, past(browser, session, world, 40, 1))
    return Asked(page, "It cannot wait: open this record", {})


def limits(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.una)
    return Asked(browser.get("/accounts/limits"), "Save the limits", {"soft": "30", "hard": "100"})


def answer(browser: Browser, session: Session, world: World) -> Asked:
    past(Browser(browser.client.application), session, world, 40, 1)
    browser.become(session, world.una)
    page = browser.get(f"/accounts/{world.sam.account.uid}/limit")
    return Asked(page, "Save your answer", {"answer": "more"})


def finding(browser: Browser, session: Session, world: World) -> Asked:
    alert = build_watched.alert(session, world.sam)
    session.commit()
    browser.become(session, world.rex)
    return Asked(browser.get(f"/alerts/{alert.uid}"), "Close this alert", {"finding": "in_order"})


FORMS: list[Opened] = [more, urgent, limits, answer, finding]
