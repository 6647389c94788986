"""The whole main job by keyboard alone: Tab, Enter, Space and arrows, with the focus known and seen at every step."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.directory import aged
from tests.browser.keyboard import Keyboard
from tests.browser.visitor import Visitor
from tests.build import PASSWORD

MENU = ("ContactPoint", "Sign out", "Find a child", "My involvements", "Account", "Help")


def sign_in(visitor: Visitor, keys: Keyboard) -> None:
    sam = visitor.site.directory.world.sam
    visitor.go("/")
    keys.tab("Skip to main content", "ContactPoint")
    keys.tab_and_type("Email address", sam.email)
    keys.tab_and_type("Password", PASSWORD)
    keys.tab("Show password", "Continue")
    keys.press("Enter")
    keys.arrives("Enter your security code")
    keys.tab("Skip to main content", "ContactPoint", "Back to sign in")
    keys.tab_and_type("Security code", visitor.site.code(sam))
    keys.tab("Sign in")
    keys.press("Space")
    keys.arrives("Find a child")


def find(keys: Keyboard, family: str, born: date) -> None:
    keys.tab("Skip to main content", *MENU, "Given name")
    keys.tab_and_type("Family name", family)
    for part, typed in (("Day", born.day), ("Month", born.month), ("Year", born.year)):
        keys.tab_and_type(part, str(typed))
    keys.tab("Age, if you do not know the date of birth", "Girl", "Postcode", "ContactPoint number")
    keys.tab("I am working with this child")
    keys.press("Space", then="I am working with this child")
    keys.press("ArrowDown", then="This child may need help from others")
    keys.press("ArrowUp", then="I am working with this child")
    keys.tab("Search")
    keys.press("Enter")
    keys.arrives("Search results")
    keys.lands("1 child matches")


def record(keys: Keyboard) -> None:
    keys.skip()
    keys.tab("Record your involvement")
    keys.press("Space")
    keys.lands("Record your involvement")
    keys.tab("Day", "Month", "Year", "I am Winifred’s lead professional", "I hold a common assessment for Winifred")
    keys.press("Space")
    keys.tab("Record involvement")
    keys.press("Enter")
    keys.lands("Sam Okafor (you)")


def test_the_main_job_needs_no_mouse(visitor: Visitor) -> None:
    keys, born = Keyboard(visitor.page), aged(12, 30)
    visitor.site.add("Winifred", "Ollerenshaw", born, lead="Grace Oyelaran")
    visitor.site.end_sessions(visitor.site.directory.world.sam)

    sign_in(visitor, keys)
    find(keys, "Olerenshaw", born)
    keys.tab("Winifred Ollerenshaw")
    keys.press("Enter")
    keys.arrives("Winifred Ollerenshaw")
    record(keys)
    expect(visitor.page.get_by_text("Holds a common assessment")).to_be_visible()

    keys.tab("0161 496 0142", "sam.practitioner@example.test", "End or correct your involvement")
    keys.press("Enter")
    keys.lands("End your involvement")
    keys.tab("Day", "Month", "Year", "I worked with them until that day", "End involvement", "Cancel")
    keys.press("Enter", then="End or correct your involvement")
    sign_out(visitor, keys)
    assert visitor.said == []


def sign_out(visitor: Visitor, keys: Keyboard) -> None:
    """Backwards through the page, as far as that is."""
    for _ in range(30):
        keys.press("Shift+Tab")
        if visitor.page.get_by_role("button", name="Sign out").evaluate("button => button === document.activeElement"):
            break
    keys.at("Sign out")
    keys.press("Enter")
    keys.arrives("Sign in")


def test_an_error_takes_the_focus_and_leads_to_its_field(visitor: Visitor) -> None:
    keys = Keyboard(visitor.page)
    visitor.become(visitor.site.directory.world.sam).go("/")
    visitor.fill_in("Amira", "Sidiqi")
    visitor.page.get_by_role("button", name="Search").focus()

    keys.press("Enter")

    expect(visitor.page.locator(".govuk-error-summary")).to_be_focused()
    assert visitor.page.title() == "Error: Find a child – ContactPoint"
    keys.tab("Add a date of birth, an age, or a postcode")
    keys.press("Enter", then="Day")
