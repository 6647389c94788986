"""The forms by which a way of sending is offered and agreed, and a test file judged."""

from sqlalchemy.orm import Session

from tests.build import World
from tests.build_live import live
from tests.build_trials import tried
from tests.pages.naughty import Asked, Opened
from tests.web import Browser, Page


def _of_school(browser: Browser, session: Session, world: World, page: str) -> Page:
    browser.become(session, world.ivy)
    return browser.get(f"/implementation/schools/{world.school.uid}/{page}")


def offer_means(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(_of_school(browser, session, world, "means/offer"), "Save as offered", {"means": "folder"})


def agree_means(browser: Browser, session: Session, world: World) -> Asked:
    live(session, world.school)
    session.commit()
    return Asked(_of_school(browser, session, world, "means/agree"), "Save", {"often": "monthly"})


def judge_file(browser: Browser, session: Session, world: World) -> Asked:
    tried(session, world.school)
    return Asked(_of_school(browser, session, world, "test-file"), "Save", {"said": "another", "facts": "yes"})


FORMS: list[Opened] = [offer_means, agree_means, judge_file]
