"""The forms of a person's own side: signing in with more than a code, joining, what an account needs."""

from datetime import date

from sqlalchemy.orm import Session

from cp.models import Account, RoleGrant
from cp.services import links
from cp.terms import LinkKind, Role
from tests import build
from tests.build import PASSWORD, World
from tests.pages.naughty import Asked, Opened
from tests.web import Browser


def again(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(browser.get("/sign-in/again"), "Continue", {})


def role(browser: Browser, session: Session, world: World) -> Asked:
    build.add(session, RoleGrant(account_id=world.ade.account.id, role=Role.REVIEWER, starts_on=date(2026, 1, 5)))
    session.commit()
    return Asked(browser.sign_in(session, world.ade), "Continue", {"role": "reviewer"})


def link(session: Session, world: World, kind: LinkKind) -> str:
    token = links.make(session, world.sam.account, kind, None)
    session.commit()
    return f"/join/{token}"


def password(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(browser.get(link(session, world, LinkKind.PASSWORD)), "Continue", {})


def new_authenticator(browser: Browser, session: Session, world: World) -> Asked:
    page = browser.get(link(session, world, LinkKind.FACTOR))
    return Asked(browser.submit(page, "Continue", password=PASSWORD), "Continue", {})


def procedures(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(browser.get("/account/procedures"), "I have read the procedures", {})


def training(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(browser.get("/account/training"), "Record training", {})


def agreement(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.lou)
    account = session.get_one(Account, world.lou.account.id)
    account.procedures_read_on, account.agreement_version = date(2026, 11, 23), None
    session.commit()
    return Asked(browser.get("/account/agreement"), "Sign the agreement", {})


def change_password(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(browser.get("/account/password"), "Change password", {"old": PASSWORD})


ASKING = {"name": "Tess Arkwright", "email": "tess@example.test", "organisation": "Hollin Bank Primary School"}


def ask(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(browser.get("/join"), "Continue", ASKING)


def ask_in_which_post(browser: Browser, session: Session, world: World) -> Asked:
    page = browser.get("/join")
    page = browser.post("/join", page.form("Continue").fields | ASKING)
    return Asked(page, "Ask for an account", {"post": "head"})


FORMS: list[Opened] = [
    again, role, password, new_authenticator, procedures, training, agreement, change_password, ask, ask_in_which_post,
]  # fmt: skip
