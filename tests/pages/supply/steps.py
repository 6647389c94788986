"""A supplier's way through the pages, each step as a person takes it."""

from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from tests.build_supply import AMIRA, IFEOMA, JACK, csv_of, work
from tests.web import Browser, Page

WRONG = IFEOMA | {"DOB": "31/02/2015"}
UNUSUAL = JACK | {"PostCode": "nowhere"}
"""It can be sent without its postcode."""


def chosen(browser: Browser, data: bytes, name: str = "autumn-roll.csv", whole: str = "no") -> Page:
    """A file was chosen: its columns, or the first page with what is the matter."""
    return browser.submit(browser.get("/supply"), "Check this file", file=(BytesIO(data), name), whole=whole)


def confirmed(browser: Browser, data: bytes = csv_of(AMIRA, JACK), **answers: Any) -> Page:
    """Its columns were confirmed: what is wrong in its rows."""
    return browser.submit(chosen(browser, data, whole=answers.pop("whole", "no")), "Check the rows", **answers)


def sending(browser: Browser, data: bytes = csv_of(AMIRA, JACK), button: str = "Send the 2 ready rows") -> Page:
    return browser.submit(confirmed(browser, data), button)


def sent(browser: Browser, session: Session, data: bytes = csv_of(AMIRA, JACK)) -> Page:
    """The report of two rows."""
    page = sending(browser, data)
    worked(session)
    return browser.get(page.url)


def worked(session: Session) -> None:
    """The worker has done what was due; this session sees what the browser has done since it last looked."""
    session.commit()
    session.expire_all()
    work(session)


def rows(page: Page, selector: str = "main tbody tr") -> list[list[str]]:
    """The cells of a table, in the order in which they are read."""
    return [[" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in page.html.select(selector)]
