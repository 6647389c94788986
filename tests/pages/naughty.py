"""The worst that people and programs type, and every form that they can type it into."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tests import build
from tests.build import PASSWORD, World
from tests.pages.test_record import open_record
from tests.pages.test_search import add
from tests.web import Browser, Page
from tools.steps import ROOT

LIST: list[str] = json.loads((ROOT / "node_modules/big-list-of-naughty-strings/blns.json").read_text("utf-8"))
OURS = [
    "a" * 10_000, "\0", "Ali\0Khan", "Ali\x1b[31m\x07", "\u202eihkA\u202c\u2066x", "\u200b\u200b", "\ufeffAli",
    "\ud7ff", "👩🏽\u200d👧\u200d👦" * 20, "é" * 101, "Ａｌｉ", "٢٠١٦", "\r\nSet-Cookie: cp=1", "None", "[]", "on",
    "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
"""What that list leaves out: long, invisible and doubled-up text, digits of other scripts, ids."""


def worst(count: int) -> list[str]:
    """Half of them bring the most characters that no other has brought; half are spread evenly over the list."""
    if count >= len(LIST):
        return LIST
    left, chosen, seen = [text for text in LIST if text], [""], set[str]()
    while len(chosen) < count // 2:
        chosen.append(max(left, key=lambda text: len(set(text) - seen)))
        left.remove(chosen[-1])
        seen |= set(chosen[-1])
    rest = count - len(chosen)
    return chosen + [left[len(left) * at // rest] for at in range(rest)]


@dataclass(frozen=True)
class Asked:
    """A page with a form, the form's button, and answers that it would take."""

    page: Page
    button: str
    answers: dict[str, str]

    @property
    def names(self) -> list[str]:
        """Every field of the form, those that nobody sees among them."""
        wanted = self.page.form(self.button)
        forms = [form for form in self.page.html.select("form") if str(form["action"]) in wanted.action]
        named = {str(control["name"]) for form in forms for control in form.select("[name]")}
        return sorted(named)


Opened = Callable[[Browser, Session, World], Asked]
FULL = {"started-day": "2", "started-month": "11", "started-year": "2026"}
FACTS = {"given_name": "Amira", "family_name": "Siddiqui", "postcode": "ZA4", "reason": "working_with"}


def sign_in(browser: Browser, session: Session, world: World) -> Asked:
    return Asked(browser.get("/sign-in"), "Continue", {"email": world.sam.email})


def code(browser: Browser, session: Session, world: World) -> Asked:
    page = browser.submit(browser.get("/sign-in"), "Continue", email=world.sam.email, password=PASSWORD)
    return Asked(page, "Sign in", {})


def search(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(browser.get("/"), "Search", FACTS)


def show_fewer(browser: Browser, session: Session, world: World) -> Asked:
    for day in (1, 2, 3):
        add(session, world, born_on=date(2016, 3, day))
    asked = search(browser, session, world)
    page = browser.post("/searches", asked.page.form("Search").fields | FACTS)
    return Asked(page, "Show fewer", {"gender": "female"})


def family_search(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.max)
    answers = {"carer_given_name": "Farah", "carer_family_name": "Siddiqui", "house": "18", "street": "Mill Lane",
               "postcode": "ZA4", "reason": "working_with"}  # fmt: skip
    return Asked(browser.get("/searches/family"), "Search", answers)


def why(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    child = build.child(session, world)
    session.commit()
    return Asked(browser.get(f"/children/{child.uid}"), "Open the record", {"reason": "working_with"})


def involvement(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    child = build.child(session, world)
    grace = build.practitioner(session, world.council)
    build.involvement(session, child, grace, lead=True)
    session.commit()
    page = open_record(browser, child)
    return Asked(browser.get(page.link("Record your involvement")), "Record involvement", FULL | {"assessment": "yes"})


def take_over(browser: Browser, session: Session, world: World) -> Asked:
    asked = involvement(browser, session, world)
    fields = asked.page.form(asked.button).fields | FULL | {"lead": "yes"}
    return Asked(browser.post(asked.page.form(asked.button).action, fields), "Take over as lead professional", {})


def end(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    assert world.sam.practitioner is not None
    mine = build.involvement(session, build.child(session, world), world.sam.practitioner)
    session.commit()
    return Asked(browser.get(f"/involvements/{mine.uid}/end"), "End involvement", {"how": "worked"})


def confirm(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    assert world.sam.practitioner is not None
    child = build.child(session, world)
    build.involvement(session, child, world.sam.practitioner, started_on=child.born_on)
    session.commit()
    return Asked(browser.get("/involvements"), "Yes, I am still working with Amira Siddiqui", {})


def authenticator(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(browser.get("/account/authenticator"), "Continue", {})


def codes(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(browser.get("/account/codes"), "Make 10 new codes", {})


def stay(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(browser.get("/account"), "Stay signed in (F2)", {})


def sign_out(browser: Browser, session: Session, world: World) -> Asked:
    browser.become(session, world.sam)
    return Asked(browser.get("/account"), "Sign out", {})


FORMS: list[Opened] = [
    sign_in, code, search, show_fewer, family_search, why, involvement, take_over, end, confirm, authenticator, codes,
    stay, sign_out,
]  # fmt: skip
