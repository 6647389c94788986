"""The forms of a person's own side: signing in with more than a code, joining, what an account needs."""

from datetime import date

from sqlalchemy.orm import Session

from cp.models import RoleGrant
from cp.terms import Role
from tests import build
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.web import Browser


def again(browser: Browser, session: Session, world: World) -> Asked:
    browser.sign_in(session, world.sam)
    return Asked(browser.get("/sign-in/again"), "Continue", {})


def role(browser: Browser, session: Session, world: World) -> Asked:
    build.add(session, RoleGrant(account_id=world.sam.account.id, role=Role.REVIEWER, starts_on=date(2026, 1, 5)))
    session.commit()
    return Asked(browser.sign_in(session, world.sam), "Continue", {"role": "reviewer"})


FORMS: list[Opened] = [again, role]
