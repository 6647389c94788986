"""Every page in every state: readable by axe's rules, at 400% zoom, by keyboard and by a finger."""

import re

import pytest

from tests.browser import checks
from tests.browser.checker import Check
from tests.browser.visitor import WIDE, Visitor

PHONE = 320
"""Also what a screen of 1280 is at 400% zoom (WCAG 1.4.10)."""
DOUBLED = 683
"""What a screen of 1366 is at 200%."""


def test_axe_finds_nothing(state: Visitor) -> None:
    for width in (WIDE["width"], PHONE):
        state.page.set_viewport_size({"width": width, "height": 768})

        assert checks.violations(state.page) == []


@pytest.mark.parametrize(("width", "style"), [(PHONE, ""), (DOUBLED, ""), (PHONE, checks.SPACED)],
                         ids=["400%", "200%", "wide-set text at 400%"])  # fmt: skip
def test_nothing_scrolls_sideways_or_is_cut_off(state: Visitor, width: int, style: str) -> None:
    assert checks.too_wide(state.page, width, style) == []


@pytest.mark.parametrize("width", [WIDE["width"], PHONE])
def test_whatever_can_be_pressed_is_large_enough_to_hit(state: Visitor, width: int) -> None:
    state.page.set_viewport_size({"width": width, "height": 768})

    assert checks.small_targets(state.page) == []


def test_tab_reaches_everything_and_shows_where_it_is(state: Visitor) -> None:
    state.page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    assert checks.unmarked(state.page) == []


def test_the_words_are_plain(state: Visitor) -> None:
    words = state.page.locator("body").inner_text()

    assert re.findall(r"(?i)\b(?:please|success\w*|invalid|submit\w*|sorry|oops)\b|['\"]", words) == []


def test_the_console_is_silent(state: Visitor) -> None:
    assert state.said == []


def test_what_was_sent_is_html_without_an_error(state: Visitor, html_problems: Check) -> None:
    assert {answer.url: html_problems(answer.text()) for answer in state.answers} == {
        answer.url: [] for answer in state.answers
    }
