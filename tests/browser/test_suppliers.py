"""The management team sets how often a supplier sends, and from when its rows join: by keyboard alone."""

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.states.suppliers import shown
from tests.browser.test_identities import MENU
from tests.browser.visitor import Visitor

CHANGE_OFTEN, CHANGE_JOIN = "Change how often it sends a file", "Change when a row joins"
JOIN, LOOK = "A row joins a record by itself from", "A person looks at a row from"
WRONG = f"{JOIN} must be a whole number from 26 to 60"


def test_how_often_a_supplier_sends_is_set_without_a_mouse(visitor: Visitor) -> None:
    keys, name = Keyboard(visitor.page), shown(visitor)
    keys.tab("Skip to main content", *MENU, "Suppliers", CHANGE_OFTEN)
    keys.press("Enter")
    keys.arrives("How often does it send a file?")

    keys.skip()
    keys.tab("Every working day")
    keys.press("ArrowDown", then="Every week")
    keys.tab("Save")
    keys.press("Enter")

    keys.arrives(name)
    expect(visitor.page.get_by_role("status")).to_have_text("It is changed. When the next file is due follows from it.")
    assert visitor.said == []


def test_thresholds_are_set_without_a_mouse_after_a_slip(visitor: Visitor) -> None:
    keys, name = Keyboard(visitor.page), shown(visitor)
    keys.skip()
    keys.tab(CHANGE_OFTEN, CHANGE_JOIN)
    keys.press("Enter")
    keys.arrives("From which weight does a row join?")

    keys.skip()
    keys.tab_and_type(JOIN, "12")
    keys.tab(LOOK, "Continue")
    keys.press("Enter")
    expect(visitor.page.get_by_role("alert")).to_contain_text(WRONG)
    assert checks.violations(visitor.page) == []
    keys.tab(WRONG)
    keys.press("Enter", then=JOIN)
    visitor.page.keyboard.press("Control+A")
    keys.page.keyboard.type("40")
    keys.tab(LOOK, "Continue")
    keys.press("Enter")
    keys.arrives("Before you change it")
    keys.skip()
    keys.tab("Change it")
    keys.press("Enter")

    keys.arrives(name)
    expect(visitor.page.get_by_role("status")).to_have_text("It is changed. The next rows are judged by it.")
