"""The forms of those who bring authorities and schools in."""

from sqlalchemy.orm import Session

from tests import build_phases
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.web import Browser

BEGINS = {"access_from-day": "1", "access_from-month": "3", "access_from-year": "2027"}
DAYS = {f"{name}-{part}": value for name in ("data_from", "shields_from")
        for part, value in (("day", "1"), ("month", "2"), ("year", "2027"))}  # fmt: skip


def phase(browser: Browser, session: Session, world: World) -> Asked:
    there = build_phases.authority(session)
    browser.become(session, world.ade)
    page = browser.get(f"/implementation/phases/{there.uid}")
    return Asked(page, "Save", {"region": "london", "phase": "2"} | DAYS | BEGINS)


def partner(browser: Browser, session: Session, world: World) -> Asked:
    charity = build_phases.charity(session, world)
    browser.become(session, world.ade)
    return Asked(browser.get(f"/implementation/phases/partners/{charity.uid}"), "Save", {"phase": "2"} | BEGINS)


def carry_on(browser: Browser, session: Session, world: World) -> Asked:
    build_phases.before(session, world)
    browser.become(session, world.ivy)
    page = browser.get(f"/implementation/schools/{world.school.uid}/before")
    return Asked(page, "Take over from Ashgrove Prep", {})


FORMS: list[Opened] = [phase, partner, carry_on]
