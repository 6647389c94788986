"""What is wrong in the rows: three lists, what can be sent all the same, and a list to correct that comes back."""

import csv
from io import BytesIO, StringIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Involvement
from tests.build import Person
from tests.build_supply import AMIRA, HEADINGS, IFEOMA, JACK, children, csv_of
from tests.pages.supply.steps import UNUSUAL, WRONG, chosen, confirmed, rows, sending, worked
from tests.web import Browser, Page

MIXED = csv_of(AMIRA, WRONG, UNUSUAL, AMIRA)
TOO = "1 more row can be sent as it is: send it too"


def under(page: Page, heading: str) -> list[list[str]]:
    return rows(page, f"h2:-soup-contains('{heading}') + table tbody tr")


def test_all_ready_is_said_in_the_heading_and_nothing_is_listed(browser: Browser, ada: Person) -> None:
    page = confirmed(browser)

    assert (page.h1, page.texts("main h2"), page.texts("main form button")[1:]) == (
        "All 2 rows are ready", [], ["Send the 2 ready rows"],
    )  # fmt: skip


def test_what_is_wrong_twice_or_unusual_has_a_list_each(browser: Browser, ada: Person) -> None:
    page = confirmed(browser, MIXED)

    assert page.h1 == "1 row is ready, 3 need a look"
    assert page.texts("main h2") == ["1 thing is wrong", "1 row is there twice", "1 thing looks unusual"]
    assert [row[:2] for row in rows(page)] == [["Row 3", "DOB"], ["Row 5", "All"], ["Row 4", "PostCode"]]


def test_four_are_shown_until_all_are_asked_for(browser: Browser, ada: Person) -> None:
    page = confirmed(browser, csv_of(*(WRONG | {"Adno": f"00{at}"} for at in range(6))))
    few = under(page, "are wrong")

    everything = browser.get(page.link("Show all 6: 6 things are wrong"))

    assert (len(few), len(under(everything, "are wrong"))) == (4, 6)
    assert few == under(everything, "are wrong")[:4]
    assert page.texts("main caption") == ["6 things are wrong, the first 4"]
    assert everything.texts("main caption") == ["6 things are wrong"]


def test_what_only_looks_unusual_waits_unless_it_is_ticked(browser: Browser, session: Session, ada: Person) -> None:
    browser.submit(confirmed(browser, csv_of(AMIRA, UNUSUAL)), "Send the 1 ready row")

    worked(session)

    assert [child.given_names for child in children(session)] == ["Amira"]


def test_a_tick_sends_it_too(browser: Browser, session: Session, ada: Person) -> None:
    page = confirmed(browser, csv_of(AMIRA, UNUSUAL))
    assert page.texts("main .govuk-checkboxes__label") == [TOO]

    browser.submit(page, "Send the 1 ready row", too="yes")
    worked(session)

    assert [child.given_names for child in children(session)] == ["Amira", "Jack"]


def test_where_nothing_else_is_ready_the_button_says_what_it_sends(
    browser: Browser, session: Session, ada: Person
) -> None:
    page = confirmed(browser, csv_of(UNUSUAL))

    browser.submit(page, "Send the 1 row as it is")
    worked(session)

    assert (page.h1, page.html.select("main input[type=checkbox]")) == ("No row is ready, 1 needs a look", [])
    assert [child.given_names for child in children(session)] == ["Jack"]


def test_what_is_wrong_alone_cannot_be_sent(browser: Browser, ada: Person) -> None:
    page = confirmed(browser, csv_of(WRONG))

    assert [said for said in page.texts("main button") if said.startswith("Send")] == []
    assert page.link("Download the 1 to correct")


def test_a_row_that_does_not_fit_its_headings_is_named(browser: Browser, ada: Person) -> None:
    page = confirmed(browser, csv_of(AMIRA, JACK) + b"1,2,3,4,5,6,7,8,9,10,11,12,13,14\r\n")

    assert page.h1 == "2 rows are ready, 1 needs a look"
    assert any("4" in said and "Row" in said for said in page.texts("main p")), page.texts("main p")


def test_the_list_to_correct_comes_back_corrected(browser: Browser, session: Session, ada: Person) -> None:
    page = confirmed(browser, csv_of(AMIRA, WRONG))
    browser.submit(page, "Send the 1 ready row")
    worked(session)

    answer = browser.client.get(browser.get(page.url).link("Download the 1 to correct"))
    lines = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))
    assert (lines[0], [line[:3] for line in lines[1:]]) == (
        ["Row", "What to put right", *HEADINGS],
        [["3", "Date of birth 31/02/2015 is not a date: February 2015 had 28 days. Check the date.", "000420"]],
    )  # fmt: skip
    corrected = answer.data.replace(WRONG["DOB"].encode(), IFEOMA["DOB"].encode())
    again = browser.submit(chosen(browser, corrected, "to-correct.csv"), "Check the rows")
    browser.submit(again, "Send the 1 ready row")
    worked(session)

    assert again.h1 == "1 row is ready"
    assert [child.given_names for child in children(session)] == ["Amira", "Ifeoma"]


def test_nobody_has_left_who_is_not_in_a_list_to_correct(browser: Browser, session: Session, ada: Person) -> None:
    page = confirmed(browser, csv_of(AMIRA, JACK, WRONG), whole="yes")
    browser.submit(page, "Send the 2 ready rows")
    worked(session)
    listed = browser.client.get(browser.get(page.url).link("Download the 1 to correct")).data

    columns = chosen(browser, listed.replace(WRONG["DOB"].encode(), IFEOMA["DOB"].encode()), whole="yes")
    report = browser.submit(browser.submit(columns, "Check the rows"), "Send the 1 ready row")
    worked(session)

    assert "This is a list of rows to put right: whoever is not in it stays as they are." in columns.texts("main p")
    assert session.scalars(select(Involvement.ended_on)).all() == [None] * 3
    assert "Not in your file" not in browser.get(report.url).texts("dt")


def test_a_formula_in_a_name_is_guarded_in_the_list_and_bare_again_when_it_comes_back(
    browser: Browser, ada: Person
) -> None:
    page = confirmed(browser, csv_of(AMIRA, WRONG | {"Address Line 1": "=HYPERLINK(1)"}))

    listed = browser.client.get(page.link("Download the 1 to correct")).data
    columns = chosen(browser, listed)

    assert b"'=HYPERLINK(1)" in listed
    assert "=HYPERLINK(1)" in [row[1] for row in rows(columns)]


def test_a_file_with_headings_alone_is_refused(browser: Browser, ada: Person) -> None:
    page = browser.submit(browser.get("/supply"), "Check this file", whole="yes", file=(BytesIO(csv_of()), "roll.csv"))

    assert page.status == 422
    assert page.errors == ["There are headings in the file and no rows under them. Choose the export with the pupils"]


def test_the_page_of_problems_is_gone_once_the_file_is_sent(browser: Browser, session: Session, ada: Person) -> None:
    page = sending(browser)
    worked(session)

    assert browser.get(page.url + "?all=wrong").h1 == "2 rows were sent"
