"""The implementation manager's board: a step swaps the table and takes the focus; the same without scripts."""

from playwright.sync_api import expect

from tests.browser.states import board
from tests.browser.visitor import Visitor


def test_a_step_gives_the_focus_to_its_heading_and_says_nothing(visitor: Visitor) -> None:
    board.manager(visitor)
    page = visitor.go("/implementation?step=means")

    page.get_by_role("link", name="First contact").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#schools-heading")).to_be_focused()
    expect(page.locator("#schools-heading")).to_contain_text("schools wait for first contact")
    expect(page.locator("#waiting [aria-current]")).to_have_text("First contact")
    expect(page.get_by_role("status")).to_have_text("")
    assert page.url.endswith("/implementation?step=first_contact")
    assert visitor.said == []


def test_every_way_through_the_board_works_without_scripts(plain: Visitor) -> None:
    school = board.manager(plain)
    page = plain.go("/implementation")

    plain.press("A way to send data")
    expect(page.locator("#schools-heading")).to_contain_text("for a way to send data")
    page.get_by_text("Show some only, or sort").click()
    page.get_by_label("Name, or part of it").fill(school.name[-6:])
    plain.press("Show")
    plain.press(school.name)
    plain.press("Done")

    expect(page.get_by_role("status")).to_have_text("The next step is done.")
    plain.press("Write down a contact")
    for label in ("Jo Bell, Bursar", "By telephone", "They asked for more time"):
        page.get_by_label(label).check()
    page.get_by_label("What is the next step?").select_option("Nothing for now")
    plain.press("Save")
    expect(page.get_by_role("status")).to_have_text("The contact is written down.")
