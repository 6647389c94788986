"""The forms of what protects children: shields, overrides, sensitive services, contact, old identities, joining."""

from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.services.contact.facts import Passed
from tests import build, build_contact, build_identities, build_overriding, build_sensitive, build_shields
from tests.build import Person, World
from tests.pages.naughty import Asked, Opened
from tests.pages.test_record import open_record
from tests.web import Browser, Page

REVIEW = {"review-day": "1", "review-month": "3", "review-year": "2027"}


def at(browser: Browser, session: Session, person: Person, child: Child, then: str = "") -> Page:
    """The person has opened the record, and gone on from there."""
    session.commit()
    browser.become(session, person)
    page = open_record(browser, child)
    return browser.get(f"/children/{child.uid}/{then}") if then else page


def shield(browser: Browser, session: Session, world: World) -> Asked:
    page = at(browser, session, world.max, build_shields.child(session, world), "shield")
    return Asked(page, "Shield now", {"ground": "domestic-abuse", "asked": "child", **REVIEW})


def keep_shield(browser: Browser, session: Session, world: World) -> Asked:
    page = at(browser, session, world.max, build_shields.shielded(session, world), "shield/keep")
    return Asked(page, "Keep the shield", REVIEW)


def lift_shield(browser: Browser, session: Session, world: World) -> Asked:
    page = at(browser, session, world.max, build_shields.shielded(session, world), "shield/lift")
    return Asked(page, "Ask a colleague to agree", {"step": "ask"})


def override(browser: Browser, session: Session, world: World) -> Asked:
    ola = build_overriding.holder(session, world.authority)
    page = at(browser, session, ola, build_overriding.leo(session, world), "override")
    return Asked(page, "Override the shield", {"why": "section_47"})


def close_override(browser: Browser, session: Session, world: World) -> Asked:
    asked = override(browser, session, world)
    page = browser.post(asked.page.form(asked.button).action, asked.page.form(asked.button).fields | asked.answers)
    return Asked(page, "Close it now", {})


def answer_override(browser: Browser, session: Session, world: World) -> Asked:
    ola = build_overriding.holder(session, world.authority)
    one = build_overriding.override(session, ola, build_overriding.leo(session, world))
    one.asked_at = one.opened_at
    session.commit()
    browser.become(session, ola)
    return Asked(browser.get("/account/overrides"), "Send answer", {"said": "on_duty"})


def review_override(browser: Browser, session: Session, world: World) -> Asked:
    ola = build_overriding.holder(session, world.authority)
    one = build_overriding.override(session, ola, build_overriding.leo(session, world),
                                    reviewer_id=world.rex.account.id)  # fmt: skip
    session.commit()
    browser.become(session, world.rex)
    return Asked(browser.get(f"/overrides/{one.uid}"), f"Close OV-{one.reference}", {"finding": "right"})


def clinician(session: Session, world: World) -> Person:
    return build_sensitive.Clinic.make(session, world).kit


def sensitive(browser: Browser, session: Session, world: World) -> Asked:
    page = at(browser, session, clinician(session, world), build.child(session, world), "involvements/sensitive")
    consent = {"ground": "child", "understands": "yes"}
    days = {f"{name}-{part}": value for name in ("started", "given")
            for part, value in (("day", "20"), ("month", "11"), ("year", "2026"))}  # fmt: skip
    return Asked(page, "Record involvement", consent | days)


def withdraw(browser: Browser, session: Session, world: World) -> Asked:
    kit = clinician(session, world)
    uid = build_sensitive.entry(session, kit, build.child(session, world))
    session.commit()
    browser.become(session, kit)
    return Asked(browser.get(f"/involvements/sensitive/{uid}"), "Withdraw entry", {"why": "ended"})


def declare(browser: Browser, session: Session, world: World) -> Asked:
    clinic = build_sensitive.Clinic.make(session, world, None)
    session.commit()
    browser.become(session, clinic.cleo)
    page = browser.get(f"/services/{clinic.organisation.uid}")
    return Asked(page, "Continue", {"service": "whole", "subject": "sexual_health"})


