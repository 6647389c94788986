"""What comes by itself while a file is sent, and pair after pair: who has the focus, and what is said, each once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import Keyboard
from tests.browser.states import identities
from tests.browser.states.supply import choose, one_step, pairs, supplier, worked
from tests.browser.visitor import Visitor
from tests.build_supply import AMIRA, IFEOMA, JACK, csv_of, row_by_row

FOUR = csv_of(AMIRA, JACK, IFEOMA, IFEOMA | {"Adno": "421", "Forename": "Zofia", "DOB": "01/02/2014"})
LISTEN = """() => {
  window.heard = []
  new MutationObserver(() => window.heard.push(document.getElementById('status').textContent.trim()))
    .observe(document.getElementById('status'), { childList: true, characterData: true, subtree: true })
}"""


@pytest.fixture
def progress(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Four rows are on their way, one at a time."""
    row_by_row(monkeypatch)
    supplier(visitor)
    choose(visitor, FOUR)
    visitor.press("Check the rows")
    visitor.press("Send the 4 ready rows")
    visitor.page.evaluate(LISTEN)
    return visitor.page


def test_each_quarter_is_said_once_and_the_focus_stays_until_its_place_is_gone(
    visitor: Visitor, progress: Page
) -> None:
    update = progress.get_by_role("link", name="Update this page")
    update.focus()

    for done in (1, 2, 3):
        one_step(visitor)
        expect(progress.get_by_text(f"{done} of 4 rows")).to_be_visible()
        expect(update).to_be_focused()
    with progress.expect_response(re.compile("/progress")):
        pass  # once more, with nothing new to say
    worked(visitor)

    expect(progress.get_by_role("heading", level=1)).to_be_focused()
    expect(progress).to_have_title("4 rows were sent – ContactPoint")
    assert progress.evaluate("window.heard") == ["25% sent.", "50% sent.", "75% sent.", "4 rows were sent."]
    assert visitor.said == []


def test_the_report_takes_no_focus_from_elsewhere(visitor: Visitor, progress: Page) -> None:
    progress.get_by_role("link", name="Account").focus()
    worked(visitor)

    expect(progress.get_by_role("heading", level=1)).to_have_text("4 rows were sent")
    expect(progress.get_by_role("link", name="Account")).to_be_focused()
    assert progress.evaluate("window.heard") == ["4 rows were sent."]
    visitor.press("Undo this file")
    expect(progress.get_by_role("heading", level=1)).to_have_text("Undo this file?")


def test_pair_after_pair_is_answered_without_a_mouse(visitor: Visitor) -> None:
    page, keys = visitor.page, Keyboard(visitor.page)
    identities.team(visitor)
    pairs(visitor, many=3)
    visitor.go("/review")
    keys.skip()

    for arrow, chosen, said, then in (
        ("ArrowDown", "Different children", "Different children, kept apart for good.", "Are these the same child?"),
        ("Space", "Same child", "Joined. What the school said is on the record now.", "Are these the same child?"),
        ("ArrowUp", "Not sure yet", "It comes again after the others.", "Are these the same child?"),
        ("Space", "Same child", "Joined. What the school said is on the record now.", "No pairs to review"),
    ):
        keys.tab("Same child")
        keys.press(arrow, then=chosen)
        keys.tab("Save and show the next pair")
        keys.press("Enter")
        expect(page.get_by_role("status")).to_have_text(said)
        keys.lands(then)

    expect(page).to_have_title("No pairs to review – ContactPoint")
    assert visitor.said == []


def test_pair_after_pair_needs_no_scripts(plain: Visitor) -> None:
    page = plain.page
    identities.team(plain)
    pairs(plain, many=2)
    plain.go("/review")

    plain.press("Save and show the next pair")
    expect(page.get_by_role("alert")).to_contain_text("Choose same, different or not sure yet")
    for left in ("Are these the same child?", "No pairs to review"):
        page.get_by_label("Same child").check()
        plain.press("Save and show the next pair")
        expect(page.get_by_role("status")).to_have_text("Joined. What the school said is on the record now.")
        expect(page.get_by_role("heading", level=1)).to_have_text(left)
