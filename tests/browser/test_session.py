"""The end of a session, as the page and the browser see it: warned of, put off, come, and nothing left behind."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from cp.rules.days import LONDON
from tests.browser.directory import aged
from tests.browser.states.record import recording_in_place
from tests.browser.visitor import Visitor
from tests.build import Person

KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await caches.keys()).length, (await indexedDB.databases()).length,
  (await navigator.serviceWorker.getRegistrations()).length, document.cookie,
]"""


def sam(visitor: Visitor) -> Person:
    return visitor.site.directory.world.sam


def near_the_end(visitor: Visitor) -> None:
    """On Find a child with the given name half typed, two minutes before the limit."""
    visitor.page.clock.install()
    visitor.become(sam(visitor)).go("/")
    visitor.page.get_by_label("Given name").fill("Ami")
    visitor.page.clock.fast_forward("12:59")
    expect(visitor.page.get_by_role("button", name="Stay signed in (F2)")).to_be_hidden()
    visitor.site.let_time_pass(sam(visitor), 13)
    visitor.page.clock.fast_forward("00:02")


def test_two_minutes_before_the_end_the_page_says_so_and_one_key_puts_it_off(visitor: Visitor) -> None:
    page = visitor.page
    near_the_end(visitor)
    expect(page.get_by_role("status")).to_have_text(warning(visitor))
    expect(page.get_by_label("Given name")).to_be_focused()
    expect(page.locator(".cp-near")).to_have_count(0)

    page.keyboard.press("F2")

    expect(page.get_by_role("button", name="Stay signed in (F2)")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("You are still signed in.")
    expect(page.get_by_label("Given name")).to_be_focused()
    expect(page.get_by_label("Given name")).to_have_value("Ami")
    visitor.site.let_time_pass(sam(visitor), 5)  # 18 since the page was loaded
    page.clock.fast_forward("13:01")
    expect(page.get_by_role("button", name="Stay signed in (F2)")).to_be_visible()
    assert visitor.go("/").get_by_role("heading", level=1).inner_text() == "Find a child"
    assert visitor.said == []


def ends_at(visitor: Visitor, minutes_later: int = 0) -> str:
    """A quarter of an hour after the page was made, or later still: by the server's clock, as London says it."""
    ends = datetime.fromisoformat(visitor.page.locator("#session-warning").get_attribute("data-ends") or "")
    return f"{(ends + timedelta(minutes=minutes_later)).astimezone(LONDON):%H:%M}"


def warning(visitor: Visitor, minutes_later: int = 0) -> str:
    at = ends_at(visitor, minutes_later)
    return f"You will be signed out at {at}. Press F2 to stay, or use the button at the top of this page."


def test_whoever_is_further_down_reads_the_warning_where_they_are(visitor: Visitor) -> None:
    page = visitor.page
    page.set_viewport_size({"width": 320, "height": 256})
    page.clock.install()
    visitor.become(sam(visitor)).go("/")
    page.get_by_label("Postcode").fill("ZA4")

    page.clock.fast_forward("13:01")

    expect(page.get_by_role("status")).to_have_text(warning(visitor))
    expect(page.get_by_role("status")).not_to_be_in_viewport()
    expect(page.locator(".cp-near")).to_have_text(warning(visitor))
    expect(page.locator(".cp-near")).to_be_in_viewport()
    expect(page.get_by_label("Postcode")).to_be_focused()
    page.keyboard.press("F2")
    expect(page.get_by_role("status")).to_have_text("You are still signed in.")
    expect(page.locator(".cp-near")).to_have_count(0)


def test_after_the_end_the_page_says_that_it_has_come(visitor: Visitor) -> None:
    near_the_end(visitor)
    at = ends_at(visitor)

    visitor.page.clock.fast_forward("02:00")

    expect(visitor.page.get_by_role("status")).to_have_text(
        f"You were signed out at {at}. What you typed is kept when you send it."
    )
    expect(visitor.page.get_by_role("button", name="Stay signed in (F2)")).to_be_hidden()


def test_a_page_without_a_form_that_is_kept_promises_nothing(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.become(sam(visitor)).go("/account")
    visitor.page.clock.fast_forward("13:01")
    visitor.page.clock.fast_forward("02:00")

    expect(visitor.page.get_by_role("status")).to_have_text(f"You were signed out at {ends_at(visitor)}.")


def test_the_offer_can_be_pressed_and_gives_the_focus_back(visitor: Visitor) -> None:
    near_the_end(visitor)

    visitor.page.get_by_role("button", name="Stay signed in (F2)").press("Enter")

    expect(visitor.page.get_by_role("button", name="Stay signed in (F2)")).to_be_hidden()
    expect(visitor.page.get_by_label("Given name")).to_be_focused()


def test_any_answer_of_the_server_puts_the_end_off(visitor: Visitor) -> None:
    page = visitor.page
    page.clock.install()
    visitor.become(sam(visitor)).open(visitor.site.directory.children.amira)
    page.clock.fast_forward("10:00")

    visitor.press("Record your involvement")

    expect(page.get_by_role("heading", name="Record your involvement")).to_be_focused()
    page.clock.fast_forward("12:00")
    expect(page.get_by_role("button", name="Stay signed in (F2)")).to_be_hidden()
    page.clock.fast_forward("01:01")
    expect(page.get_by_role("button", name="Stay signed in (F2)")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text(warning(visitor, 10))


def test_after_eight_hours_the_end_is_near_whatever_somebody_does(visitor: Visitor) -> None:
    visitor.become(sam(visitor))
    visitor.site.let_time_pass(sam(visitor), 0, since_signing_in=8 * 60 - 1)

    visitor.go("/")

    expect(visitor.page.get_by_role("status")).to_have_text(warning(visitor))


def test_a_part_asked_for_after_the_end_moves_the_whole_page_to_sign_in(visitor: Visitor) -> None:
    visitor.become(sam(visitor)).open(visitor.site.directory.children.amira)
    visitor.site.let_time_pass(sam(visitor), 16)

    visitor.page.get_by_role("button", name="Record your involvement").click()

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(visitor.page.get_by_text("You had not used ContactPoint for 15 minutes.")).to_be_visible()
    expect(visitor.page.get_by_text("Siddiqui")).to_have_count(0)


def test_a_form_in_place_that_was_sent_too_late_comes_back_filled_in(visitor: Visitor) -> None:
    page, person = visitor.page, sam(visitor)
    recording_in_place(visitor)
    page.get_by_label("Day", exact=True).fill("2")
    page.get_by_label("I hold a common assessment for Amira").check()
    visitor.site.let_time_pass(person, 16)

    page.get_by_role("button", name="Record involvement").click()
    expect(page.get_by_text("What you typed is kept until")).to_be_visible()
    visitor.give_password(person)
    page.get_by_label("Security code").fill(visitor.site.code(person))
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Record your involvement")
    expect(page.get_by_role("status")).to_have_text(
        "You are signed in again. What you typed is below, and nothing was sent."
    )
    expect(page.get_by_label("Day", exact=True)).to_have_value("2")
    expect(page.get_by_label("I hold a common assessment for Amira")).to_be_checked()


def test_back_after_signing_out_shows_nothing_of_a_child(visitor: Visitor) -> None:
    visitor.become(sam(visitor)).search("Amira", "Siddiqui", aged(10))
    visitor.press("Amira Siddiqui")
    visitor.press("Sign out")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Sign in")

    for _ in range(3):
        visitor.page.go_back()

        expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Sign in")
        assert "Siddiqui" not in visitor.page.content()


def test_a_part_asked_for_after_signing_out_elsewhere_shows_nothing(visitor: Visitor) -> None:
    visitor.become(sam(visitor)).open(visitor.site.directory.children.amira)
    other = visitor.context.new_page()
    other.goto(visitor.site.url + "/help")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Sign in")

    visitor.page.get_by_role("button", name="Record your involvement").click()

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(visitor.page.get_by_text("Siddiqui")).to_have_count(0)


@pytest.mark.asvs("14.3.3")
def test_the_browser_keeps_nothing_and_scripts_cannot_read_the_cookie(visitor: Visitor) -> None:
    visitor.become(sam(visitor)).search("Amira", "Siddiqui", aged(10))
    visitor.press("Amira Siddiqui")
    visitor.press("Record your involvement")
    expect(visitor.page.locator("#record-heading")).to_be_focused()

    assert visitor.page.evaluate(KEPT) == [0, 0, 0, 0, 0, ""]
    visitor.press("Sign out")
    assert visitor.page.evaluate(KEPT) == [0, 0, 0, 0, 0, ""]
