"""Somebody who goes from page to page: by keyboard, with axe looking at each; or without scripts, with a mouse."""

import re

from playwright.sync_api import Locator, expect

from tests.browser import checks
from tests.browser.keyboard import SHOWN
from tests.browser.visitor import Visitor, is_answer

FURTHEST = 400
REACHED = """e => {
  const at = document.activeElement
  return at === e || (e.type === 'radio' && at.type === 'radio' && at.name === e.name && at.form === e.form)
}"""
IS_IT = "e => document.activeElement === e"
AT_THE_TOP = "document.activeElement === document.body"


class Walker:
    """Every name is the whole name of what is pressed or filled in; `of` is the group that it stands in."""

    def __init__(self, visitor: Visitor, *, scripts: bool) -> None:
        self.visitor, self.page, self.scripts = visitor, visitor.page, scripts
        self.seen = 0

    def at(self, heading: str | re.Pattern[str]) -> None:
        """A page is there, and axe finds nothing wrong with it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.looks()

    def looks(self) -> None:
        """A script itself, axe looks where scripts are on."""
        self.seen += 1
        if self.scripts:
            assert checks.violations(self.page) == []

    def go(self, path: str, heading: str | re.Pattern[str]) -> None:
        self.visitor.go(path)
        self.at(heading)

    def press(self, name: str, then: str | re.Pattern[str] = "") -> None:
        """The button or link, until its answer is there."""
        button = self._within("").get_by_role("button", name=name, exact=True)
        target = button.or_(self._within("").get_by_role("link", name=name, exact=True)).first
        self.page.evaluate("document.documentElement.dataset.left = 'yes'")
        with self.page.expect_response(is_answer) as answer:
            self._activate(target)
        if answer.value.request.resource_type == "document":  # a page like the one before is another page all the same
            expect(self.page.locator("html[data-left]")).to_have_count(0)
            self.page.wait_for_load_state("domcontentloaded")
        if then:
            self.at(then)

    def _activate(self, target: Locator) -> None:
        if self.scripts:
            self._tab_to(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()

    def write(self, label: str, text: str, of: str = "") -> None:
        field = self._within(of).get_by_label(label, exact=True)
        if self.scripts:
            self._tab_to(field)
            self.page.keyboard.type(text)
        else:
            field.fill(text)
        expect(field).to_have_value(text)

    def choose(self, label: str, of: str = "") -> None:
        """A radio, or a box to tick."""
        field = self._within(of).get_by_label(label, exact=True)
        if self.scripts:
            self._tab_to(field)
            self.page.keyboard.press("Space")
            for _ in range(FURTHEST):
                if field.evaluate(IS_IT):
                    break
                self.page.keyboard.press("ArrowDown")
        else:
            field.check()
        expect(field).to_be_checked()

    def give(self, label: str, name: str, data: bytes) -> None:
        """A file: the dialogue is the machine's, and no part of the page."""
        field = self._within("").get_by_label(label, exact=True)
        if self.scripts:
            self._tab_to(field)
        field.set_input_files({"name": name, "mimeType": "", "buffer": data})

    def hears(self, sentence: str) -> None:
        expect(self.page.get_by_role("status")).to_have_text(sentence)

    def reads(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def _within(self, of: str) -> Locator:
        main = self.page.get_by_role("main")
        return main.get_by_role("group", name=of, exact=True) if of else main

    def _tab_to(self, target: Locator) -> None:
        """On with Tab as far as it takes; from the top of a page past header and menu."""
        if self.page.evaluate(AT_THE_TOP):
            self.page.keyboard.press("Tab")
            self.page.keyboard.press("Enter")
        for _ in range(FURTHEST):
            self.page.keyboard.press("Tab")
            if target.evaluate(REACHED):
                assert self.page.evaluate(SHOWN), "the focus cannot be seen"
                return
        raise AssertionError(f"Tab did not come to {target}")
