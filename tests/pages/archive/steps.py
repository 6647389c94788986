"""What a person of the team does with the archive, step by step."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import ArchiveReading, AuditEvent
from cp.models.child import Child
from cp.terms import Act
from tests.build import Person
from tests.build_retention import entries
from tests.web import Browser, Page

BORN = {"born-day": "14", "born-month": "3", "born-year": "2008"}


def find(browser: Browser, **answers: Any) -> Page:
    page = browser.get("/archive")
    form = page.form("Find the record")
    return browser.post(form.action, form.fields | {"why": "section_47"} | answers)


def by_name(browser: Browser, given: str = "Amira", family: str = "Siddiqui", **answers: Any) -> Page:
    return find(browser, given=given, family=family, **BORN | answers)


def ask(browser: Browser, child: Child, second: Person, why: str = "section_47") -> Page:
    page = find(browser, number=child.number, why=why)
    return browser.submit(page, "Ask them to agree", second=str(second.account.uid))


def answer(browser: Browser, button: str = "Agree") -> Page:
    link = browser.get("/archive").html.select_one("a[href$=answer]")
    assert link is not None
    return browser.submit(browser.get(str(link["href"])), button)


def found(session: Session) -> list[AuditEvent]:
    session.rollback()
    return entries(session, Act.FIND_ARCHIVED)


def uid(session: Session) -> str:
    session.rollback()
    return str(session.scalars(select(ArchiveReading.uid)).one())


def status(browser: Browser, session: Session) -> int:
    return browser.get(f"/archive/{uid(session)}").status
