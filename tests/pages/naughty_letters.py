"""The forms of letters to schools, and the public one that tells whom to call."""

from sqlalchemy.orm import Session

from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.web import Browser


def local_contact(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(browser.get("/local-contact"), "Find my contact", {"school": "hollin", "postcode": "ZA1"})


def letters(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.ivy)
    return Asked(browser.get("/implementation/letters/new?letter=first"), "Continue", {})


def letters_again(browser: Browser, session: Session, world: World) -> Asked:
    asked = letters(browser, session, world)
    return Asked(browser.submit(asked.page, "Continue"), "Make the letters to print", {"way": "printed"})


FORMS: list[Opened] = [local_contact, letters, letters_again]
