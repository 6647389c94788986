"""The pages of training: sessions, places, who came, what is needed; and the account that opens by itself with it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cp.models import NamedPerson
from cp.services.practice import tasks
from cp.terms import Role
from tests import build, build_training
from tests.build import World
from tests.build_training import PAST, SOON
from tests.pages.supply.steps import rows
from tests.pages.test_own_account import change
from tests.pages.test_practice import do
from tests.web import Browser, Page

SESSION: dict[str, Any] = {
    "kind": "users", "held_on_day": "3", "held_on_month": "12", "held_on_year": "2026", "starts": "9.30",
    "minutes": "90", "where": "place", "place": "Town Hall", "places": "2", "formats": ["step_free", "captions"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _ivy(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.ivy)


@pytest.fixture
def three(session: Session, world: World) -> list[NamedPerson]:
    made = [build_training.named(session, world.school, name) for name in ("Ada Frost", "Bryn Castle", "Cai Dunne")]
    session.commit()
    return made


def make(browser: Browser, **but: Any) -> Page:
    page = browser.get(browser.get("/implementation/training").link("Make a session"))
    return browser.submit(page, "Save", **SESSION | but)


def booked(browser: Browser, page: Page, people: list[NamedPerson]) -> Page:
    return browser.submit(browser.get(page.link("Book people")), "Book", people=[str(one.uid) for one in people])


def test_a_session_is_made_and_listed(browser: Browser) -> None:
    page = make(browser)

    assert (page.h1, page.status_line) == ("Training for users", "The session is made. You can book people for it now.")
    assert page.texts("dd") == [
        "3 December 2026 at 09:30, 90 minutes", "Town Hall", "Step-free access, Online with captions",
        "2, of which 0 booked",
    ]  # fmt: skip
    assert rows(browser.get("/implementation/training")) == [
        ["3 December 2026, 09:30", "Users", "Town Hall", "0 of 2 booked"],
    ]


@pytest.mark.parametrize(
    ("but", "sentence"),
    [
        ({"kind": "all"}, "Choose whom it is for"),
        ({"held_on_year": "2025"}, "The day must be today or later"),
        ({"held_on_year": "2029"}, "The day must be within two years"),
        ({"held_on_month": "13"}, "The day must be a real date: there is no month 13"),
        ({"starts": "25:00"}, "Enter when it starts, like 14:00"),
        ({"minutes": "5"}, "Enter a number of minutes from 15 to 600"),
        ({"where": ""}, "Choose whether it is in a place or online"),
        ({"place": ""}, "Enter the address, or how to join online"),
        ({"places": "0"}, "Enter a number of places from 1 to 500"),
    ],
)
def test_what_is_wrong_is_told_by_its_field_and_the_rest_stays(
    browser: Browser, but: dict[str, str], sentence: str
) -> None:
    page = make(browser, **but)

    assert (page.status, page.errors) == (422, [sentence])
    ticked = page.html.select("input[name=formats][checked]")
    assert [box["value"] for box in ticked] == ["step_free", "captions"]


def test_people_are_booked_and_the_rest_waits(browser: Browser, world: World, three: list[NamedPerson]) -> None:
    page = make(browser)
    assert booked(browser, page, []).errors == ["Choose at least one person to book"]

    page = booked(browser, page, three)

    assert page.status_line == "2 people have a place, and 1 person waits for one."
    assert page.texts("h2, h3") == [
        "Booked", "Ada Frost", "Bryn Castle", "Wait for a place, in this order", "Cai Dunne",
    ]  # fmt: skip
    page = browser.submit(page, "Take off Ada Frost")
    assert page.texts("h2, h3") == ["Booked", "Bryn Castle", "Cai Dunne"]
    assert rows(browser.get("/implementation/training"))[0][-1] == "2 of 2 booked"
    people = browser.get(f"/implementation/schools/{world.school.uid}/people")
    assert [row[-1] for row in rows(people)] == [
        "Not booked", "Booked for 3 December 2026", "Booked for 3 December 2026",
    ]  # fmt: skip


def test_of_two_who_change_a_session_the_second_is_told_and_keeps_what_was_typed(browser: Browser) -> None:
    page = make(browser)
    first, second = (browser.get(page.link("Change this session")) for _ in range(2))
    assert (
        browser.submit(first, "Save", place="Library").status_line == "The session is changed. Tell whoever is booked."
    )

    again = browser.submit(second, "Save", place="Museum")

    assert again.errors == [
        "Somebody else changed this session meanwhile. What it says now is on its page: look at it, then change it "
        "again"
    ]
    assert again.html.select_one("input[name=place]")["value"] == "Museum"  # type: ignore[index]
    assert "Library" in browser.get(page.url).texts("dd")


def test_a_change_that_was_sent_twice_is_made_once(browser: Browser) -> None:
    form = browser.get(make(browser).link("Change this session")).form("Save")

    pages = [browser.post(form.action, form.fields | {"place": "Library", "formats": "captions"}) for _ in range(2)]

    assert [page.status_line for page in pages] == ["The session is changed. Tell whoever is booked."] * 2


def test_a_cancelled_session_lists_whom_to_tell(browser: Browser, three: list[NamedPerson]) -> None:
    page = booked(browser, make(browser), three)

    asked = browser.get(page.link("Cancel this session"))
    assert "3 people are booked." in " ".join(asked.texts("main p"))
    page = browser.submit(asked, "Cancel the session")

    assert page.status_line == "The session is cancelled. Tell everybody below."
    assert page.texts("h2, h3") == ["To be told", "Ada Frost", "Bryn Castle", "Waited for a place", "Cai Dunne"]
    assert [three[0].email in text for text in page.texts("main")] == [True]
    assert rows(browser.get("/implementation/training"))[0][-1] == "Cancelled"


def test_who_came_opens_their_account_at_the_very_next_request(
    browser: Browser, session: Session, world: World
) -> None:
    """Sam is named and invited, has practised and signed, and lacks the training alone."""
    sam = build_training.named(session, world.school, "Sam Okafor", email=world.sam.email,
                               account_id=world.sam.account.id)  # fmt: skip
    build_training.held(session, world, sam, held_on=PAST)
    change(session, world.sam, trained_on=None)
    his = Browser(browser.client.application)
    his.become(session, world.sam)
    assert his.get("/").h1 == "Your training is due"
    page = browser.get("/implementation/training")
    assert rows(page)[0] == ["10 November 2026, 14:00", "Users", "Town Hall, Northvale",
                             "Say who came on 10 November 2026"]  # fmt: skip

    page = browser.submit(
        browser.get(page.link("Say who came on 10 November 2026")), "Save who came", people=[str(sam.uid)]
    )

    assert page.status_line == "It is recorded who came."
    assert his.get("/").h1 == "Find a child"
    session.refresh(world.sam.account)
    assert world.sam.account.trained_on == date(2026, 11, 10)


def test_attendance_then_practice_opens_it_as_well(browser: Browser, session: Session, world: World) -> None:
    sam = build_training.named(session, world.school, "Sam Okafor", email=world.sam.email,
                               account_id=world.sam.account.id)  # fmt: skip
    held = build_training.held(session, world, sam, held_on=PAST)
    change(session, world.sam, trained_on=None, practised_on=None)
    page = browser.get(f"/implementation/training/{held.uid}/attendance")
    browser.submit(page, "Save who came", people=[str(sam.uid)])
    his = Browser(browser.client.application)
    his.become(session, world.sam)
    assert his.get("/").h1 == "Do the practice tasks"

    for code in tasks.codes():
        do(his, code)

    assert his.get("/").h1 == "Find a child"


def test_attendance_that_somebody_else_gave_meanwhile_is_told(
    browser: Browser, session: Session, world: World, three: list[NamedPerson]
) -> None:
    held = build_training.held(session, world, *three, held_on=PAST)
    session.commit()
    first, second = (browser.get(f"/implementation/training/{held.uid}/attendance") for _ in range(2))
    browser.submit(first, "Save who came", people=[str(three[0].uid)])

    again = browser.submit(second, "Save who came", people=[str(three[1].uid)])

    assert again.status == 422
    assert len(again.errors) == 1
    assert "Came" in browser.get(f"/implementation/training/{held.uid}").texts("main li p")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"held_on": SOON}, "You can say so from 3 December 2026 on."), ({"held_on": PAST}, None)],
)
def test_who_came_is_asked_from_its_day_on(
    browser: Browser, session: Session, world: World, given: dict[str, Any], sentence: str | None
) -> None:
    held = build_training.held(session, world, **given)
    session.commit()

    page = browser.get(f"/implementation/training/{held.uid}/attendance")

    assert page.h1 == "Who came?"
    assert (sentence in page.texts("main p")) if sentence else page.form("Save who came")


def test_an_implementation_manager_has_training_in_the_menu_and_makes_no_account(
    browser: Browser, session: Session, world: World
) -> None:
    somebody = build.person(session, world.council, "Imo Hale", "imo.hale", Role.IMPLEMENTATION_MANAGER)
    session.commit()
    browser.client.delete_cookie("cp")

    page = browser.sign_in(session, somebody)

    assert page.texts("nav[aria-label=Menu] a") == [
        "Schools", "Training", "Letters", "Agreements", "Figures", "Phases", "Account", "Help",
    ]  # fmt: skip
    assert browser.get("/accounts/named").h1 == "Your role does not allow this"
    assert browser.get("/accounts/new").h1 == "Your role does not allow this"
