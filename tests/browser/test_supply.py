"""A school's files from the web to the records and back: by keyboard alone, scripts on and off, axe on each page."""

from datetime import date
from itertools import islice

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from bench.census import children
from bench.messy import FEWEST, messy
from bench.population import generate
from bench.shapes import Child
from cp.models.child import Child as Record
from tests.browser import checks
from tests.browser.keyboard import NAME, Keyboard
from tests.browser.states.supply import supplier, worked
from tests.browser.visitor import Visitor
from tests.feeds.files import ctf
from tests.scale import SEED, scaled

PUPILS = scaled(FEWEST, 1_000)
LEAVERS = 20
TODAY = date(2026, 11, 22)
FURTHEST = 300


class Secretary:
    """Somebody with a keyboard, who has axe look at each page on the way."""

    def __init__(self, visitor: Visitor, scripts: bool) -> None:
        self.visitor, self.page, self.scripts = visitor, visitor.page, scripts
        self.keys = Keyboard(visitor.page)

    def at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=20_000)
        if self.scripts:
            assert checks.violations(self.page) == []

    def tab_to(self, name: str) -> None:
        """On with Tab, as far as it takes."""
        for _ in range(FURTHEST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAME) == name:
                return self.keys.at(name)
        raise AssertionError(f"Tab did not come to “{name}”")

    def enter(self, name: str, then: str) -> None:
        self.tab_to(name)
        self.page.keyboard.press("Enter")
        self.at(then)

    def choose(self, data: bytes, name: str) -> None:
        """The dialogue that gives a file is the machine's, and no part of the page."""
        self.tab_to("Your file")
        self.page.locator(":focus").set_input_files({"name": name, "mimeType": "", "buffer": data})
        self.keys.tab("Yes, everyone")
        self.keys.press("Space", then="Yes, everyone")
        self.keys.press("ArrowDown", then="No, only some")
        self.tab_to("Check this file")
        self.page.keyboard.press("Enter")
        self.at("Have we read your columns rightly?")

    def send(self, ready: int, heading: str) -> None:
        self.enter("Check the rows", heading)
        self.enter(f"Send the {ready} ready rows", "Sending your file")
        self.until(f"{ready} rows were sent")

    def undo(self, rows: int) -> None:
        self.enter("Undo this file", "Undo this file?")
        self.enter(f"Undo {rows} rows", "Undoing your file")
        self.until("The file is undone")

    def until(self, heading: str) -> None:
        """The worker has done it: the page finds out by itself, and says so, or is asked."""
        worked(self.visitor)
        if self.scripts:
            self.at(heading)
            expect(self.page.get_by_role("status")).to_have_text(f"{heading}.")
            expect(self.page).to_have_title(f"{heading} – ContactPoint")
        else:
            self.enter("Update this page", heading)


def pupils() -> list[Child]:
    """No two of one name and birth date, and nobody of a single name: of those a school has to say that it is so."""
    at_school = (
        one for one in children(generate(PUPILS * 2, SEED, TODAY)) if any(each.kind == "school" for each in one.said)
    )
    apart = {(one.given_names, one.family_name, one.born_on): one for one in at_school if one.family_name}
    return list(islice(apart.values(), PUPILS))


def transfer_file(of: list[Child]) -> bytes:
    return ctf(
        "".join(
            f"<Pupil><UPN>{dict(one.numbers).get('upn', '')}</UPN><Surname>{one.family_name}</Surname>"
            f"<Forename>{one.given_names.split()[0]}</Forename><DOB>{one.born_on}</DOB></Pupil>"
            for one in of
        )
    ).encode()


def records(visitor: Visitor) -> int:
    with visitor.site.session() as session:
        return session.scalar(select(func.count()).select_from(Record)) or 0


@pytest.mark.parametrize(
    ("window", "scripts"),
    [pytest.param("visitor", True, id="with scripts"), pytest.param("plain", False, id="without scripts")],
)
def test_a_schools_files_are_sent_and_undone_without_a_mouse(
    request: pytest.FixtureRequest, window: str, scripts: bool
) -> None:
    visitor: Visitor = request.getfixturevalue(window)
    at_school, before, secretary = pupils(), records(visitor), Secretary(visitor, scripts)
    file = messy(at_school, SEED)
    held, total = len({one.row for one in file.planted}), file.data.count(b"\r\n") - 1
    supplier(visitor)

    visitor.go("/supply")
    secretary.choose(file.data, "autumn-roll.csv")
    secretary.send(total - held, f"{total - held} rows are ready, {held} need a look")
    sent = records(visitor)
    secretary.enter("Send another file", "Send pupil data")
    secretary.choose(transfer_file(at_school[:LEAVERS]), "9994001_CTF.xml")
    secretary.send(LEAVERS, f"All {LEAVERS} rows are ready")
    secretary.undo(LEAVERS)
    secretary.enter("All files sent", "Files sent")
    secretary.enter("autumn-roll.csv", f"{total - held} rows were sent")
    secretary.undo(total - held)

    assert 0.9 * (total - held) < sent - before <= total - held
    assert records(visitor) == before
    assert visitor.said == []
