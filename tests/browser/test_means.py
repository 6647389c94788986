"""A way of sending is offered and agreed, and a test file judged, by keyboard alone."""

from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.states.means import means_none, tried_file_good
from tests.browser.visitor import Visitor

HOW = "How it sends data"


def test_a_way_of_sending_is_offered_and_agreed_without_a_mouse(visitor: Visitor) -> None:
    keys = Keyboard(visitor.page)
    means_none(visitor)
    keys.skip()
    keys.tab("Look at its answers", "Look at its test file", "Offer a way of sending")
    keys.press("Enter")
    keys.arrives("Which way of sending suits it best?")

    keys.skip()
    keys.tab("Its own system sends by itself")
    keys.press("ArrowDown", then="Its system puts a file into a folder that is watched")
    keys.tab("Save as offered")
    keys.press("Enter")
    keys.arrives(HOW)
    expect(visitor.page.get_by_role("status")).to_have_text("It is offered. Record it here when the school has agreed.")
    visitor.page.get_by_role("button", name="Record that it agreed").focus()
    keys.press("Enter")
    keys.arrives("How often did it agree to send?")
    keys.skip()
    keys.tab("Every working day", "Record that it agreed")
    keys.press("Enter")

    keys.arrives(HOW)
    expect(visitor.page.get_by_role("status")).to_have_text("It is agreed.")
    assert visitor.said == []


def test_another_test_file_is_asked_for_without_a_mouse_after_a_slip(visitor: Visitor) -> None:
    keys = Keyboard(visitor.page)
    tried_file_good(visitor)
    keys.skip()
    keys.tab("Yes, accept it")
    keys.press("ArrowDown", then="No, ask for another")
    keys.tab("Too many rows cannot be sent as they are", "Too many rows have no postcode, carer or number",
             "Dates of birth look wrong", "It has fewer or more children than there are",
             "It did not come in the way that is agreed", "Save")  # fmt: skip
    keys.press("Enter")
    wrong = "Choose at least one reason why another file is needed"
    expect(visitor.page.locator("#error-summary")).to_be_focused()
    keys.tab(wrong)
    keys.press("Enter", then="Too many rows cannot be sent as they are")
    keys.press(" ")
    visitor.page.get_by_role("button", name="Save").focus()
    keys.press("Enter")

    keys.arrives("9 of 10 rows are ready to be sent")
    expect(visitor.page.get_by_text("Another was asked for")).to_be_visible()
    assert visitor.said == []
