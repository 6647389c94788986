"""On paper: a record is one A4 page with 14 people on it, all there is to know; no furniture on it, nor on the log."""

import re

from playwright.sync_api import expect

from tests.browser.directory import CROWD
from tests.browser.states.log import log_on_paper
from tests.browser.states.record import printed, record
from tests.browser.visitor import Visitor


def test_14_people_with_long_names_fit_on_one_page(visitor: Visitor) -> None:
    printed(visitor)

    sheet = visitor.page.pdf(prefer_css_page_size=True)

    assert re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", sheet) == [(b"594", b"841")]  # A4 in points


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
