"""A record sealed and opened again by two, by keyboard alone; two records joined, with scripts off."""

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.states.identities import child, old, team
from tests.browser.test_journeys import heads
from tests.browser.visitor import Visitor

MENU = ("ContactPoint", "Sign out", "Find a child", "Records to review", "Suppliers", "Disputes", "Contact requests",
        "Shields", "Overrides", "Hand over", "Requests about records", "Records that end", "Account",
        "Help")  # fmt: skip


def test_sealing_needs_no_mouse(visitor: Visitor) -> None:
    page, keys = visitor.page, Keyboard(visitor.page)
    _, second = team(visitor)
    visitor.go(f"/children/{child(visitor).uid}/seal")
    heads(page, "Seal this record")
    keys.skip()
    page.get_by_label(second.account.name).focus()  # among whoever else is of the team
    keys.press("Space", then=second.account.name)
    keys.tab("Ask them to agree")
    keys.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Asked. The record is sealed once the second person agrees.")

    visitor.become(second).go("/old-identities")
    keys.tab("Skip to main content", *MENU)
    reference = page.get_by_role("heading", level=2).inner_text()
    keys.tab(f"See and answer , {reference}")
    keys.press("Enter")
    keys.arrives("Seal this record?")
    assert checks.violations(page) == []
    keys.skip()
    keys.tab("Agree: seal the record")
    keys.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The record is sealed.")
    assert visitor.said == []


def test_opening_together_needs_no_mouse(visitor: Visitor) -> None:
    page, keys = visitor.page, Keyboard(visitor.page)
    first, second = team(visitor)
    about = f" , OI-{old(visitor, first, second).reference}"
    visitor.go("/old-identities")
    keys.skip()
    keys.tab(f"Ask to open it{about}")
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("It opens for both of you once the other agrees")

    visitor.become(second).go("/old-identities")
    keys.skip()
    keys.tab(f"Agree to open it{about}")
    keys.press("Enter")
    expect(page.get_by_role("status")).to_have_text("It is open to both of you for 15 minutes.")
    keys.tab(f"Open the record{about}")
    keys.press("Enter")
    keys.arrives("Nadia Haddad")
    assert checks.violations(page) == []
    assert visitor.said == []


def test_joining_needs_no_scripts(plain: Visitor) -> None:
    page = plain.page
    team(plain)
    kept, gone = child(plain), child(plain)
    plain.open(kept)
    plain.press("Join with another record, or take apart")
    page.get_by_label("What is the other record’s ContactPoint number?").fill(gone.number)
    plain.press("Compare the records")
    heads(page, "Are these the same child?")

    plain.press("Join the records")
    expect(page.get_by_role("alert")).to_contain_text("Choose which record goes on")
    page.get_by_role("radio").first.check()
    plain.press("Join the records")

    heads(page, "Nadia Haddad")
    expect(page.get_by_role("status")).to_have_text("The two records are joined, and this one goes on.")
    plain.go(f"/children/{gone.uid}")
    heads(page, "Page not found")

    plain.go(f"/children/{kept.uid}/merge")
    page.get_by_role("link", name="Take apart").click()
    heads(page, "Are these two children?")
    plain.press("Take the records apart")
    expect(page.get_by_role("status")).to_contain_text("The two records are apart again.")
    plain.go(f"/children/{gone.uid}/merge")
    heads(page, "Join with another record, or take apart")
