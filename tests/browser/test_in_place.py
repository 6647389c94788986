"""What changes without a new page: where the focus goes, what is said, and that it is one signal and not two."""

import re

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from cp.models import Involvement
from cp.models.child import Child
from tests.browser.directory import aged
from tests.browser.states.finding import results_too_many
from tests.browser.states.others import my_involvements
from tests.browser.states.record import recorded_in_place
from tests.browser.visitor import Visitor

TAKEN_OVER = "You are now Barnaby’s lead professional. Grace Oyelaran has no account here, so tell them yourself."
ADDRESS = re.compile(r"/searches/[0-9a-f-]{36}$")


def status(page: Page) -> str:
    return (page.locator("#status").text_content() or "").strip()


def form_open(visitor: Visitor, given: str) -> Child:
    """Sam has the record of a new child before him, and the form in it."""
    child = visitor.site.add(given, "Entwistle", aged(8), lead="Grace Oyelaran")
    visitor.become(visitor.site.directory.world.sam).open(child)
    visitor.press("Record your involvement")
    expect(visitor.page.locator("#record-heading")).to_be_focused()
    return child


def test_narrowing_keeps_the_focus_and_the_status_speaks(visitor: Visitor) -> None:
    page = visitor.page
    results_too_many(visitor)
    before = page.url
    page.evaluate("document.getElementById('status').kept = true")
    visitor.fill_day(aged(10, 3))

    visitor.press("Show fewer")

    expect(page.locator("#results-count")).to_have_text("1 child matches")
    expect(page.get_by_role("button", name="Show fewer")).to_be_focused()
    assert status(page) == "1 child matches."
    expect(page.get_by_text("1 child matches. Go to the results")).to_be_in_viewport()
    assert page.evaluate("document.getElementById('status').kept"), "a new region is not heard"
    assert ADDRESS.search(page.url)
    assert page.url != before
    assert page.get_by_role("link", name="Change your search").get_attribute("href") == (
        "/searches/new?change=" + page.url.rpartition("/")[2]
    )


def test_after_an_error_that_was_put_right_nothing_of_it_is_left(visitor: Visitor) -> None:
    page = visitor.page
    results_too_many(visitor)
    visitor.press("Show fewer")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title("Error: Search results – ContactPoint")
    visitor.fill_day(aged(10, 3))

    visitor.press("Show fewer")

    expect(page.locator("#results-count")).to_have_text("1 child matches")
    expect(page.locator("#results-count")).to_be_focused()
    expect(page).to_have_title("Search results – ContactPoint")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def test_back_after_narrowing_shows_the_search_of_the_address(visitor: Visitor) -> None:
    results_too_many(visitor)
    visitor.fill_day(aged(10, 3))
    visitor.press("Show fewer")
    expect(visitor.page.locator("#results-count")).to_have_text("1 child matches")

    visitor.page.go_back()

    expect(visitor.page.locator("#results-count")).to_have_text("Too many children match")
    visitor.page.go_forward()
    expect(visitor.page.locator("#results-count")).to_have_text("1 child matches")


