"""The forms of whoever disputes a fact, and of whoever decides."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Dispute
from cp.models.child import Child
from cp.rules.derive import Value
from cp.terms import Disputable
from tests import build, build_disputes
from tests.build import World
from tests.build_identities import derived
from tests.pages.naughty import Asked, Opened
from tests.pages.test_record import open_record
from tests.web import Browser

BORN = {"born_on-day": "15", "born_on-month": "3", "born_on-year": "2016"}


def something_is_wrong(browser: Browser, session: Session, world: World) -> Asked:
    child = derived(session, world, "ZA4 7QD")
    browser.become(session, world.sam)
    page = open_record(browser, child)
    form = browser.get(page.link("Something here is wrong"))
    code = form.html.select_one("input[name=fact]")
    assert code is not None
    return Asked(form, "Send to the management team", {"fact": str(code["value"]), "told_by": "child"})


def take_back(browser: Browser, session: Session, world: World) -> Asked:
    build_disputes.row(session, build.child(session, world), world.sam)
    browser.become(session, world.sam)
    return Asked(browser.get("/involvements/disputes"), "Take it back: date of birth of Amira Siddiqui", {})


def _dispute(session: Session, world: World, fact: Disputable, value: Value) -> tuple[Child, UUID]:
    child = derived(session, world, "ZA4 7QD")
    return child, build_disputes.row(session, child, world.sam, value=value, fact=fact)[0]


def take_dispute(browser: Browser, session: Session, world: World) -> Asked:
    _, uid = _dispute(session, world, Disputable.BORN_ON, ("2016-03-14",))
    browser.become(session, world.max)
    return Asked(browser.get(f"/disputes/{uid}"), "Take this dispute", {})


def _decide(browser: Browser, session: Session, world: World, fact: Disputable, value: Value,
            answers: dict[str, str]) -> Asked:  # fmt: skip
    _, uid = _dispute(session, world, fact, value)
    one = session.scalars(select(Dispute).where(Dispute.uid == uid)).one()
    one.owner_id = world.max.account.id
    browser.become(session, world.max)
    return Asked(browser.get(f"/disputes/{uid}"), "Decide", {"finding": "wrong"} | answers)


def decide_name(browser: Browser, session: Session, world: World) -> Asked:
    answers = {"given_names": "Amira", "family_name": "Khan"}
    return _decide(browser, session, world, Disputable.NAME, ("Amira", "Siddiqui"), answers)


def decide_birth(browser: Browser, session: Session, world: World) -> Asked:
    return _decide(browser, session, world, Disputable.BORN_ON, (date(2016, 3, 14).isoformat(),), BORN)


def decide_address(browser: Browser, session: Session, world: World) -> Asked:
    answers = {"address_1": "1 New Street", "town": "Northvale", "postcode": "ZA9 9ZZ"}
    value = ("Northvale", "ZA4 7QD", "18 Tanner’s Row", "Hollin Bank")
    return _decide(browser, session, world, Disputable.ADDRESS, value, answers)


def decide_carer(browser: Browser, session: Session, world: World) -> Asked:
    answers = {"carer_name": "Farah Siddiqui", "carer_phone": "0161 496 0164"}
    return _decide(browser, session, world, Disputable.CARER, ("Farah Siddiqui", "+441614960163"), answers)


FORMS: list[Opened] = [
    something_is_wrong, take_back, take_dispute, decide_name, decide_birth, decide_address, decide_carer,
]  # fmt: skip
