"""What a reviewer asks, and what they read."""

from typing import Any

from tests.web import Browser, Page


def rows(page: Page) -> list[str]:
    return page.texts(".cp-person")


def asked(browser: Browser, **typed: Any) -> Page:
    return browser.submit(browser.get("/log/new"), "Read the log", **typed)
