"""In its first year one of the team reads an archived record: found exactly, opened at once, written down."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Alert, ArchiveReading, Search
from cp.services import jobs
from cp.services.retention import destroying
from cp.services.retention.believing import Believed
from cp.terms import Act, AlertKind, Part
from tests import build, build_log, build_retention, build_watched
from tests.build import World
from tests.build_retention import entries
from tests.pages.archive.conftest import Archive, Sit
from tests.pages.archive.steps import by_name, find, found

LAST_MONTH = date(2026, 10, 30)


def test_it_is_found_by_its_number_and_opens_at_once(
    session: Session, world: World, archive: Archive, sit: Sit
) -> None:
    child = archive(date(2026, 3, 14))

    page = find(sit(world.max), number=f"cp {child.number[2:]}", why="correcting_records")

    assert (page.status, page.h1) == (200, "Amira Siddiqui")
    said = page.html.get_text()
    assert "Archived on 14 March 2026 because Amira turned 18. It will be destroyed on 14 March 2032." in said
    assert "Sam Okafor" in page.texts("h3")
    assert [form["action"] for form in page.html.select("main form")] == ["/sign-in/stay"]
    [looked, opened] = [*found(session), *entries(session, Act.READ_ARCHIVED)]
    assert (looked.subject_id, looked.reason, looked.results) == (child.subject_id, "correcting_records", 1)
    assert (opened.subject_id, opened.reason) == (child.subject_id, "correcting_records")
    assert {Part.IDENTITY, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS} <= set((opened.parts or "").split("+"))


def test_nothing_personal_stands_in_an_address(session: Session, world: World, archive: Archive, sit: Sit) -> None:
    child = archive(LAST_MONTH)

    page = by_name(sit(world.max))

    one = session.scalars(select(ArchiveReading)).one()
    assert (page.url, page.h1) == (f"/archive/{one.uid}", child.given_names + " Siddiqui")


def test_each_opening_and_printing_is_written_down(session: Session, world: World, archive: Archive, sit: Sit) -> None:
    browser = sit(world.max)
    page = find(browser, number=archive(LAST_MONTH).number, why="child_death")
    browser.get(page.url)

    printed = browser.get(page.link("Print on one page"))

    assert printed.h1 == "Amira Siddiqui"
    assert "What it is needed for: an investigation of a child’s death." in " ".join(printed.html.get_text().split())
    session.rollback()
    acts = [(one.act, one.reason) for one in entries(session, Act.READ_ARCHIVED, Act.PRINT_ARCHIVED)]
    assert acts == [(Act.READ_ARCHIVED, "child_death")] * 2 + [(Act.PRINT_ARCHIVED, "child_death")]


def test_the_same_form_sent_twice_looks_once(session: Session, world: World, archive: Archive, sit: Sit) -> None:
    child, browser = archive(LAST_MONTH), sit(world.max)
    form = browser.get("/archive").form("Find the record")
    fields = form.fields | {"number": child.number, "why": "section_47"}

    urls = {browser.post(form.action, fields).url for _ in range(2)}

    assert len(urls) == len(found(session)) == 1


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, ["Enter a ContactPoint number, or a name and date of birth"]),
        ({"number": "CP 1"}, ["That is not a ContactPoint number. It is CP and 10 numbers"]),
        ({"given": "Amira"}, ["Enter the date of birth"]),
        (
            {"family": "Siddiqui", "born-day": "30", "born-month": "2", "born-year": "2008"},
            ["Enter the given name too, or the ContactPoint number alone",
             "The date of birth must be a real date: February 2008 had 29 days"],
        ),
        (
            {"given": "Amira", "born-day": "24", "born-month": "11", "born-year": "2026"},
            ["The date of birth must be in the past"],
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_by_the_field_and_the_rest_stays(
    session: Session, world: World, sit: Sit, typed: dict[str, str], errors: list[str]
) -> None:
    page = find(sit(world.max), **typed | {"why": "child_death"})

    assert (page.status, page.errors) == (422, errors)
    fields = page.form("Find the record").fields
    assert fields["why"] == "child_death"
    assert {name: fields[name] for name in typed} == typed
    assert found(session) == []


def test_why_is_always_asked(session: Session, world: World, archive: Archive, sit: Sit) -> None:
    page = find(sit(world.max), number=archive(LAST_MONTH).number, why="curious")

    assert page.errors == ["Choose why you need to read it"]
    assert found(session) == []


def test_what_was_looked_for_is_a_reviewers_to_read_and_nobodys_to_search_again(
    session: Session, world: World, archive: Archive, sit: Sit
) -> None:
    archive(LAST_MONTH)
    browser = sit(world.max)
    by_name(browser)

    search = session.scalars(select(Search)).one()
    rex = sit(world.rex)
    page = rex.get(f"/log/searches/{search.uid}")
    shown = rex.submit(page, "Show what was searched for", reason="complaint")

    assert shown.texts("dd")[2:4] == [
        "A child protection enquiry under section 47", "Amira Siddiqui, born 14 March 2008"
    ]  # fmt: skip
    assert browser.get(f"/searches/{search.uid}").status == 404


def test_what_was_looked_for_goes_with_the_record(session: Session, world: World, archive: Archive, sit: Sit) -> None:
    child = archive(LAST_MONTH)
    by_name(sit(world.max))
    session.rollback()
    assert session.scalars(select(Search)).all()

    destroying.destroy(session, [child.uid], clocks.now())

    assert session.scalars(select(Search)).all() == []
    assert session.scalars(select(ArchiveReading)).all() == []


def test_a_reading_is_gone_after_two_weeks(session: Session, world: World, archive: Archive) -> None:
    child = archive(LAST_MONTH)
    for days in (13, 15):
        build_retention.reading(session, child, world.max, asked_at=clocks.now() - timedelta(days=days))

    assert jobs.tidy(session, Believed(clocks.now())) == 1
    assert session.scalars(select(ArchiveReading.asked_at)).one() == clocks.now() - timedelta(days=13)


def test_whoever_has_opened_all_that_they_may_today_opens_no_archived_record(
    session: Session, world: World, archive: Archive, sit: Sit
) -> None:
    build_watched.limits(session, world.authority, soft=1, hard=2)
    children = [archive(LAST_MONTH, given_names=name) for name in ("Ada", "Bea", "Cleo")]
    browser = sit(world.max)

    pages = [find(browser, number=one.number) for one in children]

    assert [page.h1 for page in pages[:2]] == ["Ada Siddiqui", "Bea Siddiqui"]
    assert (pages[2].status, pages[2].h1) == (403, "You have opened as many records as you may today")


def test_reviewers_are_told_of_whoever_goes_on_opening_many(
    session: Session, world: World, archive: Archive, sit: Sit
) -> None:
    build_watched.limits(session, world.authority, soft=1, hard=9)
    for child in (build.child(session, world), build.child(session, world)):
        build_log.opened(session, world.max, child, at=clocks.now() - timedelta(days=2))
    session.commit()

    find(sit(world.max), number=archive(LAST_MONTH).number)

    assert [(one.kind, one.count) for one in session.scalars(select(Alert))] == [(AlertKind.MANY_LOOK_UPS, 3)]


def test_whoever_looks_too_often_waits(session: Session, world: World, sit: Sit) -> None:
    for _ in range(60):
        build_log.entry(session, world.max, Act.FIND_ARCHIVED, reason="section_47")
    session.commit()

    page = find(sit(world.max), given="Amira", family="Siddiqui", **{"born-day": "1", "born-month": "1",
                                                                    "born-year": "2008"})  # fmt: skip

    assert page.status == 429
    assert page.errors == ["You have searched 60 times in an hour. Wait until 11:42"]
    assert page.form("Find the record").fields["family"] == "Siddiqui"


@pytest.mark.parametrize("shielded", [False, True])
def test_a_shield_is_said_on_screen_and_on_paper(world: World, archive: Archive, sit: Sit, shielded: bool) -> None:
    browser = sit(world.max)
    page = find(browser, number=archive(LAST_MONTH, shielded=shielded).number)

    for shown in (page, browser.get(page.link("Print on one page"))):
        warned = "This record is shielded. Do not confirm or deny where Amira is." in shown.html.get_text()
        assert warned is shielded
        assert "18 Tanner’s Row" in shown.html.get_text()
