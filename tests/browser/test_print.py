"""On paper: a record is one A4 page with 14 people on it, all there is to know; no furniture on it, nor on the log."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.directory import CROWD
from tests.browser.states import families
from tests.browser.states.log import log_on_paper
from tests.browser.states.record import printed, record
from tests.browser.visitor import Visit, Visitor


def sheets(visitor: Visitor) -> list[tuple[bytes, bytes]]:
    """The width and height of each sheet, in points."""
    return re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", visitor.page.pdf(prefer_css_page_size=True))


A4 = (b"594", b"841")


def test_14_people_with_long_names_fit_on_one_page(visitor: Visitor) -> None:
    printed(visitor)

    assert sheets(visitor) == [A4]


@pytest.mark.parametrize(
    "letter",
    [families.letter, families.letter_put_together, families.letter_to_the_child, families.letter_of_nobody,
     families.copy_released],
)  # fmt: skip
def test_what_a_family_is_told_is_one_sheet_with_nothing_to_press(visitor: Visitor, letter: Visit) -> None:
    letter(visitor)
    visitor.page.emulate_media(media="print")

    for gone in ("banner", "navigation", "button", "contentinfo"):
        expect(visitor.page.get_by_role(gone).locator("visible=true")).to_have_count(0)
    expect(visitor.page.get_by_text("Yours sincerely,")).to_be_visible()
    assert sheets(visitor) == [A4]


def test_paper_shows_the_people_and_nothing_to_press(visitor: Visitor) -> None:
    printed(visitor)
    visitor.page.emulate_media(media="print")

    for name, _ in CROWD:
        expect(visitor.page.get_by_role("heading", name=name)).to_be_visible()
    expect(visitor.page.get_by_text("Ended in the last 12 months: ")).to_be_visible()
    for gone in ("banner", "navigation", "button", "contentinfo"):
        expect(visitor.page.get_by_role(gone).locator("visible=true")).to_have_count(0)


def test_what_is_folded_on_the_screen_is_open_on_paper(visitor: Visitor) -> None:
    record(visitor)
    expect(visitor.page.get_by_text("Ruth Castellanos")).to_be_hidden()

    visitor.page.emulate_media(media="print")

    expect(visitor.page.get_by_text("Ruth Castellanos")).to_be_visible()


def test_the_log_on_paper_has_its_entries_and_nothing_to_press(visitor: Visitor) -> None:
    log_on_paper(visitor)

    sheet = visitor.page.pdf(prefer_css_page_size=True)
    visitor.page.emulate_media(media="print")

    assert set(re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", sheet)) == {(b"594", b"841")}
    expect(visitor.page.get_by_text("Opened a record").first).to_be_visible()
    expect(visitor.page.get_by_text("Printed by Rex Hale")).to_be_visible()
    for gone in ("banner", "navigation", "button", "contentinfo", "link"):
        expect(visitor.page.get_by_role(gone).locator("visible=true")).to_have_count(0)
