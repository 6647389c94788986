"""An authority's schools brought in, as one story: from the register to the first live file, on pages alone."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cp import clock, sealing
from cp.rules.days import anniversary
from cp.views.words import day
from tests.browser import roll_out
from tests.browser.conftest import window
from tests.browser.roll_out import HAMLET, PREP, PRIMARY, PUPILS, SCHOOLS, Start
from tests.browser.site import Site, served
from tests.browser.story_of_people import LEARNERS, Story
from tests.browser.walker import Walker
from tests.scale import scaled


@pytest.fixture
def start(empty: str, ring: sealing.KeyRing, tmp_path: Path) -> Iterator[Site]:
    with served(empty, ring, tmp_path, Start.make) as site:
        yield site


@pytest.fixture(params=[True, False], ids=["by keyboard", "without scripts"])
def story(request: pytest.FixtureRequest, chromium: Browser, start: Site) -> Iterator[Story]:
    with window(chromium, start, java_script_enabled=request.param) as visitor:
        yield Story(Walker(visitor, scripts=request.param))


def test_an_authority_brings_its_schools_in(story: Story, start: Site, tmp_path: Path) -> None:
    story.imported(tmp_path)
    story.written_to("First contact", "First letter")
    story.written_to("Their answers", "Letter that asks how a school will send")
    three_schools_answer(story)
    three_ways_are_agreed(story)
    supplier = roll_out.supplier(start)
    story.uploads(supplier)
    story.judges()
    story.signs()
    people_are_let_in(story)
    story.supplies(supplier)

    assert_map(story)
    assert_figures(story)
    assert_school(story)
    assert story.visitor.said == []


def three_schools_answer(story: Story) -> None:
    """One with a system that exports transfer files, one with a list of its own, one with a handful of pupils."""
    story.take_links()
    story.answers(PREP, "iSAMS", "I do not know", PUPILS, "Upload one file each term.")
    story.answers(PRIMARY, "Spreadsheets or paper", "Somebody uploads a spreadsheet", 211, "spreadsheet")
    story.answers(HAMLET, "Spreadsheets or paper", "I do not know", 18, "pupil")


def three_ways_are_agreed(story: Story) -> None:
    story.agrees(PREP, "Somebody uploads a Common Transfer File", 3)
    story.agrees(PRIMARY, "Somebody uploads a spreadsheet", 2)
    story.agrees(HAMLET, "Somebody types each child", 1)


def people_are_let_in(story: Story) -> None:
    """Named, invited, trained; at full scale both of them join."""
    story.names()
    links = [story.invites(name) for name in LEARNERS]
    story.trains()
    for link in links[: scaled(1, 2)]:
        story.joins(link)
    story.accredits()


def assert_map(story: Story) -> None:
    story.board("Nothing: live", 1)
    counted = {"First contact": 0, "Their answers": SCHOOLS - 3, "A way to send data": 0, "A test file": 2,
               "A signed agreement": 0, "Named people": 0, "Training": 0, "Accreditation": 0, "Nothing: live": 1,
               "All schools": SCHOOLS}  # fmt: skip

    expect(story.page.locator("#waiting li")).to_have_text([f"{step} {many}" for step, many in counted.items()])
    story.walker.reads(f"1 of {SCHOOLS} is live.")


def assert_figures(story: Story) -> None:
    story.walker.go("/implementation/figures", "Figures")

    counted = {"Live": 1, "All": SCHOOLS, "Contacted": SCHOOLS, "Means agreed": 3, "Supplying": 1,
               "Next steps overdue": 0, "Children held": PUPILS, "Schools not counted": 0}  # fmt: skip
    said = dict(pairwise(story.page.locator(".cp-figures :is(dt, dd)").all_inner_texts()))
    assert {words: said[words] for words in counted} == {words: str(many) for words, many in counted.items()}


def assert_school(story: Story) -> None:
    today, last = day(clock.today()), day(anniversary(clock.today(), 2) - timedelta(days=1))
    story.school(PREP, "Nothing: live", 1)

    keys, values = (story.page.locator(f".govuk-summary-list__{part}").all_inner_texts() for part in ("key", "value"))
    assert dict(zip(keys, values, strict=True)) == {
        "First contact": today, "Duty explained": today, "Their answers": today,
        "Way to send data": f"A Common Transfer File each term, agreed on {today}", "Test file accepted": today,
        "Agreement signed": f"{today}, until {last}", "People named": "2", "People trained": "2",
        "Accredited": f"Until {last}", "Live": f"Since {today}",
    }  # fmt: skip
