"""An agreement is recorded and a school accredited by keyboard alone; an accreditation withdrawn with scripts off."""

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.people import ago
from tests.browser.states.governing import accreditation_complete, accreditation_withdrawing, agreement_recording
from tests.browser.visitor import Visitor

FOR_SCHOOL, FOR_AUTHORITY = "Who signed for the organisation", "Who signed for the authority"
WRONG = "Enter who signed for the organisation"


def test_an_agreement_is_recorded_without_a_mouse_after_a_slip(visitor: Visitor) -> None:
    agreement_recording(visitor)
    keys, signed = Keyboard(visitor.page), ago(3)
    keys.skip()
    for part, value in (("Day", signed.day), ("Month", signed.month), ("Year", signed.year)):
        keys.tab_and_type(part, str(value))
    keys.tab(FOR_SCHOOL)
    keys.tab_and_type("Their post", "Head")
    for name, typed in ((FOR_AUTHORITY, "Ivy Hartley"), ("Their post", "Implementation manager")):
        keys.tab(name)
        visitor.page.keyboard.press("Control+A")
        visitor.page.keyboard.type(typed)
    keys.press("Enter")

    expect(visitor.page.get_by_role("alert")).to_contain_text(WRONG)
    assert checks.violations(visitor.page) == []
    keys.tab(WRONG)
    keys.press("Enter", then=FOR_SCHOOL)
    visitor.page.keyboard.type("Petra Vaughan")
    keys.press("Enter")

    keys.arrives("Partnership agreement")
    expect(visitor.page.get_by_role("status")).to_have_text("The agreement is recorded.")
    expect(visitor.page.get_by_text("Petra Vaughan, Head")).to_be_visible()
    assert visitor.said == []


def test_a_school_is_accredited_without_a_mouse(visitor: Visitor) -> None:
    accreditation_complete(visitor)
    keys = Keyboard(visitor.page)
    keys.skip()
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Space")
    expect(visitor.page.get_by_label("1 year")).to_be_checked()
    keys.tab("Decide")
    keys.press("Enter")

    expect(visitor.page.get_by_role("status")).to_have_text("It is accredited.")
    assert visitor.said == []


def test_withdrawing_needs_no_scripts(plain: Visitor) -> None:
    accreditation_withdrawing(plain)
    plain.page.get_by_label("Misuse was found").check()

    plain.press("Withdraw it at once")

    expect(plain.page.get_by_role("status")).to_have_text(
        "The accreditation is withdrawn. Nobody there is let in any more."
    )
