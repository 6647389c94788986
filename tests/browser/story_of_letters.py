"""The first half of a roll-out, chapter by chapter: letters, answers, how each school will send."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import roll_out
from tests.browser.roll_out import HAMLET, PREP, PRIMARY, SCHOOLS, Start
from tests.browser.walker import Walker

BOARD, MEANS = "Schools in Northvale", "How it sends data"
LETTERS = re.compile(rf"^{SCHOOLS} letters of ")


class Letters:
    def __init__(self, walker: Walker) -> None:
        self.walker, self.visitor, self.page = walker, walker.visitor, walker.page
        self.people: Start = walker.visitor.site.directory  # type: ignore[assignment]
        self.links: dict[str, str] = {}

    def imported(self, folder: Path) -> None:
        said = roll_out.imported(self.visitor.site, folder)
        assert said.startswith(f"{SCHOOLS} made, 0 changed, 0 closed,"), said
        assert said.endswith(" 0 problems."), said

    def board(self, step: str, waiting: int) -> None:
        """Ivy's map, at the schools that wait for this."""
        self.visitor.become(self.people.ivy)
        self.visitor.go("/implementation")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(BOARD)
        expect(self.page.locator("#waiting li", has_text=step)).to_have_text(f"{step} {waiting}")
        self.walker.press(step)
        expect(self.page.locator("#waiting [aria-current]")).to_have_text(step)
        self.walker.looks()

    def school(self, name: str, step: str, waiting: int) -> None:
        self.board(step, waiting)
        self.walker.press(name, name)

    def written_to(self, step: str, letter: str) -> None:
        """All that wait, from the step at which they do."""
        self.board(step, SCHOOLS)
        self.walker.press(f"Print letters for these {SCHOOLS}", letter)
        self.walker.choose("All that wait for it")
        self.walker.press("Continue", "Before you make the letters")
        self.walker.press("Make the letters to print", LETTERS)
        expect(self.page.locator(".cp-letter")).to_have_count(SCHOOLS)

    def take_links(self) -> None:
        """The address of its own form, out of the letter that each of the three schools gets."""
        for name in (PREP, PRIMARY, HAMLET):
            letter = self.page.get_by_role("region", name=f"Letter to {name}").inner_text()
            found = re.search(r"/school/[\w-]+", letter)
            assert found, letter
            self.links[name] = found[0]

    def answers(self, name: str, system: str, wish: str, pupils: int, suggestion: str) -> None:
        """A school by its link, without an account; then what is suggested to it."""
        self.visitor.context.clear_cookies()
        walker, then = self.walker, "Save and continue"
        walker.go(self.links[name], "Tell us how ContactPoint can work for your school")
        walker.press("Start", "Who is our contact at your school?")
        walker.write("Name", "Bea Lindholm")
        walker.write("Post", "Bursar")
        walker.write("Telephone number", "020 7946 0123")
        walker.press(then, "Which system holds your pupils?")
        walker.choose(system)
        walker.press(then, "Which way of sending suits you?")
        walker.choose(wish)
        walker.press(then, "How many pupils and staff do you have?")
        walker.write("Pupils", str(pupils))
        walker.write("Head of year", "2")
        walker.press(then, "What training have your staff had?")
        walker.choose("Safeguarding")
        walker.press(then, "When would a training session suit your staff?")
        walker.choose("Tuesday")
        walker.choose("After school, from 4pm")
        walker.press(then, "Thank you, that is everything")
        walker.reads(suggestion)

    def agrees(self, name: str, way: str, waiting: int) -> None:
        """Ivy, on the telephone with the school: what follows from its answers stands chosen."""
        walker = self.walker
        self.school(name, "A way to send data", waiting)
        walker.press("offer them a way to send data", MEANS)
        walker.reads(way)
        walker.press("Offer a way of sending", "Which way of sending suits it best?")
        expect(self.page.get_by_label(way, exact=True)).to_be_checked()
        walker.press("Save as offered", MEANS)
        walker.press("Record that it agreed", "How often did it agree to send?")
        walker.press("Record that it agreed", MEANS)
        walker.hears("It is agreed.")
