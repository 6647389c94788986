"""The form that asks for contact, filled in."""

from typing import Any

from cp.models.child import Child
from tests.web import Browser, Page

ANSWERS: dict[str, Any] = {"reason": "planning", "reach": "either"}


def ask(browser: Browser, child: Child, **answers: str) -> Page:
    return browser.submit(browser.get(f"/children/{child.uid}/contact"), "Ask for contact", **(ANSWERS | answers))
