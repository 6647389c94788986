"""Hands that know no mouse: each key says where the focus is to be afterwards, and looks whether that can be seen."""

from playwright.sync_api import Page, expect

NAME = """() => {
  const element = document.activeElement
  const name = element.getAttribute('aria-label') || element.labels?.[0]?.innerText || element.innerText
  return name.replace(/\\s+/g, ' ').trim()
}"""
SHOWN = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect()
  const painted = element.matches('.govuk-radios__input, .govuk-checkboxes__input')
    ? getComputedStyle(element.nextElementSibling, '::before') : getComputedStyle(element)
  const marked = painted.outlineStyle !== 'none' || painted.boxShadow !== 'none'
  return element.matches(':focus-visible') && marked && box.bottom > 0 && box.top < innerHeight
}"""


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self, name: str) -> None:
        """The focus is on what has this name, and it shows."""
        focused = self.page.locator(":focus")
        expect(focused).to_have_count(1)
        assert self.page.evaluate(NAME) == name
        assert self.page.evaluate(SHOWN), f"the focus on “{name}” cannot be seen"

    def tab(self, *names: str) -> None:
        """Tab, once for each of these in turn."""
        for name in names:
            self.page.keyboard.press("Tab")
            self.at(name)

    def tab_and_type(self, name: str, text: str) -> None:
        self.tab(name)
        self.page.keyboard.type(text)

    def press(self, key: str, then: str = "") -> None:
        self.page.keyboard.press(key)
        if then:
            self.at(then)

    def arrives(self, heading: str) -> None:
        """Another page is there, with its heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def lands(self, heading: str) -> None:
        """A part of the page has changed, and its heading has the focus."""
        expect(self.page.get_by_role("heading", name=heading, exact=True)).to_be_focused()
        self.at(heading)

    def skip(self) -> None:
        """Past header and menu, from the top of a page."""
        self.tab("Skip to main content")
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main")).to_be_focused()
