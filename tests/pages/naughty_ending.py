"""The forms by which a record is held back, and by which a young person stays."""

from datetime import date

from sqlalchemy.orm import Session

from tests import build_identities, build_retention
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.pages.naughty_protecting import at
from tests.web import Browser

HELD = {"reason": "court", "reference": "HX 12", "ends-day": "1", "ends-month": "5", "ends-year": "2027"}
STAYS = {"ground": "care_leaver", "until": "21", "given-day": "20", "given-month": "11", "given-year": "2026",
         "told": "yes"}  # fmt: skip
SOON = date(2008, 11, 24)


def hold(browser: Browser, session: Session, world: World) -> Asked:
    may = build_identities.may(session, world)
    child = build_retention.plain(session, world)
    browser.become(session, world.max)
    answers = HELD | {"number": child.number, "second": str(may.account.uid)}
    return Asked(browser.get("/holds/new"), "Ask for agreement", answers)


def agree_hold(browser: Browser, session: Session, world: World) -> Asked:
    may = build_identities.may(session, world)
    one = build_retention.held(session, build_retention.plain(session, world), may, world.max, agreed_at=None)
    browser.become(session, world.max)
    return Asked(browser.get(f"/holds/{one.uid}"), "Keep my answer", {"answer": "agree"})


def take_hold_back(browser: Browser, session: Session, world: World) -> Asked:
    may = build_identities.may(session, world)
    one = build_retention.held(session, build_retention.plain(session, world), world.max, may, agreed_at=None)
    browser.become(session, world.max)
    return Asked(browser.get(f"/holds/{one.uid}"), "Take it back", {})


def end_hold(browser: Browser, session: Session, world: World) -> Asked:
    may = build_identities.may(session, world)
    one = build_retention.held(session, build_retention.plain(session, world), may, world.max)
    browser.become(session, world.max)
    return Asked(browser.get(f"/holds/{one.uid}"), "Ask that it end today", {})


def agree_to_end(browser: Browser, session: Session, world: World) -> Asked:
    may = build_identities.may(session, world)
    ending = {"end_asked_by_id": may.account.id}
    one = build_retention.held(session, build_retention.plain(session, world), may, world.max, **ending)
    browser.become(session, world.max)
    return Asked(browser.get(f"/holds/{one.uid}"), "Keep my answer", {"answer": "end"})


def stay_on(browser: Browser, session: Session, world: World) -> Asked:
    page = at(browser, session, world.max, build_retention.plain(session, world, born_on=SOON), "stay")
    return Asked(page, "Keep this consent", STAYS)


def stay_no_longer(browser: Browser, session: Session, world: World) -> Asked:
    child = build_retention.plain(session, world, born_on=SOON)
    build_retention.stay(session, world, child, 21)
    return Asked(at(browser, session, world.max, child, "stay"), "End this consent", {})


FORMS: list[Opened] = [hold, agree_hold, take_hold_back, end_hold, agree_to_end, stay_on, stay_no_longer]
