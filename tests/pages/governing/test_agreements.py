"""The implementation manager's pages of agreements: recorded, taken back, printed, listed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Agreement, Organisation
from tests import build_governance
from tests.build import World
from tests.build_governance import PAPER
from tests.pages.supply.steps import rows
from tests.web import Browser, Page

RECORD = "Record a signed agreement"


@pytest.fixture(autouse=True)
def _ivy(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.ivy)


def at(organisation: Organisation, path: str = "") -> str:
    return f"/implementation/schools/{organisation.uid}/agreement{path}"


def recording(browser: Browser, world: World, **given: str) -> Page:
    page = browser.get(browser.get(at(world.school)).link(RECORD))
    answers = PAPER | {name.replace("_on_", "-"): value for name, value in given.items()}
    return browser.post(page.form("Record the agreement").action, page.form("Record the agreement").fields | answers)


def test_a_signed_agreement_is_recorded_and_shown_with_who_signed(browser: Browser, world: World) -> None:
    assert browser.get(at(world.school)).texts("main p")[0].startswith("No agreement is signed.")

    page = recording(browser, world)

    assert (page.h1, page.status_line) == ("Partnership agreement", "The agreement is recorded.")
    assert page.texts("main p")[1] == "Signed, and in date until 19 November 2028."
    assert page.texts("dd") == [
        "Petra Vaughan, Head", "Ivy Hartley, Implementation manager", "Version 1", "19 November 2028",
        "23 November 2026, by Ivy Hartley",
    ]  # fmt: skip


def test_a_form_sent_twice_and_the_same_paper_again_are_recorded_once(
    browser: Browser, session: Session, world: World
) -> None:
    page = browser.get(at(world.school, "/new"))
    form = page.form("Record the agreement")

    twice = [browser.post(form.action, form.fields | PAPER).status_line for _ in range(2)]

    assert twice[0] == "The agreement is recorded."
    assert recording(browser, world).status_line == "Nothing has changed: this agreement is recorded already."
    assert session.scalar(select(func.count()).select_from(Agreement)) == 1


def test_who_signs_for_the_authority_is_filled_in_from_the_last_one(
    browser: Browser, session: Session, world: World
) -> None:
    build_governance.agreement(session, world, world.practice, authority_name="Una Kowalski")
    session.commit()

    page = browser.get(at(world.school, "/new"))

    fields = page.form("Record the agreement").fields
    assert (fields["authority_name"], fields["name"], fields["version"]) == ("Una Kowalski", "", "1")


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"name": "", "authority_post": " "},
         ["Enter who signed for the organisation", "Enter the post of who signed for the authority"]),
        ({"signed_on_day": ""}, ["The day it was signed must include a day"]),
        ({"signed_on_day": "24"}, ["The day it was signed must be today or earlier"]),
        ({"signed_on_day": "1"},
         ["The day it was signed must be 2 November 2026 or later: before that there was no such text"]),
        ({"last_on_day": "31"}, ["The last day must include a month and a year"]),
        ({"last_on_day": "20", "last_on_month": "11", "last_on_year": "2028"},
         ["The last day must be 19 November 2028 or earlier: an agreement lasts at most 2 years"]),
        ({"last_on_day": "19", "last_on_month": "11", "last_on_year": "2026"},
         ["The last day must be the day it was signed or later"]),
        ({"last_on_day": "22", "last_on_month": "11", "last_on_year": "2026"},
         ["It has ended already. Record one that holds today"]),
        ({"version": "7"}, ["Choose which version was signed"]),
        ({"post": "a" * 121}, ["Their post must be 120 characters or fewer"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_by_its_field_and_the_rest_is_kept(
    browser: Browser, world: World, given: dict[str, str], errors: list[str]
) -> None:
    page = recording(browser, world, **given)

    changed = {name.replace("_on_", "-") for name in given}
    kept = page.form("Record the agreement").fields
    assert (page.status, page.errors) == (422, errors)
    assert {name: kept[name] for name in PAPER if name not in changed} == {
        name: value for name, value in PAPER.items() if name not in changed
    }


def test_an_agreement_is_taken_back_with_a_reason_and_stays_in_the_list(
    browser: Browser, session: Session, world: World
) -> None:
    page = recording(browser, world)
    page = browser.get(page.link("Take this agreement back, signed on 20 November 2026"))
    assert browser.submit(page, "Take it back").errors == ["Choose what is wrong with it"]

    page = browser.submit(page, "Take it back", because="not_signed")

    assert page.status_line == "The agreement is taken back. It stays in the list and does not count."
    assert page.texts("h3") == ["Taken back: signed on 20 November 2026"]
    assert page.texts("dd")[0] == ("It was not signed, or by nobody who may sign. Taken back on 23 November 2026")
    uid = session.scalars(select(Agreement.uid)).one()
    assert browser.get(f"/implementation/agreements/{uid}/take-back").h1 == "This agreement is taken back"


def test_the_text_names_both_and_its_version(browser: Browser, world: World) -> None:
    page = browser.get(browser.get(at(world.school)).link("Print the text to sign"))

    assert page.h1 == "Partnership agreement on ContactPoint"
    assert page.texts("main p")[1] == "Between Northvale Council and Hollin Bank Primary School."
    assert page.texts("h2") == [
        "What you supply, and what you receive", "Why this is lawful", "Getting it right", "Keeping it safe",
        "Who may use it", "Training", "Misuse", "How long it lasts, and how it ends", "Signed",
    ]  # fmt: skip
    assert page.texts("h3") == ["For Hollin Bank Primary School", "For Northvale Council"]
    assert page.texts("main p")[-1] == "Version 1 of this text, of 2 November 2026."


@pytest.mark.parametrize("version", ["2", "0", "x", "1.0", "１"])
def test_a_text_that_never_was_is_not_there(browser: Browser, world: World, version: str) -> None:
    assert browser.get(at(world.school, f"/text?version={version}")).status == 404


def test_what_ends_is_listed_and_given_as_a_spreadsheet(browser: Browser, session: Session, world: World) -> None:
    build_governance.agreement(session, world, world.school, ends_on=clock.today() + timedelta(days=30))
    world.practice.accreditation_ends_on = date(2026, 11, 21)
    session.commit()

    page = browser.get("/implementation/agreements")

    assert page.texts("main p")[0].startswith("1 has ended, 1 ends within 60 days.")
    assert rows(page) == [
        ["Vale Road Surgery", "Accreditation of Vale Road Surgery", "Ended: 20 November 2026"],
        ["Hollin Bank Primary School", "Agreement of Hollin Bank Primary School", "22 December 2026"],
    ]
    answer = browser.client.get(page.link("Download all as a spreadsheet (CSV)"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="agreements-2026-11-23.csv"'
    assert answer.text.splitlines()[1:] == [
        "Vale Road Surgery,accreditation,ended,2026-11-21", "Hollin Bank Primary School,agreement,soon,2026-12-23",
    ]  # fmt: skip
    assert browser.get("/implementation/agreements?page=9").texts("main p")[1] == "This page of the list is empty."


def test_partners_and_older_texts_are_lists_of_their_own(browser: Browser, session: Session, world: World) -> None:
    build_governance.agreement(session, world, world.school)
    build_governance.agreement(session, world, world.practice, version=0)
    session.commit()

    partners = browser.get("/implementation/agreements/partners")
    older = browser.get("/implementation/agreements/older")

    assert partners.h1 == "Partners of Northvale Council"
    assert [row[:4] for row in rows(partners)] == [
        [name, "Petra Vaughan, Head", "Ivy Hartley, Implementation manager", version]
        for name, version in (("Hollin Bank Primary School", "Version 1"), ("Vale Road Surgery", "Version 0"))
    ]
    assert [row[:2] for row in rows(older)] == [["Vale Road Surgery", "Version 0"]]


def test_a_school_that_has_closed_is_said_to_have_and_signs_nothing(
    browser: Browser, session: Session, world: World
) -> None:
    form = browser.get(at(world.school, "/new")).form("Record the agreement")
    world.school.valid_to = clock.today()
    session.commit()

    page = browser.get(at(world.school))
    refused = browser.post(form.action, form.fields | PAPER)

    assert page.texts("main p")[0] == (
        "Our list says that Hollin Bank Primary School closed on 22 November 2026, so it signs nothing any more."
    )
    assert (refused.status, refused.h1) == (403, "This organisation has closed")
