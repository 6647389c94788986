"""The forms by which an archived record is found, asked for and agreed to."""

from datetime import date

from sqlalchemy.orm import Session

from tests import build, build_retention, build_shields
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.web import Browser

LATER = date(2025, 5, 1)


def find_archived(browser: Browser, session: Session, world: World) -> Asked:
    child = build_retention.archived(session, build.child(session, world), LATER)
    browser.become(session, world.max)
    return Asked(browser.get("/archive"), "Find the record", {"number": child.number, "why": "section_47"})


def find_archived_by_name(browser: Browser, session: Session, world: World) -> Asked:
    asked = find_archived(browser, session, world)
    born = {"born-day": "14", "born-month": "3", "born-year": "2016"}
    return Asked(asked.page, asked.button, {"given": "Amira", "family": "Siddiqui", "why": "section_47"} | born)


def ask_to_read_archived(browser: Browser, session: Session, world: World) -> Asked:
    may = build_shields.may(session, world)
    child = build_retention.archived(session, build.child(session, world), LATER)
    one = build_retention.reading(session, child, world.max)
    browser.become(session, world.max)
    answers = {"purpose": "child_death", "second": str(may.account.uid)}
    return Asked(browser.get(f"/archive/{one.uid}/ask"), "Ask them to agree", answers)


def answer_archived(browser: Browser, session: Session, world: World) -> Asked:
    may = build_shields.may(session, world)
    child = build_retention.archived(session, build.child(session, world), LATER)
    one = build_retention.reading(session, child, may, world.max)
    browser.become(session, world.max)
    return Asked(browser.get(f"/archive/{one.uid}/answer"), "Agree", {"answer": "agree"})


FORMS: list[Opened] = [find_archived, find_archived_by_name, ask_to_read_archived, answer_archived]
