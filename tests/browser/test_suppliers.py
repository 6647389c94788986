"""The management team sets how often a supplier sends, and from when its rows join: by keyboard alone."""

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.states.suppliers import shown
from tests.browser.test_identities import MENU
from tests.browser.visitor import Visitor


def test_a_suppliers_settings_need_no_mouse(visitor: Visitor) -> None:
    keys, name = Keyboard(visitor.page), shown(visitor)
    keys.tab("Skip to main content", *MENU, "Suppliers", "Change how often it sends a file")
    keys.press("Enter")
    keys.arrives("How often does it send a file?")
    keys.skip()
    keys.tab("Every working day")
    keys.press("ArrowDown", then="Every week")
    keys.tab("Save")
    keys.press("Enter")
    keys.arrives(name)
    expect(visitor.page.get_by_role("status")).to_have_text("It is changed. When the next file is due follows from it.")

    keys.skip()
    keys.tab("Change how often it sends a file", "Change when a row joins")
    keys.press("Enter")
    keys.arrives("From which weight does a row join?")
    keys.skip()
    keys.tab("A row joins a record by itself from")
    visitor.page.keyboard.type("12")
    keys.tab("A person looks at a row from", "Continue")
    keys.press("Enter")

    expect(visitor.page.get_by_role("alert")).to_contain_text("must be a whole number from 26 to 60")
    assert checks.violations(visitor.page) == []
    keys.tab("A row joins a record by itself from must be a whole number from 26 to 60")
    keys.press("Enter", then="A row joins a record by itself from")
    visitor.page.keyboard.press("Control+A")
    visitor.page.keyboard.type("40")
    keys.tab("A person looks at a row from", "Continue")
    keys.press("Enter")
    keys.arrives("Before you change it")
    keys.skip()
    keys.tab("Change it")
    keys.press("Enter")
    keys.arrives(name)
    expect(visitor.page.get_by_role("status")).to_have_text("It is changed. The next rows are judged by it.")
    assert visitor.said == []
