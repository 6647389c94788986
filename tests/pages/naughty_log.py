"""A reviewer's forms of the log."""

from sqlalchemy.orm import Session

from tests import build
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.web import Browser


def what_to_read(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.rex)
    typed = {"person": "sam.practitioner@example.test", "number": "", "what": "searches",
             "since-day": "20", "since-month": "11", "since-year": "2026"}  # fmt: skip
    return Asked(browser.get("/log/new"), "Read the log", typed)


def criteria(browser: Browser, session: Session, world: World) -> Asked:
    search = build.search(session, world.sam)
    browser.become(session, world.rex)
    return Asked(browser.get(f"/log/searches/{search.uid}"), "Show what was searched for", {"reason": "alert"})


FORMS: list[Opened] = [what_to_read, criteria]
