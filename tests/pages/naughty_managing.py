"""The forms of a manager's side: inviting, an account's life, the review, hand-over."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Approval, JoinRequest
from cp.terms import Role
from tests import build
from tests.build import World
from tests.pages.naughty import Asked, Opened
from tests.web import Browser

DAY = {"day": "1", "month": "9", "year": "2026"}


def manager(browser: Browser, session: Session, world: World) -> Browser:
    browser.become(session, world.una)
    return browser


def at(path: str, button: str, answers: dict[str, str]) -> Opened:
    """A form on a page about Sam's account."""

    def opened(browser: Browser, session: Session, world: World) -> Asked:
        page = manager(browser, session, world).get(f"/accounts/{world.sam.account.uid}{path}")
        return Asked(page, button, answers)

    opened.__name__ = path.strip("/")
    return opened


def of_day(field: str) -> dict[str, str]:
    return {f"{field}-{part}": value for part, value in DAY.items()}


def find(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(manager(browser, session, world).get("/accounts"), "Find", {"name": "Sam"})


def invite(browser: Browser, session: Session, world: World) -> Asked:
    where = f"/accounts/new?organisation={world.school.uid}&role=practitioner"
    answers = {"name": "Ola Grant", "email": "ola@example.test", "post": "head", "works_as": "Head"} | of_day("issued")
    return Asked(manager(browser, session, world).get(where), "Invite", answers)


def decline(browser: Browser, session: Session, world: World) -> Asked:
    build.add(session, JoinRequest(name="Ola Grant", email="ola@example.test", organisation_id=world.school.id,
                                   post="head", asked_at=clock.now()))  # fmt: skip
    session.commit()
    return Asked(manager(browser, session, world).get("/accounts/requests"), "Decline Ola Grant", {})


def approve(browser: Browser, session: Session, world: World) -> Asked:
    build.add(session, Approval(account_id=world.nia.account.id, role=Role.MANAGEMENT_TEAM,
                                asked_by_id=world.amir.account.id, asked_at=clock.now()))  # fmt: skip
    session.commit()
    return Asked(manager(browser, session, world).get("/approvals"), "Agree, for Nia Pritchard", {})


def review(browser: Browser, session: Session, world: World) -> Asked:
    world.sam.account.kept_on = date(2026, 8, 3)
    session.commit()
    return Asked(manager(browser, session, world).get("/accounts/review"), "Save answers", {})


def restore(browser: Browser, session: Session, world: World) -> Asked:
    world.sam.account.last_used_on = date(2026, 5, 1)
    session.commit()
    page = manager(browser, session, world).get(f"/accounts/{world.sam.account.uid}")
    return Asked(page, "Open this account again", {})


def hand_over(browser: Browser, session: Session, world: World) -> Asked:
    assert world.lou.practitioner is not None
    world.lou.practitioner.left_on = clock.today() - timedelta(days=3)
    held = build.involvement(session, build.child(session, world), world.lou.practitioner)
    session.commit()
    browser.become(session, world.max)
    return Asked(browser.get(f"/handovers/{held.uid}"), "Save", {"what": "nobody"})


OF_SAM: list[tuple[str, str, dict[str, str]]] = [
    ("/check", "Record the check", of_day("issued")),
    ("/suspend", "Suspend the account", {"because": "long_leave"}),
    ("/close", "Close the account", of_day("last")),
    ("/end", "End it", {"what": "practitioner"}),
    ("/link", "Print the link", {"kind": "password"}),
]


def move(browser: Browser, session: Session, world: World) -> Asked:
    where = f"/accounts/{world.sam.account.uid}/move?organisation={world.health.uid}"
    answers = {"post": "registered_professional", "works_as": "School nurse"}
    return Asked(manager(browser, session, world).get(where), "Move", answers)


def grant(browser: Browser, session: Session, world: World) -> Asked:
    where = f"/accounts/{world.nia.account.uid}/grant?what=assistant"
    answers = {"post": "assists_professional", "principal": "nobody@example.test"} | of_day("ends")
    return Asked(manager(browser, session, world).get(where), "Give the role", answers)


FORMS: list[Opened] = [
    find,
    invite,
    decline,
    approve,
    review,
    restore,
    hand_over,
    move,
    grant,
    *(at(*one) for one in OF_SAM),
]
