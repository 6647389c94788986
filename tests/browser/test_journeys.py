"""The whole main job as somebody lives it, found by the words on the pages: with scripts, and without."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.directory import aged
from tests.browser.visitor import Visitor
from tests.build import PASSWORD


def heads(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def sign_in(anybody: Visitor) -> None:
    sam, page = anybody.site.directory.world.sam, anybody.page
    anybody.go("/")
    heads(page, "Sign in")
    page.get_by_label("Email address").fill(sam.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Security code").fill(anybody.site.code(sam))
    page.get_by_role("button", name="Sign in").click()


def find(page: Page, family: str, born: date) -> None:
    heads(page, "Find a child")
    page.get_by_label("Family name").fill(family)
    birth = page.get_by_role("group", name="Date of birth")
    for part, typed in (("Day", born.day), ("Month", born.month), ("Year", born.year)):
        birth.get_by_label(part).fill(str(typed))
    why = page.get_by_role("group", name="Why do you need to find this child?")
    why.get_by_label("I am working with this child").check()
    page.get_by_role("button", name="Search").click()


def record(page: Page, given: str) -> None:
    expect(page).to_have_title("Child record – ContactPoint")
    expect(page.get_by_role("heading", level=2).first).to_have_text(f"Who is working with {given}")
    page.get_by_role("button", name="Record your involvement").click()
    expect(page.get_by_role("heading", name="Record your involvement")).to_be_visible()
    page.get_by_role("button", name="Record involvement").click()


@pytest.mark.parametrize(
    ("window", "given"),
    [pytest.param("visitor", "Imogen", id="with scripts"), pytest.param("plain", "Ottoline", id="without scripts")],
)
def test_sam_finds_a_child_records_an_involvement_sees_it_and_signs_out(
    request: pytest.FixtureRequest, window: str, given: str
) -> None:
    anybody: Visitor = request.getfixturevalue(window)
    page, born = anybody.page, aged(11, 30)
    anybody.site.add(given, "Thwaite", born, lead="Grace Oyelaran")

    sign_in(anybody)
    find(page, "Thwayte", born)
    heads(page, "Search results")
    page.locator("#results").get_by_role("link", name=f"{given} Thwaite").click()
    heads(page, f"{given} Thwaite")
    record(page, given)
    expect(page.get_by_role("heading", name="Sam Okafor (you)")).to_be_visible()

    page.get_by_role("link", name="My involvements").click()
    heads(page, "My involvements")
    page.get_by_role("link", name=f"{given} Thwaite", exact=True).click()
    heads(page, f"{given} Thwaite")
    page.get_by_role("button", name="Sign out").click()
    heads(page, "Sign in")
    expect(page.get_by_role("status")).to_have_text(
        "You are signed out. Close the browser if others use this computer."
    )
    assert anybody.said == []


def test_an_involvement_is_led_ended_and_taken_back_without_scripts(plain: Visitor) -> None:
    page, world = plain.page, plain.site.directory.world
    child = plain.site.add("Rowan", "Ashdown", aged(9), lead="Grace Oyelaran")
    plain.become(world.sam).open(child)

    plain.press("Record your involvement")
    heads(page, "Record your involvement")
    page.get_by_label("I am Rowan’s lead professional").check()
    plain.press("Record involvement")
    heads(page, "Take over as lead professional?")
    plain.press("Take over as lead professional")
    expect(page.get_by_role("status")).to_contain_text("You are now Rowan’s lead professional.")

    plain.press("End or correct your involvement")
    heads(page, "End your involvement")
    page.get_by_label("I worked with them until that day").check()
    page.get_by_label("Year").fill("2001")
    plain.press("End involvement")
    expect(page.get_by_role("alert")).to_contain_text("The day it ended must be after the day you started")
    page.get_by_label("I recorded it by mistake").check()
    plain.press("End involvement")

    expect(page.get_by_role("status")).to_have_text(
        "Your involvement with Rowan is taken off the record. Grace Oyelaran is lead professional again."
    )
    expect(page.get_by_role("heading", name="Sam Okafor (you)")).to_have_count(0)


def test_results_are_narrowed_without_scripts(plain: Visitor) -> None:
    plain.become(plain.site.directory.world.sam).search("Mohammed", "Khan", postcode="ZA5")
    expect(plain.page.locator("#results-count")).to_have_text("Too many children match")

    plain.fill_day(aged(10, 3))
    plain.press("Show fewer")

    expect(plain.page.locator("#results-count")).to_have_text("1 child matches")
    heads(plain.page, "Search results")


def test_the_limit_is_told_to_those_without_scripts(plain: Visitor) -> None:
    plain.become(plain.site.directory.world.sam).go("/")

    said = plain.page.locator("noscript").text_content() or ""
    assert "you are signed out when you have not used ContactPoint for 15 minutes" in said
