"""The forms by which a child or a parent is answered, and by which something is given out."""

from sqlalchemy.orm import Session

from cp.terms import Asking
from tests import build_disclosures, build_families, build_shields
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.pages.naughty_protecting import at
from tests.web import Browser


def family_request(browser: Browser, session: Session, world: World) -> Asked:
    page = at(browser, session, world.max, build_families.child_of_14(session, world), "request")
    answers = {"about": "looks", "name": "Farah Siddiqui", "requester": "parent_with_responsibility",
               "identity": "passport", "responsibility": "court_order", "safe": "safe"}  # fmt: skip
    return Asked(page, "Continue", answers)


def release_copy(browser: Browser, session: Session, world: World) -> Asked:
    may = build_shields.may(session, world)
    one = build_families.request(session, may, build_families.child_of_14(session, world), Asking.COPY)
    session.commit()
    browser.become(session, world.max)
    return Asked(browser.get(f"/requests/{one.uid}"), "Keep my answer", {"answer": "release"})


def disclose(browser: Browser, session: Session, world: World) -> Asked:
    may = build_shields.may(session, world)
    page = at(browser, session, world.max, build_families.child_of_14(session, world), "disclose")
    return Asked(page, "Ask for approval", build_disclosures.ANSWERS | {"approver": str(may.account.uid)})


def approve_disclosure(browser: Browser, session: Session, world: World) -> Asked:
    may = build_shields.may(session, world)
    one = build_disclosures.disclosure(session, build_families.child_of_14(session, world), may, world.max)
    session.commit()
    browser.become(session, world.max)
    return Asked(browser.get(f"/disclosures/{one.uid}"), "Keep my answer", {"answer": "approve"})


FORMS: list[Opened] = [family_request, release_copy, disclose, approve_disclosure]
