"""What stands in the audit: ids and codes, and no word that tells of somebody."""

import re

from sqlalchemy.orm import Session

from cp.terms import Act
from tests.build import PASSWORD, Person, World
from tests.web import Browser, Page
from tests.whole.places import Places
from tests.whole.test_audit import FACTS, since

RANDOM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""An id, which may hold any four digits by chance, as salts and hashes may."""


def test_entries_hold_ids_and_codes_and_no_name(browser: Browser, session: Session, world: World, sam: Person) -> None:
    places = Places.make(session, world)
    page: Page = browser.submit(
        browser.get("/"), "Search", given_name="Amira", family_name="Siddiqui", postcode="ZA4 7QD",
        reason="working_with",
    )  # fmt: skip
    browser.get(page.link("Amira Siddiqui"))
    browser.get(f"/children/{places.child.uid}/print")
    browser.submit(browser.get(f"/involvements/{places.ids['involvement_uid']}/end"), "End involvement", how="mistake")
    browser.submit(browser.get("/account"), "Sign out")
    browser.submit(browser.get("/sign-in"), "Continue", email="x@y", password=PASSWORD)

    entries = since(session, 0)
    held = " ".join(
        RANDOM.sub("", str(value)) for entry in entries for name, value in vars(entry).items()
        if name not in {"salt", "leaf"}
    )  # fmt: skip

    assert {entry.act for entry in entries} >= {Act.SEARCH, Act.SEE_RESULTS, Act.OPEN_RECORD, Act.PRINT_RECORD,
                                                Act.WITHDRAW_INVOLVEMENT, Act.SIGN_IN, Act.SIGN_OUT}  # fmt: skip
    secrets = (*FACTS, "7QD", "2016", "Sam", "Okafor", "example.test", "x@y", "Hollin", places.child.number, "H999")
    assert [word for word in secrets if word.casefold() in held.casefold()] == []
