"""Letters to every school that waits, without a mouse, and on paper: each on an A4 sheet of its own."""

import re

import pytest
from playwright.sync_api import expect

from cp.terms import LetterKind
from tests.browser.keyboard import Keyboard
from tests.browser.states.letters import letter_made, letters_of_every_kind, prep
from tests.browser.visitor import Visitor

A4 = (b"594", b"841")  # in points


def sheets(visitor: Visitor) -> list[tuple[bytes, bytes]]:
    return re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", visitor.page.pdf(prefer_css_page_size=True))


def test_every_school_that_waits_is_written_to_by_keyboard_alone(visitor: Visitor) -> None:
    letters_of_every_kind(visitor)
    keys = Keyboard(visitor.page)
    keys.skip()
    keys.tab("First letter")
    keys.press("Enter")
    keys.arrives("First letter")

    keys.skip()
    keys.tab("Choose from all schools and services", "All that wait for it")
    visitor.page.get_by_role("button", name="Continue").focus()
    keys.press("Enter")
    keys.arrives("Before you make the letters")
    keys.skip()
    keys.tab("Make the letters to print")
    keys.press("Enter")

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\d+ letters? of "))
    letters = visitor.page.locator(".cp-letter").count()
    assert letters >= 1
    assert sheets(visitor) == [A4] * letters
    assert visitor.said == []


@pytest.mark.parametrize("kind", LetterKind)
def test_each_letter_fits_on_one_sheet(visitor: Visitor, kind: LetterKind) -> None:
    visitor.go(f"/implementation/letters/to/{prep(visitor).uid}?letter={kind}")

    assert sheets(visitor) == [A4]


def test_paper_shows_the_letter_and_nothing_to_press(visitor: Visitor) -> None:
    letter_made(visitor)
    visitor.page.emulate_media(media="print")

    expect(visitor.page.get_by_role("heading", name="ContactPoint and your school")).to_be_visible()
    expect(visitor.page.get_by_role("heading", level=1).locator("visible=true")).to_have_count(0)
    for gone in ("banner", "navigation", "button", "contentinfo"):
        expect(visitor.page.get_by_role(gone).locator("visible=true")).to_have_count(0)
