"""Families told, records given out, held back and kept on, the log read: by keyboard alone, and with scripts off."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from cp import clock
from cp.models.child import Child
from cp.rules.days import anniversary
from cp.rules.number import shown
from cp.views.words import day
from tests.browser.conftest import window
from tests.browser.site import Site
from tests.browser.states import ending, families, log
from tests.browser.states.shields import may
from tests.browser.walker import Walker
from tests.build import Person

SAFE = "Yes: the child lives with them, or I have made sure"


@pytest.fixture(params=[True, False], ids=["by keyboard", "without scripts"])
def walker(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Walker]:
    with window(chromium, site, java_script_enabled=request.param) as visitor:
        yield Walker(visitor, scripts=request.param)
        assert visitor.said == []


def opens(walker: Walker, child: Child) -> None:
    """One of the team who has opened no other has the record on the screen."""
    walker.visitor.become(may(walker.visitor)).open(child)
    walker.at(re.compile(child.family_name))


def writes_day(walker: Walker, on: date, of: str) -> None:
    for name, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        walker.write(name, str(value), of)


def begins(walker: Walker, about: str) -> Child:
    """Farah Siddiqui asks, whose passport and court order they have seen."""
    child = families.child(walker.visitor)
    families.looked_at(walker.visitor, child)
    opens(walker, child)
    walker.press("A child or parent asks about this record", "A child or parent asks about this record")
    walker.choose(about, "What do they ask for?")
    walker.write("Name of the person who asks", "Farah Siddiqui")
    walker.choose("They are a parent with parental responsibility", "How do they stand to the child?")
    walker.choose("I saw their passport", "How did you check who they are?")
    walker.choose("I saw a court order", "How did you check parental responsibility?")
    walker.choose(SAFE, "May they know where the child is?")
    return child


def test_a_parent_is_told_who_looked(walker: Walker) -> None:
    begins(walker, "Who looked at the record")
    walker.press("Continue", "Who looked at Amira’s record")
    walker.reads("Dear Farah Siddiqui", "A teacher", "They are working with Amira")

    walker.press("who it was", "Who it was")
    walker.reads("Sam Okafor")


def test_a_copy_is_released_by_another_of_the_team(walker: Walker) -> None:
    other = may(walker.visitor)
    begins(walker, "A copy of what the record says")
    walker.press("Continue", "This copy waits for a colleague")
    walker.hears("It is kept. A colleague has to release the copy.")
    where = walker.page.url.removeprefix(walker.visitor.site.url)

    walker.visitor.become(other)
    walker.go(where, "Is this copy to be released?")
    walker.press("Keep my answer")
    walker.reads("Choose what you say of this copy")
    walker.choose("Release it: I have checked who asks, and what is in it")
    walker.press("Keep my answer", "What Amira’s record says")
    walker.hears("Your answer is kept.")
    walker.reads("Released by May Fielding")


def test_something_is_given_out_by_two_and_stands_in_the_register(walker: Walker) -> None:
    other = may(walker.visitor)
    opens(walker, families.child(walker.visitor))
    walker.press("Give something of this record out", "Give something of this record out")
    walker.choose("A court has ordered it", "On what ground is it given out?")
    walker.write("Given to", "Northvale Family Court, the clerk")
    walker.choose("Addresses", "What is given out?")
    chooses_colleague(walker, other, "Who is to approve it?")
    walker.press("Ask for approval", "Entry of the register")
    walker.hears("It is in the register. Nothing is given out before it is approved.")
    where = walker.page.url.removeprefix(walker.visitor.site.url)

    walker.visitor.become(other)
    walker.go(where, "Is this to be given out?")
    walker.choose("Yes, give it out")
    walker.press("Keep my answer", "Entry of the register")
    walker.press("Show and print what is given out", "What is given out")
    walker.reads("Quill Lane")
    walker.go("/disclosures", "What was given out")
    walker.reads("Northvale Family Court, the clerk")


def chooses_colleague(walker: Walker, other: Person, of: str) -> None:
    """Among others of the same name: the tests before have added theirs."""
    field = walker.page.get_by_role("group", name=of).locator(f"[value='{other.account.uid}']")
    field.focus()
    walker.page.keyboard.press("Space")


def test_a_record_is_held_back_by_two(walker: Walker) -> None:
    other, child = may(walker.visitor), ending.child(walker.visitor)
    walker.visitor.become(families.max_(walker.visitor))
    walker.go("/ending", "Records that end")
    walker.press("Hold a record back", "Hold a record back")
    walker.write("ContactPoint number of the record", shown(child.number))
    walker.choose("A court", "Who needs the record?")
    walker.write("Reference of the case", "HX 12")
    ends = anniversary(clock.today(), 3)
    writes_day(walker, ends, "When does the hold end?")
    chooses_colleague(walker, other, "Who is to agree?")
    walker.press("Ask for agreement", "Hold of a record")
    walker.hears("You have asked. The record is held back once your colleague agrees.")

    walker.visitor.become(other)
    walker.go("/holds", "Records held back")
    walker.press(shown(child.number), "Is this record to be held back?")
    walker.reads("HX 12", day(ends))
    walker.choose("Yes, hold it back")
    walker.press("Keep my answer", "Records held back")
    walker.hears("The record is held back.")
    ends_it(walker, child)


def ends_it(walker: Walker, child: Child) -> None:
    """Whoever agreed asks, and whoever asked agrees."""
    walker.press(shown(child.number), "Hold of a record")
    walker.press("Ask that it end today", "Hold of a record")
    walker.hears("You have asked. The hold ends once a colleague agrees.")
    walker.visitor.become(families.max_(walker.visitor))
    walker.go("/holds", "Records held back")
    walker.press(shown(child.number), "Is this hold to end?")
    walker.choose("Yes, end it")
    walker.press("Keep my answer", "Records held back")
    walker.hears("The hold has ended.")


def test_a_young_person_stays_and_takes_it_back(walker: Walker) -> None:
    opens(walker, ending.child(walker.visitor))
    walker.press("Staying beyond 18", "Staying beyond 18")
    walker.choose("They have a learning disability", "Why may they stay?")
    writes_day(walker, clock.today(), "When did they agree?")
    walker.choose("They agreed themselves, knowing what is held and who sees it")
    walker.press("Keep this consent")
    walker.reads("Choose until which birthday")
    last = walker.page.get_by_role("group", name="Until which birthday?").get_by_role("radio").last
    walker.choose(last.evaluate("e => e.labels[0].innerText"), "Until which birthday?")
    walker.press("Keep this consent", "Staying beyond 18")
    walker.hears("The consent is kept.")
    walker.reads("when they are 25")

    walker.press("End this consent", "Staying beyond 18")
    walker.hears("The consent has ended. The record goes to the archive on the 18th birthday.")


def test_a_reviewer_reads_the_log_of_one_person_and_what_a_search_was_for(walker: Walker) -> None:
    log.happened(walker.visitor)
    walker.go("/log", re.compile("^Log of "))
    walker.press("Choose what to read", "What do you want to read?")
    walker.write("Work email of the person", walker.visitor.site.directory.world.sam.email)
    walker.press("Read the log")
    walker.looks()
    walker.press(
        walker.page.get_by_role("link", name="What was searched for").first.inner_text(),
        "What do you need to read it for?",
    )
    walker.press("Show what was searched for")
    walker.reads("Choose what you need to read it for")
    walker.choose("A complaint")
    walker.press("Show what was searched for", "What was searched for")
    walker.reads("Amira Siddiqui", "This is shown once")


def test_somebody_reads_their_own_log(walker: Walker) -> None:
    log.happened(walker.visitor)
    walker.visitor.become(walker.visitor.site.directory.world.sam)
    walker.go("/account", "Your account")
    walker.press("What you did", "What you did")
    walker.reads("Opened a record")
