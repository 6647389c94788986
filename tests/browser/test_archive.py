"""An archived record found and opened by keyboard alone; one read by two together, with scripts off."""

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.states.archive import child
from tests.browser.states.identities import team
from tests.browser.test_journeys import heads
from tests.browser.visitor import Visitor


def test_finding_and_opening_needs_no_mouse(visitor: Visitor) -> None:
    page, keys = visitor.page, Keyboard(visitor.page)
    team(visitor)
    visitor.go("/archive")
    heads(page, "Find an archived record")
    made = child(visitor)
    keys.skip()
    keys.tab_and_type("ContactPoint number", made.number)
    keys.tab("Given name", "Family name", "Day", "Month", "Year", "A child protection enquiry under section 47")
    keys.press("Space")
    keys.tab("Find the record")
    keys.press("Enter")
    heads(page, f"Amira {made.family_name}")
    assert checks.violations(page) == []
    assert visitor.said == []


def test_two_read_it_together_without_scripts(plain: Visitor) -> None:
    page = plain.page
    first, second = team(plain)
    made = child(plain, 2)
    plain.go("/archive")
    page.get_by_label("ContactPoint number").fill(made.number)
    page.get_by_label("A serious case review").check()
    plain.press("Find the record")
    heads(page, "Two of you read this record")
    page.get_by_label(second.account.name).check()
    plain.press("Ask them to agree")
    expect(page.get_by_role("status")).to_contain_text("Asked. You both can read it once your colleague agrees")

    plain.become(second).go("/archive")
    page.get_by_role("link", name="See and answer").click()
    heads(page, "Read this record together?")
    plain.press("Agree")
    expect(page.get_by_role("status")).to_have_text("You agreed. You both can read it until the end of today.")
    page.get_by_role("link", name="Open the record").click()
    heads(page, f"Amira {made.family_name}")

    plain.become(first).go("/archive")
    page.get_by_role("link", name="Open the record").click()
    heads(page, f"Amira {made.family_name}")
