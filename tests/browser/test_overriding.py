"""A shield looked through and reviewed, as it is lived: by keyboard alone, and with scripts off."""

from playwright.sync_api import expect

from cp.terms import Role
from tests.browser import checks
from tests.browser.keyboard import Keyboard
from tests.browser.states.overriding import GO, WARNING, colleague, holder, ola, time_is_up
from tests.browser.states.steps import children
from tests.browser.test_journeys import heads
from tests.browser.visitor import Visitor


def test_an_override_needs_no_mouse(visitor: Visitor) -> None:
    keys, page = Keyboard(visitor.page), visitor.page
    ola(visitor)
    page.get_by_role("link", name=GO).focus()
    keys.press("Enter")
    keys.arrives(WARNING)
    assert checks.violations(page) == []

    keys.skip()
    keys.tab("ask for contact", "A child is in immediate danger")
    keys.press("Space", then="A child is in immediate danger")
    keys.tab(GO)
    keys.press("Enter")
    keys.arrives("Leo Marchetti")
    expect(page.get_by_text("1 Hidden Lane")).to_be_visible()
    assert checks.violations(page) == []

    keys.tab("Skip to main content", "ContactPoint", "Sign out", "Find a child", "My involvements", "Account", "Help")
    keys.tab("Close it now")
    keys.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The shield is closed again.")
    expect(page.get_by_text("1 Hidden Lane")).to_have_count(0)
    keys.at("The shield is closed again.")
    assert checks.violations(page) == []
    assert visitor.said == []


def test_the_page_asks_for_the_minutes_and_leaves_when_they_are_over(visitor: Visitor) -> None:
    page, person = visitor.page, ola(visitor)
    visitor.press(GO)
    page.get_by_label("A court or police protection order").check()
    page.clock.install()
    visitor.press(GO)
    expect(page.locator("#left")).to_contain_text("15 minutes left.")

    with page.expect_response(lambda answer: answer.url.endswith("/override/left")):
        page.clock.run_for(61_000)
    expect(page.locator("#left")).to_contain_text("minutes left. Reference OV-")
    time_is_up(visitor, person)
    with page.expect_response(lambda answer: answer.url.endswith("/override/left")):
        page.clock.run_for(61_000)

    expect(page.get_by_role("status")).to_have_text("Time is up. The shield is closed again.")
    expect(page.get_by_text("1 Hidden Lane")).to_have_count(0)
    assert visitor.said == []


def test_going_back_shows_the_shielded_record(visitor: Visitor) -> None:
    page = visitor.page
    ola(visitor)
    visitor.press(GO)
    page.get_by_label("A court or police protection order").check()
    visitor.press(GO)
    expect(page.get_by_text("1 Hidden Lane")).to_be_visible()

    visitor.go("/")
    page.go_back()

    heads(page, "Leo Marchetti")
    expect(page.get_by_text("This record is shielded.")).to_be_visible()
    expect(page.get_by_text("1 Hidden Lane")).to_have_count(0)


def look(plain: Visitor) -> None:
    """Through the shield of Leo, and away."""
    page, leo = plain.page, children(plain).shielded
    plain.open(leo)
    plain.press(GO)
    heads(page, WARNING)
    plain.press(GO)
    expect(page.get_by_role("alert")).to_contain_text("Choose why you need it now")
    page.get_by_label("A child protection enquiry under section 47").check()
    plain.press(GO)
    expect(page.get_by_text("1 Hidden Lane")).to_be_visible()
    page.get_by_role("link", name="Find a child").click()
    heads(page, "Find a child")
    plain.open(leo)
    expect(page.get_by_text("This record is shielded.")).to_be_visible()


def find(plain: Visitor, known: str, finding: str, said: str) -> None:
    """A reviewer reads this and says that."""
    page = plain.go("/overrides")
    page.get_by_role("link", name="OV-").click()
    heads(page, "Was this override right?")
    expect(page.get_by_text(known)).to_be_visible()
    page.get_by_label(finding).check()
    page.get_by_role("button", name="Close OV-").click()
    expect(page.get_by_role("status")).to_contain_text(said)


def test_an_override_and_its_review_need_no_scripts(plain: Visitor) -> None:
    page = plain.page
    with plain.site.session() as session:
        person = holder(plain, session)
        reviewer = colleague(session, person, Role.REVIEWER, "Ron Castle")
    look(plain.become(person))

    shown = "Other names, addresses, carers, who works with the child"
    find(plain.become(reviewer), shown, "I need Ola’s answer first", "Ola Nowicka is asked")
    plain.become(person).go("/")
    page.get_by_role("link", name="Answer by").click()
    page.get_by_label("I could not reach the management team in time").check()
    plain.press("Send answer")
    expect(page.get_by_role("status")).to_contain_text("The reviewer reads it.")

    find(plain.become(reviewer), "I could not reach the management team in time", "It was right", "is closed.")
    plain.become(person).go("/")
    expect(page.get_by_text("The finding: it was right.")).to_be_visible()
