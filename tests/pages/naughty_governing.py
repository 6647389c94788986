"""The forms of agreements and accreditation."""

from sqlalchemy.orm import Session

from cp.models import Organisation
from cp.services.implementation import accrediting
from tests import build, build_governance
from tests.build import World
from tests.build_governance import EVERYTHING, PAPER
from tests.pages.naughty import Asked, Opened
from tests.web import Browser, Page, actor_of


def of_school(browser: Browser, session: Session, world: World, path: str) -> Page:
    browser.become(session, world.ivy)
    return browser.get(f"/implementation/schools/{world.school.uid}/{path}")


def record_agreement(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(of_school(browser, session, world, "agreement/new"), "Record the agreement", PAPER)


def take_agreement_back(browser: Browser, session: Session, world: World) -> Asked:
    signed = build_governance.agreement(session, world, world.school)
    browser.become(session, world.ivy)
    page = browser.get(f"/implementation/agreements/{signed.uid}/take-back")
    return Asked(page, "Take it back", {"because": "wrong_facts"})


def accreditation_answers(browser: Browser, session: Session, world: World) -> Asked:
    answers = {question.value: answer.value for question, answer in EVERYTHING.items()}
    return Asked(of_school(browser, session, world, "accreditation/answers"), "Record the answers", answers)


def accreditation_decision(browser: Browser, session: Session, world: World) -> Asked:
    accrediting.answer(session, actor_of(session, world.ivy), world.school.uid, EVERYTHING, None)
    return Asked(of_school(browser, session, world, "accreditation"), "Decide", {"years": "1"})


def withdraw_accreditation(browser: Browser, session: Session, world: World) -> Asked:
    page = of_school(browser, session, world, "accreditation/withdraw")
    return Asked(page, "Withdraw it at once", {"because": "misuse"})


def of_authority(browser: Browser, session: Session, world: World, path: str) -> Page:
    there = build_governance.authority(session, "Southvale Council", None)
    council: Organisation = build.organisation(session, there, body_kind=world.council.body_kind)
    browser.become(session, world.ade)
    return browser.get(f"/authorities/{council.uid}{path}")


def renew_authority(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(of_authority(browser, session, world, ""), "Renew", {"years": "1"})


def withdraw_authority(browser: Browser, session: Session, world: World) -> Asked:
    page = of_authority(browser, session, world, "/withdraw")
    return Asked(page, "Withdraw it at once", {"because": "misuse"})


FORMS: list[Opened] = [
    record_agreement, take_agreement_back, accreditation_answers, accreditation_decision, withdraw_accreditation,
    renew_authority, withdraw_authority,
]  # fmt: skip
