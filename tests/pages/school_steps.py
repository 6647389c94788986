"""A manager's way through one school's page, each step as a person takes it."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from cp.models import Organisation
from cp.terms import Role
from tests import build
from tests.build import World
from tests.web import Browser, Page

JO: dict[str, Any] = {"name": "Jo Bell", "post": "Bursar", "phone": "0161 496 0115", "email": "jo.bell@example.test"}
CALLED: dict[str, Any] = {
    "whom": "nobody", "by": "phone", "outcome": "duty_explained", "next_step": "hear", "by_when_on_day": "1",
    "by_when_on_month": "12", "by_when_on_year": "2026",
}  # fmt: skip


def shown(browser: Browser, school: Organisation) -> Page:
    return browser.get(f"/implementation/schools/{school.uid}")


def adding(browser: Browser, school: Organisation, **answers: Any) -> Page:
    """Jo Bell, or somebody else, as a contact."""
    return browser.submit(browser.get(shown(browser, school).link("Add a contact")), "Save", **(JO | answers))


def writing(browser: Browser, school: Organisation) -> Page:
    return browser.get(shown(browser, school).link("Write down a contact"))


def facts(page: Page) -> dict[str, str]:
    return dict(zip(page.texts("dt"), page.texts("dd.govuk-summary-list__value"), strict=True))


def another(app: Flask, session: Session, world: World) -> Browser:
    """The browser of a second manager of the same authority."""
    ian = build.person(session, world.council, "Ian Two", "ian.two", Role.IMPLEMENTATION_MANAGER)
    session.commit()
    other = Browser(app)
    other.become(session, ian)
    return other
