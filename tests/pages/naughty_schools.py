"""The forms of implementation: a school's own six questions, and the link that they are asked by."""

from functools import partial

from sqlalchemy.orm import Session

from tests.build import World
from tests.build_school_form import TYPED, link
from tests.pages.naughty import Asked, Opened
from tests.web import Browser


def _question(browser: Browser, session: Session, world: World, number: int) -> Asked:
    return Asked(browser.get(f"/school/{link(session, world)}/{number}"), "Save and continue", TYPED[number])


def _named(number: int, name: str) -> Opened:
    opened = partial(_question, number=number)
    opened.__name__ = name  # type: ignore[attr-defined]
    return opened


def school_link(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.ivy)
    return Asked(browser.get(f"/implementation/schools/{world.school.uid}/link"), "Make the link", {})


NAMES = ("school_contact", "school_system", "school_wish", "school_staff", "school_training", "school_session")
FORMS: list[Opened] = [*(_named(number, name) for number, name in enumerate(NAMES, 1)), school_link]
