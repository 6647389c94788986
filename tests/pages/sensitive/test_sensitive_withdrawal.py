"""The page on which an entry of a sensitive service is withdrawn."""

from flask import Flask
from sqlalchemy.orm import Session

from cp.models.child import Child
from tests.build import Person, World
from tests.build_sensitive import Clinic, entry
from tests.pages.sensitive.test_sensitive import open_record
from tests.web import Browser


def test_withdrawing_takes_it_from_every_page(
    app: Flask, browser: Browser, session: Session, world: World, clinic: Clinic, amira: Child, kit: Person
) -> None:
    entry(session, clinic.kit, amira)
    session.commit()
    page = browser.get("/involvements")
    assert page.texts("section[aria-labelledby=apart-heading] h3") == ["Amira Siddiqui"]
    page = browser.get(page.link("Withdraw or end the entry for Amira Siddiqui"))
    assert (page.h1, page.texts("dd")) == ("Withdraw this entry", [
        "Kit Maddox, Vale Young People’s Clinic", "20 November 2026", "With the child’s own consent",
        "20 November 2026", "Kit Maddox", "20 November 2027",
    ])  # fmt: skip

    page = browser.submit(page, "Withdraw entry", why="consent")

    assert (page.h1, page.status_line) == ("My involvements", "The entry is gone. Nobody sees it any more.")
    assert page.texts("#apart-heading") == []
    assert open_record(browser, amira).texts("#apart") == []
    max_ = Browser(app)
    max_.become(session, world.max)
    assert open_record(max_, amira).texts("#apart") == []


def test_withdrawing_asks_why_and_counts_once(
    browser: Browser, session: Session, clinic: Clinic, amira: Child, kit: Person
) -> None:
    uid = entry(session, clinic.wren, amira)
    session.commit()
    page = browser.get(f"/involvements/sensitive/{uid}")

    assert browser.submit(page, "Withdraw entry").errors == ["Choose why it is withdrawn"]
    said = [browser.submit(page, "Withdraw entry", why="ended").status_line for _ in range(2)]

    assert said == ["The entry is gone. Nobody sees it any more."] * 2
    assert browser.get(f"/involvements/sensitive/{uid}").status == 404
