"""From an invitation to the first search, and in again without the password: by keyboard, with scripts and without."""

from datetime import date

import pytest
from playwright.sync_api import expect

from cp import clock
from cp.services import factors
from cp.terms import LinkKind
from tests.browser import checks
from tests.browser.directory import aged
from tests.browser.keyboard import Keyboard
from tests.browser.test_keyboard import find
from tests.browser.visitor import Visitor

CHOSEN = "otters in four hats"
WINDOWS = pytest.mark.parametrize("window", ["visitor", "plain"], ids=["with scripts", "without scripts"])


class Hands:
    """Somebody at a keyboard, with or without scripts; axe, itself a script, looks at each page they come to."""

    def __init__(self, visitor: Visitor, scripts: bool) -> None:
        self.visitor, self.scripts, self.keys = visitor, scripts, Keyboard(visitor.page)

    def arrives(self, heading: str) -> None:
        self.keys.arrives(heading)
        if self.scripts:
            assert checks.violations(self.visitor.page) == []

    def skip(self) -> None:
        """Past header and menu."""
        self.keys.tab("Skip to main content")
        self.keys.page.keyboard.press("Enter")
        if self.scripts:
            expect(self.keys.page.locator("main")).to_be_focused()

    def skip_news(self, sentence: str) -> None:
        """Scripts put the focus on the sentence that a page begins with, past header and menu."""
        expect(self.keys.page.get_by_role("status")).to_have_text(sentence)
        if self.scripts:
            expect(self.keys.page.locator("#said")).to_be_focused()
        else:
            self.skip()

    def choose(self, heading: str, password: str) -> None:
        self.arrives(heading)
        self.skip()
        self.keys.tab_and_type("Password", password)
        if self.scripts:
            self.keys.tab("Show password")
        self.press("Continue")

    def press(self, *names: str) -> None:
        """Tab past the others to the last of these, and press it."""
        self.keys.tab(*names)
        self.keys.page.keyboard.press("Enter")


@pytest.fixture
def hands(request: pytest.FixtureRequest, window: str) -> Hands:
    return Hands(request.getfixturevalue(window), window == "visitor")


@WINDOWS
def test_an_invited_person_comes_to_the_first_search(hands: Hands, window: str) -> None:
    site, born = hands.visitor.site, aged(8, 60)
    person = site.newcomer("Ines Moreau" if hands.scripts else "Ivor Moreau")
    family = "Wetherby" if hands.scripts else "Ollershaw"
    site.add("Theodora", family, born)

    hands.visitor.go(site.link(person, LinkKind.JOIN))
    hands.choose("Choose a password", CHOSEN)
    enrol(hands)
    read_and_sign(hands)
    hands.arrives("Your training is due")
    hands.skip_news("The user agreement is signed.")
    hands.press("record the day")
    record_training(hands, aged(0, 9))
    hands.arrives("Your account")
    hands.skip_news("Your training is recorded.")

    hands.visitor.go("/")
    hands.arrives("Find a child")
    find(hands.keys, family, born)
    expect(hands.keys.page.get_by_role("link", name=f"Theodora {family}")).to_be_visible()
    assert hands.visitor.said == []


def enrol(hands: Hands) -> None:
    hands.arrives("Set up your authenticator app")
    key = hands.keys.page.locator(".cp-key").inner_text().replace(" ", "")
    hands.skip()
    hands.keys.tab_and_type("Security code", factors.code_at(key, factors.step_of(clock.now())))
    hands.press("Continue")
    hands.arrives("Your printed security codes")
    hands.skip()
    hands.press("I have kept them safe")


def read_and_sign(hands: Hands) -> None:
    hands.arrives("Two things to do first")
    hands.skip()
    hands.press("Read the operating procedures")
    hands.arrives("Operating procedures")
    hands.skip()
    hands.press(*hands.keys.page.locator("main a").all_inner_texts(), "I have read the procedures")
    hands.arrives("Two things to do first")
    hands.skip_news("It is recorded that you read the procedures.")
    hands.press("sign the user agreement")
    hands.arrives("User agreement")
    hands.skip()
    hands.press("Sign the agreement")


def record_training(hands: Hands, day: date) -> None:
    hands.arrives("When did you complete your training?")
    hands.skip()
    for name, typed in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        hands.keys.tab_and_type(name, str(typed))
    hands.press("Record training")


@WINDOWS
def test_a_forgotten_password_is_chosen_anew(hands: Hands, window: str) -> None:
    site, keys = hands.visitor.site, hands.keys
    people = site.directory.people
    person = people.dee if hands.scripts else people.soon

    hands.visitor.go(site.link(person, LinkKind.PASSWORD))
    hands.choose("Choose a new password", CHOSEN)
    hands.arrives("Enter your security code")
    hands.skip()
    keys.tab_and_type("Security code", site.code(person))
    hands.press("Sign in")
    hands.arrives("Find a child")

    hands.visitor.go(site.link(person, LinkKind.PASSWORD))
    hands.arrives("Choose a new password")
    assert hands.visitor.said == []