def test_recording_moves_the_focus_to_what_says_so_and_the_status_stays_silent(visitor: Visitor) -> None:
    page = visitor.page
    form_open(visitor, "Imogen")
    expect(page.get_by_role("button", name="Record your involvement")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Day", exact=True)).to_be_focused()

    visitor.press("Record involvement")

    expect(page.get_by_role("heading", name="Sam Okafor (you)")).to_be_focused()
    expect(page.locator(":focus")).to_have_accessible_description("Your involvement with Imogen is recorded.")
    expect(page.get_by_text("Your involvement with Imogen is recorded.")).to_be_in_viewport()
    assert status(page) == ""
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Imogen Entwistle"]
    expect(page.locator("#my-involvement form")).to_have_count(0)


def test_cancel_closes_the_form_and_gives_the_focus_back(visitor: Visitor) -> None:
    form_open(visitor, "Cedric")
    address = visitor.page.url

    visitor.page.get_by_role("link", name="Cancel").click()

    expect(visitor.page.get_by_role("button", name="Record your involvement")).to_be_focused()
    expect(visitor.page.locator("#my-involvement form")).to_have_count(0)
    assert visitor.page.url == address


def test_a_form_with_an_error_stays_where_it_is(visitor: Visitor) -> None:
    page = visitor.page
    form_open(visitor, "Prudence")
    page.get_by_label("Day", exact=True).fill("32")

    visitor.press("Record involvement")

    expect(page.locator("#my-involvement .govuk-error-summary")).to_be_focused()
    expect(page).to_have_title("Error: Child record – ContactPoint")
    expect(page.get_by_role("heading", name="Grace Oyelaran")).to_be_visible()
    page.locator(".govuk-error-summary a").click()
    expect(page.get_by_label("Day", exact=True)).to_be_focused()
    page.get_by_label("Day", exact=True).fill("1")
    visitor.press("Record involvement")
    expect(page.get_by_role("heading", name="Sam Okafor (you)")).to_be_focused()
    expect(page).to_have_title("Child record – ContactPoint")


def test_taking_over_is_a_page_of_its_own(visitor: Visitor) -> None:
    page = visitor.page
    form_open(visitor, "Barnaby")
    page.get_by_label("I am Barnaby’s lead professional").check()

    visitor.press("Record involvement")

    expect(page.get_by_role("heading", level=1)).to_have_text("Take over as lead professional?")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("link", name="Back to Barnaby Entwistle")).to_be_visible()
    expect(page).to_have_title("Take over as lead professional? – ContactPoint")
    assert page.url.endswith("/involvements/new"), "it has an address of its own"
    visitor.press("Take over as lead professional")
    expect(page.get_by_role("status")).to_have_text(TAKEN_OVER)
    expect(page.locator("#said")).to_be_focused()
    expect(page.locator("#said")).to_be_in_viewport()


def test_what_was_said_on_arrival_does_not_outlive_the_next_change(visitor: Visitor) -> None:
    page = visitor.page
    form_open(visitor, "Barnaby")
    page.get_by_label("I am Barnaby’s lead professional").check()
    visitor.press("Record involvement")
    visitor.press("Take over as lead professional")

    visitor.press("End or correct your involvement")

    expect(page.get_by_role("heading", name="End your involvement")).to_be_focused()
    assert status(page) == ""
    page.get_by_label("I recorded it by mistake").check()
    visitor.press("End involvement")
    expect(page.get_by_role("heading", name="Who is working with Barnaby")).to_be_focused()
    expect(page.locator(":focus")).to_have_accessible_description(
        "Your involvement with Barnaby is taken off the record. Grace Oyelaran is lead professional again."
    )
    assert status(page) == ""


def test_ending_moves_the_focus_to_who_is_left(visitor: Visitor) -> None:
    page = visitor.page
    recorded_in_place(visitor)

    visitor.press("End or correct your involvement")
    expect(page.get_by_role("heading", name="End your involvement")).to_be_focused()
    page.get_by_label("I recorded it by mistake").check()
    visitor.press("End involvement")

    expect(page.get_by_role("heading", name="Who is working with Hana")).to_be_focused()
    expect(page.locator(":focus")).to_have_accessible_description("Your involvement with Hana is taken off the record.")
    assert status(page) == ""
    expect(page.get_by_role("heading", name="Sam Okafor (you)")).to_have_count(0)
    visitor.press("Record your involvement")
    visitor.press("Record involvement")
    expect(page.get_by_role("heading", name="Sam Okafor (you)")).to_be_focused()


def test_pressing_twice_records_once(visitor: Visitor) -> None:
    child = form_open(visitor, "Delphine")

    visitor.page.get_by_role("button", name="Record involvement").dblclick()

    expect(visitor.page.get_by_role("heading", name="Sam Okafor (you)")).to_be_visible()
    with visitor.site.session() as session:
        mine = select(func.count()).where(
            Involvement.child_id == child.id, Involvement.practitioner_id == _sam(visitor)
        )
        assert session.scalar(mine) == 1


def _sam(visitor: Visitor) -> int:
    practitioner = visitor.site.directory.world.sam.practitioner
    assert practitioner is not None
    return practitioner.id


def test_confirming_goes_on_to_what_is_left(visitor: Visitor) -> None:
    my_involvements(visitor)
    due = visitor.page.get_by_role("region", name="May have ended")
    expect(due.get_by_role("listitem")).to_have_count(1)

    due.get_by_role("button", name="Yes").click()

    expect(due).to_have_count(0)
    expect(visitor.page.get_by_role("heading", name="Are you still working with them?")).to_be_focused()
    expect(visitor.page.locator(":focus")).to_have_accessible_description(re.compile("is confirmed until .* left to"))
    assert status(visitor.page) == ""
