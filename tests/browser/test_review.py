"""The four-month review as a manager does it: by keyboard alone, and with scripts off."""

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.states.managing import team
from tests.browser.test_journeys import heads
from tests.browser.visitor import Visitor

MENU = ("ContactPoint", "Sign out", "Accounts", "Services", "Account", "Help")
ORDER = ("Ava Blackwood", "Piotr Malinowski", "Isaac Obi", "Megan Tudor")


def test_the_review_needs_no_mouse(visitor: Visitor) -> None:
    keys = Keyboard(visitor.page)
    visitor.become(team(visitor)).go("/accounts")
    keys.tab("Skip to main content", *MENU)
    keys.tab("Invite somebody", "Say whom ContactPoint still needs")
    keys.press("Enter")
    keys.arrives("Do these people still need ContactPoint?")
    assert checks.violations(visitor.page) == []

    keys.skip()
    keys.tab("Keep")
    keys.press("Space", then="Keep")
    keys.press("ArrowRight", then="Remove")
    keys.tab("Keep")
    keys.press("Space", then="Keep")
    keys.tab("Keep", "Keep", "Save answers")
    keys.press("Enter")

    expect(visitor.page.get_by_role("status")).to_have_text("Your 2 answers are saved.")
    expect(visitor.page.get_by_text("2 of 4 answered. 2 are left.")).to_be_visible()
    assert checks.violations(visitor.page) == []
    assert visitor.said == []


def test_the_review_needs_no_scripts(plain: Visitor) -> None:
    page = plain.page
    plain.become(team(plain)).go("/accounts")
    heads(page, "Accounts")
    page.get_by_role("link", name="Say whom ContactPoint still needs").click()
    heads(page, "Do these people still need ContactPoint?")
    expect(page.get_by_role("rowheader")).to_have_text(ORDER)

    plain.press("Save answers")
    expect(page.get_by_role("alert")).to_contain_text("Choose keep or remove for at least one person")
    for name, said in zip(ORDER, ("Remove", "Keep", "Keep", "Keep"), strict=True):
        page.get_by_role("group", name=name).get_by_label(said).check()
    plain.press("Save answers")

    expect(page.get_by_role("status")).to_have_text("Your 4 answers are saved.")
    between = "Nobody needs an answer now."  # from one round to the next
    expect(page.get_by_text("Everybody is answered for.").or_(page.get_by_text(between))).to_be_visible()
    page.get_by_role("link", name="Back to accounts").click()
    page.get_by_role("link", name="Closed (1)").click()
    page.get_by_role("link", name="Ava Blackwood").click()
    expect(page.get_by_text("removed in the four-month review")).to_be_visible()
