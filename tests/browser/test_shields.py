"""A family shielded, looked at again and opened by two people: by keyboard alone, and with scripts off."""

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.states.shields import family, max_, may, shielded
from tests.browser.test_journeys import heads
from tests.browser.visitor import Visitor

WORDS = "Shielded records"


def test_shielding_a_family_needs_no_mouse(visitor: Visitor) -> None:
    zara, _, _ = family(visitor)
    keys, page = Keyboard(visitor.page), visitor.page
    max_(visitor).open(zara)
    keys.skip()
    keys.tab("Shield this record")
    keys.press("Enter")
    keys.arrives("Shield this record")
    assert checks.violations(page) == []

    keys.tab("Skip to main content")
    keys.press("Enter")
    keys.tab("Domestic abuse")
    keys.press("Space", then="Domestic abuse")
    keys.tab("A parent or carer")
    keys.press("Space", then="A parent or carer")
    keys.tab("Shield too")
    keys.press("Space", then="Shield too")
    keys.tab("Shield too")
    keys.press("Space", then="Shield too")
    keys.press("ArrowRight", then="Do not shield, I have checked")
    keys.tab("Day", "Month", "Year", "Shield now")
    keys.press("Enter")

    keys.arrives(WORDS)
    expect(page.get_by_role("status")).to_have_text("2 records are shielded.")
    assert checks.violations(page) == []
    assert visitor.said == []


def test_two_people_lift_a_shield_without_a_mouse(visitor: Visitor) -> None:
    child, other = shielded(visitor, days=-1), may(visitor)
    keys, page = Keyboard(visitor.page), visitor.page
    max_(visitor).go(f"/children/{child.uid}/shield/lift")
    keys.skip()
    keys.tab("Ask a colleague to agree")
    keys.press("Enter")
    keys.arrives(WORDS)

    visitor.become(other).go(f"/children/{child.uid}/shield/lift")
    expect(page.get_by_text("Max Adeyemi asked on")).to_be_visible()
    keys.skip()
    keys.tab("Agree, and lift the shield")
    keys.press("Enter")

    keys.arrives(WORDS)
    expect(page.get_by_role("status")).to_have_text("The shield is lifted.")
    assert checks.violations(page) == []
    assert visitor.said == []


def test_shielding_needs_no_scripts(plain: Visitor) -> None:
    zara, _, _ = family(plain)
    page = plain.page
    max_(plain).open(zara)
    plain.press("Shield this record")
    plain.press("Shield now")
    expect(page.get_by_role("alert")).to_contain_text("Decide for Idris Tariq, born the same day")

    page.get_by_label("Witness protection").check()
    page.get_by_label("A practitioner or service").check()
    page.get_by_role("group", name="Idris Tariq").get_by_label("Shield too").check()
    page.get_by_role("group", name="Maryam Tariq").get_by_label("Do not shield").check()
    plain.press("Shield now")

    heads(page, WORDS)
    expect(page.get_by_role("status")).to_have_text("2 records are shielded.")
    plain.open(zara)
    expect(page.get_by_text("Witness protection. Owner Max Adeyemi.")).to_be_visible()


def test_reviewing_and_lifting_need_no_scripts(plain: Visitor) -> None:
    child, other, page = shielded(plain, days=-1), may(plain), plain.page
    max_(plain).open(child)
    plain.press("Review the shield")
    plain.press("Keep the shield")
    expect(page.get_by_role("status")).to_have_text("The shield is kept. You are its owner.")
    plain.open(child)
    plain.press("Lift the shield")
    plain.press("Ask a colleague to agree")

    plain.become(other).go(f"/children/{child.uid}/shield/lift")
    plain.press("Agree, and lift the shield")

    expect(page.get_by_role("status")).to_have_text("The shield is lifted.")
    plain.open(child)
    expect(page.get_by_role("link", name="Shield this record")).to_be_visible()
