"""A contact brokered behind a shield, from asking to closing: by keyboard alone, and with scripts off."""

import re

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.states.contact import asked_by, asker, nurse
from tests.browser.states.steps import children
from tests.browser.test_journeys import heads
from tests.browser.visitor import Visitor

MENU = ("ContactPoint", "Sign out", "Find a child", "My involvements", "Account", "Help")


def test_asking_for_contact_needs_no_mouse(visitor: Visitor) -> None:
    keys = Keyboard(visitor.page)
    visitor.become(asker(visitor, "Fern Abbott")).open(children(visitor).shielded)
    keys.skip()
    keys.tab("0161 496 0130", "Ask for contact")
    keys.press("Enter")
    keys.arrives("Ask for contact")
    assert checks.violations(visitor.page) == []

    keys.skip()
    keys.tab("Other services that may work with Leo")
    keys.press("Space", then="Other services that may work with Leo")
    keys.press("ArrowDown", then="Leo’s family")
    keys.tab("I am worried about this child")
    keys.press("Space", then="I am worried about this child")
    keys.tab("By phone")
    keys.press("Space", then="By phone")
    keys.tab("Ask for contact")
    keys.press("Enter")

    keys.arrives("Contact you asked for")
    expect(visitor.page.get_by_role("status")).to_have_text("The management team has your request.")
    assert checks.violations(visitor.page) == []
    assert visitor.said == []


def test_answering_needs_no_mouse(visitor: Visitor) -> None:
    keys = Keyboard(visitor.page)
    visitor.become(nurse(visitor, asker(visitor, "Fern Abbott"))).go("/involvements")
    keys.skip()
    keys.tab("Find a child", "You are asked to call somebody")
    keys.press("Enter")
    keys.arrives("You are asked to call")

    keys.skip()
    keys.tab(
        "0161 496 0142",
        re.sub(r"^mailto:", "", visitor.page.locator("main a[href^=mailto]").get_attribute("href") or ""),
    )
    keys.tab("We will call them (Fern Abbott, about Oluwadamilola Ngozi Featherstonehaugh-Adeyemi)")
    keys.press("Enter")

    expect(visitor.page.get_by_role("status")).to_have_text("Your answer is kept.")
    assert checks.violations(visitor.page) == []
    assert visitor.said == []


def test_brokering_needs_no_scripts(plain: Visitor) -> None:
    page, person = plain.page, asker(plain, "Gwen Ainsley")
    request = asked_by(plain, person, children(plain).shielded)
    world = plain.site.directory.world

    plain.become(world.max).go("/contact-requests")
    heads(page, "Contact requests")
    page.get_by_role("link", name=f"CR-{request.reference}").click()
    heads(page, f"Contact request CR-{request.reference}")
    plain.press("Take this request")
    expect(page.get_by_role("status")).to_have_text("You have taken this request.")
    plain.press("Save")
    expect(page.get_by_role("alert")).to_contain_text("Choose who is to be asked, or nobody")
    page.get_by_label("Nia Pritchard").check()
    plain.press("Save")
    expect(page.get_by_role("status")).to_have_text("It is passed on.")

    plain.become(world.nia).go("/involvements")
    plain.press("You are asked to call somebody")
    page.get_by_role("button", name="We will call them (Gwen Ainsley, about Leo Marchetti)").click()
    expect(page.get_by_role("status")).to_have_text("Your answer is kept.")

    plain.become(person).go("/involvements")
    plain.press("Contact you asked for")
    expect(page.get_by_role("listitem").filter(has_text="Leo Marchetti")).to_contain_text("They will call you")

    plain.become(world.max).go(f"/contact-requests/{request.uid}")
    expect(page.get_by_text("They will call", exact=True)).to_be_visible()
    plain.press("Close this request")
    expect(page.get_by_role("status")).to_have_text("This request is closed.")