def line(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.max)
    return Asked(browser.get("/neutral-line"), "Save", {"line": "on"})


def contact(browser: Browser, session: Session, world: World) -> Asked:
    page = at(browser, session, world.sam, build.child(session, world), "contact")
    return Asked(page, "Ask for contact", {"about": "services", "reason": "worried", "reach": "either"})


def step_contact(browser: Browser, session: Session, world: World) -> Asked:
    child = build.child(session, world)
    build_sensitive.entry(session, clinician(session, world), child)
    request = build_contact.asked(session, world.sam, child, *build_contact.TAKEN, owner=world.max)
    session.commit()
    browser.become(session, world.max)
    return Asked(browser.get(f"/contact-requests/{request.uid}"), "Save", {"what": "close"})


def answer_contact(browser: Browser, session: Session, world: World) -> Asked:
    assert world.nia.practitioner is not None
    to = Passed("practitioner", str(world.nia.practitioner.uid))
    build_contact.asked(session, world.sam, build.child(session, world), *build_contact.PASSED, to=to, owner=world.max)
    session.commit()
    browser.become(session, world.nia)
    page = browser.get("/contact-requests/passed")
    (button,) = (words for words in page.texts("button") if words.startswith("We will call them"))
    return Asked(page, button, {})


def new_identity(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.max)
    answers = {"given_names": "Robin", "family_name": "Vale", "born-day": "1", "born-month": "2", "born-year": "2016",
               "gender": "female", "ground": "adoption"}  # fmt: skip
    return Asked(browser.get("/children/new-identity"), "Make the record", answers | REVIEW)


def seal(browser: Browser, session: Session, world: World) -> Asked:
    may = build_identities.may(session, world)
    page = at(browser, session, world.max, build.child(session, world), "seal")
    return Asked(page, "Ask them to agree", {"second": str(may.account.uid)})


def agree_to_seal(browser: Browser, session: Session, world: World) -> Asked:
    may = build_identities.may(session, world)
    one = build_identities.asked_to_seal(session, build.child(session, world), may, world.max)
    session.commit()
    browser.become(session, world.max)
    return Asked(browser.get(f"/old-identities/{one.uid}/agree"), "Agree: seal the record", {})


def _old(browser: Browser, session: Session, world: World, words: str, asked: bool) -> Asked:
    may = build_identities.may(session, world)
    one = build_identities.sealed(session, build.child(session, world), world.max, may)
    if asked:
        one.opening_asked_by_id, one.opening_asked_at = may.account.id, one.sealed_at
    session.commit()
    browser.become(session, world.max)
    page = browser.get("/old-identities")
    (button,) = (said for said in page.texts("button") if said.startswith(words))
    return Asked(page, button, {})


def ask_to_open(browser: Browser, session: Session, world: World) -> Asked:
    return _old(browser, session, world, "Ask to open it", asked=False)


def agree_to_open(browser: Browser, session: Session, world: World) -> Asked:
    return _old(browser, session, world, "Agree to open it", asked=True)


def other_number(browser: Browser, session: Session, world: World) -> Asked:
    page = at(browser, session, world.max, build.child(session, world), "merge")
    return Asked(page, "Compare the records", {"number": build.child(session, world).number})


def join(browser: Browser, session: Session, world: World) -> Asked:
    one, other = (build_identities.derived(session, world, "ZA4 7QD") for _ in range(2))
    page = at(browser, session, world.max, one, f"merge?other={other.uid}")
    return Asked(page, "Join the records", {"keep": str(one.uid)})


FORMS: list[Opened] = [
    shield, keep_shield, lift_shield, override, close_override, answer_override, review_override, sensitive, withdraw,
    declare, line, contact, step_contact, answer_contact, new_identity, seal, agree_to_seal, ask_to_open, agree_to_open,
    other_number, join,
]  # fmt: skip
