"""Somebody at a browser: finds things by the words on the page and remembers what the browser complained of."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from playwright.sync_api import BrowserContext, Page, Response

from cp.models.child import Child
from tests import build
from tests.browser.site import Site
from tests.build import Person

WIDE = {"width": 1366, "height": 768}
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of |Clear-Site-Data header on ")
"""What a browser says of every refusal that is asked for, and of every sign-out."""


def is_answer(response: Response) -> bool:
    """A page or a part of one; not a redirection, a style or a script."""
    return response.request.resource_type in ("document", "fetch") and not 300 <= response.status < 400


class Visitor:
    """One browser window.

    `said` is what its console said, but for the status of pages that were asked for; `answers` is what the server
    sent for what is on the screen now: the page, and the parts that came later.
    """

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.context, self.site = context, site
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.answers: list[Response] = []
        self.page.on("console", lambda message: self._heard(message.text))
        self.page.on("pageerror", lambda problem: self.said.append(str(problem)))
        self.page.on("response", self._answered)

    def _heard(self, text: str) -> None:
        if not EXPECTED.match(text):
            self.said.append(text)

    def _answered(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self.answers.clear()  # a browser forgets what an earlier page was made of
        if is_answer(response):
            self.answers.append(response)

    def become(self, person: Person) -> "Visitor":
        """Signed in, from now on."""
        self.context.add_cookies([{
            "name": "cp", "value": self.site.token(person), "url": self.site.url, "httpOnly": True, "sameSite": "Lax",
        }])  # fmt: skip
        return self

    def go(self, path: str) -> Page:
        self.page.goto(self.site.url + path)
        return self.page

    def press(self, words: str) -> Page:
        """The button or link with these words, until its answer is there: a page or a part of one."""
        button = self.page.get_by_role("button", name=words, exact=True)
        with self.page.expect_response(is_answer):
            button.or_(self.page.get_by_role("link", name=words, exact=True)).click()
        self.page.wait_for_load_state("domcontentloaded")
        return self.page

    def give_password(self, person: Person, password: str = build.PASSWORD) -> Page:
        self.go("/sign-in")
        self.page.get_by_label("Email address").fill(person.email)
        self.page.get_by_label("Password", exact=True).fill(password)
        return self.press("Continue")

    def fill_in(self, given: str = "", family: str = "", born: date | None = None, postcode: str = "",
                reason: str = "I am working with this child") -> Page:  # fmt: skip
        """The form of Find a child, which is on the screen."""
        self.page.get_by_label("Given name").fill(given)
        self.page.get_by_label("Family name").fill(family)
        if born:
            self.fill_day(born)
        self.page.get_by_label("Postcode").fill(postcode)
        if reason:
            self.page.get_by_label(reason).check()
        return self.page

    def fill_day(self, day: date) -> None:
        for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.page.get_by_label(name, exact=True).fill(str(value))

    def search(self, given: str = "", family: str = "", born: date | None = None, postcode: str = "") -> Page:
        self.go("/")
        self.fill_in(given, family, born, postcode)
        return self.press("Search")

    def open(self, child: Child) -> Page:
        """The record by its address, giving the reason if nothing says it yet."""
        self.go(f"/children/{child.uid}")
        reason = self.page.get_by_label("I am working with this child")
        if reason.count():
            reason.check()
            self.press("Open the record")
        return self.page


Visit = Callable[[Visitor], object]


@contextmanager
def locked(site: Site) -> Iterator[None]:
    """Nothing can be written meanwhile."""
    with site.session() as session:
        session.connection()
        yield
