"""The management team's pages of suppliers: how they stand, how often they send, from when their rows join."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.matching.joining import Thresholds
from cp.models import Organisation, Pair, Supplier
from cp.services.supply import judging, standing
from cp.terms import Frequency, Role
from tests import build, build_telling
from tests.build import World
from tests.build_supply import AMIRA, csv_of, receive, send
from tests.pages.supply.steps import rows
from tests.web import Browser, Page, actor_of

SCHOOL = "Hollin Bank Primary School"
BARE = {name: AMIRA[name] for name in ("Legal Surname", "Forename", "DOB", "Sex")} | {"Adno": "9"}


@pytest.fixture(autouse=True)
def _max(browser: Browser, session: Session, world: World) -> None:
    with time_machine.travel(clock.now() - timedelta(days=5), tick=False):
        receive(session, world.school, csv_of(AMIRA))
    browser.become(session, world.max)


def supplier(browser: Browser) -> Page:
    return browser.get(browser.get("/suppliers").link(SCHOOL))


def changing(browser: Browser, join: str = "40", look: str = "12") -> Page:
    page = browser.get(supplier(browser).link("Change when a row joins"))
    return browser.submit(page, "Continue", join=join, look=look)


def held(session: Session) -> tuple[Frequency | None, float | None, float | None]:
    session.rollback()
    one = session.scalars(select(Supplier)).one()
    return one.frequency, one.join_at, one.maybe_at


def test_the_team_sees_who_is_overdue_first_and_everybodys_figures(browser: Browser) -> None:
    page = browser.get("/suppliers")

    assert page.h1 == "Suppliers"
    assert page.texts("main p")[0] == (
        "1 of 3 suppliers is overdue. The longest overdue comes first. Download all as a spreadsheet (CSV)"
    )
    assert rows(page)[0] == [
        SCHOOL, "Spreadsheet, sent by itself", "18 November 2026", "Overdue since 19 November 2026", "75%", "100%",
        "0 of 2",
    ]  # fmt: skip
    assert rows(page)[1][1:] == ["–", "Never", "–", "–", "–", "–"]


def test_the_same_as_a_spreadsheet(browser: Browser) -> None:
    answer = browser.client.get("/suppliers.csv")

    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="suppliers-2026-11-23.csv"'
    assert [line.partition(",")[0] for line in answer.text.splitlines()][:2] == ["\ufeffname", SCHOOL]


def test_what_a_practitioner_tells_of_one_child_changes_nothing(
    browser: Browser, session: Session, world: World
) -> None:
    """Else anybody who works at a school would say that it has supplied, and close this page to the team."""
    before = rows(browser.get("/suppliers"))

    build_telling.told(session, world.sam)
    standing.renew(session, world.school.id)
    session.commit()

    assert rows(browser.get("/suppliers")) == before
    assert supplier(browser).status == 200


def test_a_page_past_the_last_says_so(browser: Browser) -> None:
    page = browser.get("/suppliers?page=7")

    assert page.texts("main p")[1] == "This page of the list is empty."


def test_how_often_it_sends_is_one_question(browser: Browser, session: Session) -> None:
    page = browser.get(supplier(browser).link("Change how often it sends a file"))
    assert page.h1 == "How often does it send a file?"

    page = browser.submit(page, "Save", often="termly")

    assert (page.h1, page.status_line) == (SCHOOL, "It is changed. When the next file is due follows from it.")
    assert page.texts("dd") == ["18 November 2026", "Every term", "By 31 January 2027"]
    assert held(session)[0] is Frequency.TERMLY


def test_how_often_is_asked_for_where_it_is_not_chosen(browser: Browser) -> None:
    page = browser.get(supplier(browser).link("Change how often it sends a file"))

    page = browser.submit(page, "Save", often=None)

    assert page.status == 422
    assert page.errors == ["Choose how often it sends a file"]


def test_thresholds_are_changed_after_reading_what_follows(browser: Browser, session: Session) -> None:
    page = changing(browser)
    assert page.h1 == "Before you change it"
    assert page.texts("main li") == [
        "Rows that weigh 40 or more join a record by themselves, if no rule forbids it",
        "Rows that weigh between 12 and 40 wait for a person, and so do those that a rule keeps from joining",
        "Rows that weigh less than 12 with every record make a new one, unless a number agrees",
    ]
    assert held(session) == (None, None, None)

    page = browser.submit(page, "Change it")

    assert (page.h1, page.status_line) == (SCHOOL, "It is changed. The next rows are judged by it.")
    assert held(session) == (None, 40.0, 12.0)


def test_the_same_again_changes_nothing(browser: Browser) -> None:
    page = browser.submit(changing(browser, "30", "14"), "Change it")

    assert page.status_line == "Nothing has changed."


@pytest.mark.parametrize(
    ("join", "look", "expected"),
    [
        ("25", "14", ["A row joins a record by itself from must be a whole number from 26 to 60"]),
        ("30", "15", ["A person looks at a row from must be a whole number from 10 to 14"]),
        ("30.5", "", ["A row joins a record by itself from must be a whole number from 26 to 60",
                      "A person looks at a row from must be a whole number from 10 to 14"]),
        ("３０．", "14", ["A row joins a record by itself from must be a whole number from 26 to 60"]),
    ],
)  # fmt: skip
def test_a_threshold_that_is_not_safe_is_asked_for_again(
    browser: Browser, session: Session, join: str, look: str, expected: list[str]
) -> None:
    page = changing(browser, join, look)

    assert page.status == 422
    assert page.errors == expected
    assert [field["value"] for field in page.html.select("#join, #look")] == [join, look]


def test_what_somebody_else_set_meanwhile_is_shown_first(browser: Browser, session: Session, world: World) -> None:
    page = changing(browser)
    may = actor_of(session, build.person(session, world.council, "May Lindholm", "may.manager", Role.MANAGEMENT_TEAM))
    judging.set_thresholds(session, may, world.school.uid, Thresholds(join=50.0), "30+14")
    session.commit()

    page = browser.submit(page, "Change it")

    assert page.errors == ["Somebody else changed these meanwhile, to 50 and 14. Continue if yours should hold"]
    assert held(session) == (None, 50.0, None)
    browser.submit(browser.submit(page, "Continue"), "Change it")
    assert held(session) == (None, 40.0, 12.0)


def test_the_measured_rates_stand_beside_the_thresholds_in_use(browser: Browser) -> None:
    page = supplier(browser)

    joins, looks = page.html.select("main table")[-2:]
    assert [cell.get_text() for cell in joins.select("tbody th")] == ["18", "22", "26", "30 (in use)", "34", "38", "42"]
    assert [cell.get_text() for cell in looks.select("tbody th")] == ["10", "12", "14 (in use)", "16", "18"]
    assert joins.select("tbody td")[0].get_text() == "None (at most 0.02%)"


def test_what_the_team_said_of_its_rows_stands_there_by_weight(
    browser: Browser, session: Session, world: World
) -> None:
    send(session, world.school, AMIRA)
    other = build.organisation(session, world.authority, name="Ashgrove Prep")
    send(session, other, BARE)
    weight = float(session.scalars(select(Pair)).one().why[-2].removeprefix("In all: "))
    browser.submit(browser.get("/review"), "Save and show the next pair", answer="different")

    page = browser.get(f"/suppliers/{other.uid}")

    said = rows(page, "main table:has(caption.govuk-visually-hidden) tbody tr")
    assert [line[1:] for line in said] == [["0", "1"]]
    assert said[0][0].startswith(f"{max(band for band in judging.BANDS if band <= weight):g} ")


def test_another_authoritys_supplier_is_not_there(browser: Browser, session: Session, world: World) -> None:
    charity = build.organisation(session, world.authority, name="A charity")
    session.get_one(Organisation, charity.id).valid_to = clock.today()
    session.commit()

    for path in ("", "/frequency", "/thresholds"):
        assert browser.get(f"/suppliers/{charity.uid}{path}").status == 404
