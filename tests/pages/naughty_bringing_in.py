"""The forms of whoever brings an authority's schools in: whom to contact there, and contacts made."""

from sqlalchemy.orm import Session

from tests import build_schools
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.web import Browser

PERSON = {"name": "Jo Bell", "post": "Bursar", "phone": "0161 496 0115"}
MADE = {
    "when-day": "23", "when-month": "11", "when-year": "2026", "whom": "nobody", "by": "phone", "outcome": "asked_us",
    "next_step": "call", "by_when-day": "1", "by_when-month": "12", "by_when-year": "2026",
}  # fmt: skip


def _of_school(
    browser: Browser, session: Session, world: World, path: str, button: str, answers: dict[str, str]
) -> Asked:
    contact = build_schools.contact(session, world.school)
    made = build_schools.made(session, world.school, world.ivy)
    browser.become(session, world.ivy)
    where = path.format(contact=contact.uid, made=made.uid)
    return Asked(browser.get(f"/implementation/schools/{world.school.uid}{where}"), button, answers)


def contact_at_school(browser: Browser, session: Session, world: World) -> Asked:
    return _of_school(browser, session, world, "/contacts/new", "Save", PERSON)


def change_school_contact(browser: Browser, session: Session, world: World) -> Asked:
    return _of_school(browser, session, world, "/contacts/{contact}", "Save", PERSON)


def remove_school_contact(browser: Browser, session: Session, world: World) -> Asked:
    return _of_school(browser, session, world, "/contacts/{contact}/removal", "Remove", {})


def log_contact(browser: Browser, session: Session, world: World) -> Asked:
    return _of_school(browser, session, world, "/log/new", "Save", MADE)


def next_step_done(browser: Browser, session: Session, world: World) -> Asked:
    return _of_school(browser, session, world, "", "Done", {})


def take_contact_back(browser: Browser, session: Session, world: World) -> Asked:
    return _of_school(browser, session, world, "/log/{made}/taking-back", "Take it back", {})


FORMS: list[Opened] = [
    contact_at_school, change_school_contact, remove_school_contact, log_contact, next_step_done, take_contact_back,
]  # fmt: skip
