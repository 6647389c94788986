"""Somebody is named, trained and practises: by keyboard alone, and with scripts off."""

from playwright.sync_api import expect

from cp.services.practice import tasks
from tests.browser.keyboard import Keyboard
from tests.browser.states.training import newcomer, people_of, school
from tests.browser.visitor import Visitor

MENU = ("ContactPoint", "Sign out", "Schools", "Training", "Letters", "Agreements", "Figures", "Phases", "Account",
        "Help")  # fmt: skip


def test_a_person_is_named_without_a_mouse(visitor: Visitor) -> None:
    people_of(visitor)
    keys = Keyboard(visitor.page)
    back = visitor.page.locator(".govuk-back-link").inner_text()
    keys.tab("Skip to main content", *MENU, back, "Name somebody")
    keys.press("Enter")
    keys.arrives("Whom does the school name?")

    keys.skip()
    keys.tab_and_type("Name", "Eve Norton")
    keys.tab_and_type("Work email address", "eve.norton@example.test")
    keys.tab("Find children and record an involvement")
    keys.press("Space")
    keys.tab("Head")
    keys.press("ArrowDown", then="Deputy head")
    keys.tab("Save")
    keys.press("Enter")

    keys.arrives("People and training")
    expect(visitor.page.get_by_role("status")).to_contain_text("The person is named.")
    assert visitor.said == []


def test_people_are_booked_without_a_mouse(visitor: Visitor) -> None:
    uid, keys = school(visitor), Keyboard(visitor.page)
    visitor.go(f"/implementation/schools/{uid}/people")
    visitor.page.get_by_role("link", name="Booked for").click()
    keys.skip()
    keys.tab("Book people")
    keys.press("Enter")
    keys.arrives("Whom do you book?")

    visitor.page.get_by_label("Dee Vale, Weirside School").first.focus()
    visitor.page.keyboard.press("Space")
    visitor.page.get_by_role("button", name="Book", exact=True).focus()
    keys.press("Enter")

    keys.arrives("Training for users")
    expect(visitor.page.get_by_role("status")).to_contain_text("0 people have a place, and 1 person waits for one.")


def test_the_practice_tasks_need_no_mouse_and_open_the_account(visitor: Visitor) -> None:
    newcomer(visitor)
    keys = Keyboard(visitor.page)
    for task in tasks.every():
        visitor.go(f"/practice/{task.code}")
        keys.skip()
        keys.tab(task.options[0].words)
        keys.press("Space")
        at = [one.code for one in task.options].index(task.right.code)
        for option in task.options[1 : at + 1]:
            keys.press("ArrowDown", then=option.words)
        keys.tab("Answer")
        keys.press("Enter")
        expect(visitor.page.get_by_role("status")).to_have_text("That is right. This task is done.")

    visitor.go("/")
    keys.arrives("Find a child")
