"""A sensitive service as its people do it: by keyboard alone, and with scripts off."""

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.states.sensitive import at_the_form, at_the_service, with_one
from tests.browser.test_journeys import heads
from tests.browser.visitor import Visitor


def test_recording_with_a_young_persons_consent_needs_no_mouse(visitor: Visitor) -> None:
    keys = Keyboard(visitor.page)
    child = at_the_form(visitor)
    visitor.go(f"/children/{child.uid}/involvements/sensitive")
    keys.arrives("Record your involvement")

    keys.skip()
    keys.tab("To Zofia", "To a parent or carer, where Zofia does not understand it", "Zofia consents")
    keys.press("Space", then="Zofia consents")
    keys.tab("Yes")
    keys.press("Space", then="Yes")
    keys.tab("Who judged it?", *["Day", "Month", "Year"] * 3, "Record involvement")
    keys.press("Enter")

    expect(visitor.page.get_by_role("status")).to_have_text("Your involvement with Zofia is recorded.")
    expect(visitor.page.get_by_role("heading", name="Kit Maddox (you)")).to_be_visible()
    assert checks.violations(visitor.page) == []
    assert visitor.said == []


def test_withdrawing_needs_no_mouse(visitor: Visitor) -> None:
    keys = Keyboard(visitor.page)
    with_one(visitor)
    keys.skip()
    keys.tab("Zofia Nowak", "Withdraw or end the entry for Zofia Nowak")
    keys.press("Enter")
    keys.arrives("Withdraw this entry")

    keys.skip()
    keys.tab("Consent is withdrawn")
    keys.press("Space", then="Consent is withdrawn")
    keys.tab("Withdraw entry")
    keys.press("Enter")

    expect(visitor.page.get_by_role("status")).to_have_text("The entry is gone. Nobody sees it any more.")
    expect(visitor.page.get_by_role("heading", name="By consent, in your service")).to_have_count(0)


def test_recording_and_withdrawing_need_no_scripts(plain: Visitor) -> None:
    page = plain.page
    at_the_form(plain)
    heads(page, "Record your involvement")
    plain.press("Record involvement")
    expect(page.get_by_role("alert")).to_contain_text("Choose on what ground you record it")
    page.get_by_label("Zofia consents", exact=True).check()
    page.get_by_label("Yes", exact=True).check()
    plain.press("Record involvement")
    expect(page.get_by_role("status")).to_have_text("Your involvement with Zofia is recorded.")

    page.get_by_role("link", name="Withdraw or end the entry of Kit Maddox").click()
    heads(page, "Withdraw this entry")
    page.get_by_label("Consent is withdrawn").check()
    plain.press("Withdraw entry")
    expect(page.get_by_role("status")).to_have_text("The entry is gone. Nobody sees it any more.")


def test_a_service_is_called_sensitive_without_scripts(plain: Visitor) -> None:
    page = plain.page
    at_the_service(plain)
    heads(page, "What kind of service is it?")
    page.get_by_label("Mental health").check()
    plain.press("Continue")
    heads(page, "Before you change it")
    plain.press("Change it")

    expect(page.get_by_role("status")).to_have_text("It is changed. 1 involvement has left the directory.")
    expect(page.get_by_text("Mental health", exact=True)).to_be_visible()
