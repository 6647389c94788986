"""The forms of suppliers, of whoever reviews what they sent, and of whoever lets other systems send."""

from sqlalchemy.orm import Session

from cp.terms import ChangeKind, Role, SupplyState
from tests import build, build_machines, build_supply
from tests.build import World
from tests.build_live import live
from tests.build_supply import AMIRA, IFEOMA, csv_of
from tests.build_telling import change as told_of
from tests.build_telling import give_reason, told
from tests.pages.naughty import Asked, Opened
from tests.web import Browser, Page

FEW = ("Legal Surname", "Forename", "DOB")
PUPIL = {
    "given_names": "Amira", "family_name": "Siddiqui", "born_on-day": "14", "born_on-month": "3",
    "born_on-year": "2016", "gender": "female",
}  # fmt: skip


def _supplier(browser: Browser, session: Session, world: World) -> None:
    sue = build.person(session, live(session, world.school), "Sue Lambert", "sue.supplier", Role.SUPPLIER)
    session.commit()
    browser.become(session, sue)


def choose_file(browser: Browser, session: Session, world: World) -> Asked:
    _supplier(browser, session, world)
    return Asked(browser.get("/supply"), "Check this file", {"whole": "no"})


def pupil(browser: Browser, session: Session, world: World) -> Asked:
    _supplier(browser, session, world)
    return Asked(browser.get("/supply/pupil"), "Send this pupil", PUPIL)


def leaver(browser: Browser, session: Session, world: World) -> Asked:
    _supplier(browser, session, world)
    day = {"left_on-day": "20", "left_on-month": "11", "left_on-year": "2026"}
    return Asked(browser.get("/supply/left"), "Say that this pupil has left", {"row_key": "000417", **day})


def _of_file(browser: Browser, session: Session, world: World, state: SupplyState, path: str, button: str) -> Asked:
    _supplier(browser, session, world)
    few = csv_of({name: IFEOMA[name] for name in FEW}, headings=FEW)
    file = build_supply.at(session, world.school, state, few)
    return Asked(browser.get(f"/supply/files/{file.uid}{path}"), button, {})


def meanings(browser: Browser, session: Session, world: World) -> Asked:
    return _of_file(browser, session, world, SupplyState.COLUMNS, "/columns", "Check the rows")


def send_rows(browser: Browser, session: Session, world: World) -> Asked:
    return _of_file(browser, session, world, SupplyState.CHECKED, "", "Send the 1 ready row")


def stop_file(browser: Browser, session: Session, world: World) -> Asked:
    return _of_file(browser, session, world, SupplyState.SENDING, "", "Stop")


def undo_file(browser: Browser, session: Session, world: World) -> Asked:
    return _of_file(browser, session, world, SupplyState.SENT, "/undo", "Undo 0 rows")


def pair(browser: Browser, session: Session, world: World) -> Asked:
    build_supply.send(session, world.school, AMIRA)
    other = build.organisation(session, world.authority, name="Ashgrove Prep")
    bare = {name: AMIRA[name] for name in (*FEW, "Sex")}
    build_supply.send(session, other, bare | {"Adno": "9"})
    browser.become(session, world.max)
    return Asked(browser.get("/review"), "Save and show the next pair", {"answer": "later"})


def system(browser: Browser, session: Session, world: World) -> Asked:
    head = build.person(session, world.school, "Hana Head", "head.systems", Role.ACCOUNT_MANAGER)
    session.commit()
    browser.become(session, head)
    page = browser.get(f"/services/{world.school.uid}/systems/new")
    return Asked(page, "Make the secret", {"name": "SIMS", "months": "12"})


def revoke_system(browser: Browser, session: Session, world: World) -> Asked:
    system(browser, session, world)
    build_machines.credential(session, world.school)
    return Asked(browser.get(f"/systems/{build_machines.newest(session).uid}/revoke"), "Revoke it", {})


def _of_supplier(browser: Browser, session: Session, world: World, page: str) -> Page:
    browser.become(session, world.max)
    return browser.get(f"/suppliers/{world.school.uid}/{page}")


def frequency(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(_of_supplier(browser, session, world, "frequency"), "Save", {"often": "weekly"})


def thresholds(browser: Browser, session: Session, world: World) -> Asked:
    page = _of_supplier(browser, session, world, "thresholds")
    return Asked(page, "Continue", {"join": "34", "look": "12"})


def thresholds_again(browser: Browser, session: Session, world: World) -> Asked:
    page = browser.submit(_of_supplier(browser, session, world, "thresholds"), "Continue", join="34", look="12")
    return Asked(page, "Change it", {})


def telling(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(
        browser.get("/told/new"), "Tell the management team", PUPIL | {"why": "lives_here", "postcode": "ZA4 7QD"}
    )


def told_child(browser: Browser, session: Session, world: World) -> Asked:
    row = told(session, world.nia)
    browser.become(session, world.max)
    return Asked(browser.get(f"/review/told/{row.uid}"), "Save", {"answer": "held"})


def change(browser: Browser, session: Session, world: World) -> Asked:
    child = build.child(session, world)
    give_reason(session, child, world.sam)
    browser.become(session, world.sam)
    return Asked(browser.get(f"/children/{child.uid}/changes/new"), "Tell the management team",
                 {"what": "moved_away", "to": "abroad"})  # fmt: skip


def told_change(browser: Browser, session: Session, world: World) -> Asked:
    one = build.add(session, told_of(build.child(session, world), world.nia, ChangeKind.DIED))
    browser.become(session, world.max)
    return Asked(browser.get(f"/changes/{one.uid}"), "Save",
                 {"answer": "true", "died_on-day": "1", "died_on-month": "11", "died_on-year": "2026"})  # fmt: skip


FORMS: list[Opened] = [
    choose_file, pupil, leaver, meanings, send_rows, stop_file, undo_file, pair, frequency, thresholds,
    thresholds_again, system, revoke_system, telling, told_child, change, told_change,
]  # fmt: skip
