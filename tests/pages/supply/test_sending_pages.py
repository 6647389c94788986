"""A file on its way: sent once, followed, stopped, gone on with, undone; and what a stale page is answered."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Involvement, SupplyFile
from cp.services import jobs
from cp.services.retention.believing import Believed
from cp.services.supply import working
from tests.build import Person
from tests.build_supply import AMIRA, IFEOMA, JACK, children, csv_of, row_by_row
from tests.pages.supply.steps import WRONG, confirmed, rows, sending, sent, worked
from tests.web import Browser, Page

NOT_NOW = "The file had gone on when you pressed the button. Nothing has changed by it."
MANY = csv_of(AMIRA, JACK, IFEOMA, IFEOMA | {"Adno": "000421", "Forename": "Zofia", "DOB": "01/02/2014"})
ALL = "Send the 4 ready rows"


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row at a time."""
    row_by_row(monkeypatch)


def heard(browser: Browser, page: Page) -> tuple[Page, str]:
    """What the page asks for by itself, and what its status says then."""
    asked = page.html.select("#progress")[0]["data-hx-get"]
    answer = browser.get(str(asked), headers={"HX-Request": "true"})
    return answer, " ".join(answer.texts("#status"))


def batch(session: Session) -> None:
    session.commit()
    session.expire_all()
    working.step(session)
    session.commit()


def test_sending_goes_on_to_the_progress(browser: Browser, ada: Person) -> None:
    page = sending(browser)

    assert (page.h1, page.texts("#progress label")) == ("Sending your file", ["0 of 2 rows (0%)"])
    assert page.link("Update this page") == page.url


def test_pressing_send_twice_sends_once(browser: Browser, session: Session, ada: Person) -> None:
    page = confirmed(browser)

    first, again = (browser.submit(page, "Send the 2 ready rows") for _ in range(2))
    worked(session)

    assert [first.status_line, again.status_line] == ["", ""]
    assert (browser.get(first.url).h1, len(children(session))) == ("2 rows were sent", 2)


def test_each_quarter_is_spoken_once_and_then_the_end(
    browser: Browser, session: Session, ada: Person, slowly: None
) -> None:
    page = sending(browser, MANY, ALL)
    spoken = []

    for _ in range(4):
        batch(session)
        for _ in range(2):
            page, words = heard(browser, page)
            spoken.append(words)
    batch(session)
    report, words = heard(browser, page)

    assert spoken == ["25% sent.", "", "50% sent.", "", "75% sent.", "", "", ""]
    assert words == "4 rows were sent."
    assert (report.response.headers["HX-Retarget"], report.texts("h1[data-titles]")) == (
        "#file", ["4 rows were sent"],
    )  # fmt: skip


def test_how_long_it_still_takes_is_said_by_what_is_done(
    browser: Browser, session: Session, ada: Person, slowly: None, clock: time_machine.Traveller
) -> None:
    page = sending(browser, MANY, ALL)
    clock.shift(timedelta(minutes=2))
    batch(session)

    assert browser.get(page.url).texts("#progress label") == ["1 of 4 rows (25%), about 6 minutes left"]


def test_stopped_rows_stay_and_the_rest_goes_on_later(
    browser: Browser, session: Session, ada: Person, slowly: None
) -> None:
    page = sending(browser, MANY, ALL)
    batch(session)

    stopped = browser.submit(page, "Stop")
    worked(session)
    after = len(children(session))
    going = browser.submit(browser.get(page.url), "Go on")
    worked(session)

    assert (stopped.h1, stopped.status_line, after) == (
        "Stopped after 1 of 4 rows", "Stopped. Rows already sent stay.", 1,
    )  # fmt: skip
    assert (going.h1, going.status_line) == ("Sending your file", "The file goes on.")
    assert browser.get(page.url).h1 == "4 rows were sent"


def test_a_stopped_file_whose_rows_are_forgotten_ends_nobodys_place(
    browser: Browser, session: Session, ada: Person, slowly: None
) -> None:
    sent(browser, session)
    page = browser.submit(confirmed(browser, MANY, whole="yes"), ALL)
    batch(session)
    stale = browser.submit(page, "Stop")
    session.execute(update(SupplyFile).values(received_at=clocks.now() - timedelta(days=91)))
    jobs.tidy(session, Believed(clocks.now()))
    session.commit()

    late = browser.submit(stale, "Go on")
    worked(session)

    assert session.scalars(select(Involvement.ended_on)).all() == [None, None]
    assert (late.h1, late.status_line) == ("Stopped after 2 of 4 rows", NOT_NOW)
    said = "What was sent stays. The rest is forgotten: that is so 90 days after the file came. Choose it again."
    assert said in late.texts("main p")
    assert "Go on" not in late.texts("main button")


def test_a_stop_that_comes_too_late_says_so(browser: Browser, session: Session, ada: Person) -> None:
    page = sending(browser)
    worked(session)

    late = browser.submit(page, "Stop")

    assert (late.h1, late.status_line) == ("2 rows were sent", NOT_NOW)


def test_a_page_of_problems_that_is_stale_says_so(browser: Browser, session: Session, ada: Person) -> None:
    other_tab = confirmed(browser)
    browser.submit(browser.get(other_tab.url), "Send the 2 ready rows")
    worked(session)

    late = browser.submit(other_tab, "Send the 2 ready rows")

    assert (late.h1, late.status_line) == ("2 rows were sent", NOT_NOW)


def test_the_report_says_what_was_sent_and_until_when_it_can_be_undone(
    browser: Browser, session: Session, ada: Person
) -> None:
    page = sent(browser, session)

    assert page.texts("main dt") == ["In your file", "Sent"]
    assert page.texts("main dd") == ["2 rows", "2 rows"]
    assert page.texts("main h2") == ["Sent the wrong file?"]
    assert "You can do it until 7 December 2026." in page.texts("main p")[-1]


def test_undoing_asks_first_and_takes_everything_back(browser: Browser, session: Session, ada: Person) -> None:
    report = sent(browser, session, csv_of(AMIRA, JACK, WRONG))
    assert report.texts("main dt") == ["In your file", "Sent", "Still to correct"]

    asked = browser.get(report.link("Undo this file"))
    undoing = browser.submit(asked, "Undo 2 rows")
    worked(session)
    _, words = heard(browser, undoing)
    undone = browser.get(report.url)

    assert (asked.h1, undoing.h1, words) == ("Undo this file?", "Undoing your file", "The file is undone.")
    assert (undone.h1, undone.texts("main h2"), children(session)) == ("The file is undone", [], [])
    assert undone.texts("main dt") == ["In your file", "Sent, and taken back"]


def test_undoing_twice_undoes_once(browser: Browser, session: Session, ada: Person) -> None:
    report = sent(browser, session)
    asked, other_tab = (browser.get(report.link("Undo this file")) for _ in range(2))
    browser.submit(asked, "Undo 2 rows")

    again = browser.submit(asked, "Undo 2 rows")
    worked(session)
    late = browser.submit(other_tab, "Undo 2 rows")

    assert (again.h1, again.status_line) == ("Undoing your file", "")
    assert (late.h1, late.status_line) == ("The file is undone", NOT_NOW)


def test_after_fourteen_days_it_is_too_late(
    browser: Browser, session: Session, ada: Person, clock: time_machine.Traveller
) -> None:
    report = sent(browser, session)
    asked = browser.get(report.link("Undo this file"))
    clock.shift(timedelta(days=14, minutes=1))
    browser.become(session, ada)

    page = browser.get(asked.url)

    assert (page.h1, page.status_line, page.texts("main h2")) == ("2 rows were sent", NOT_NOW, [])


def test_the_files_are_listed_the_newest_first(browser: Browser, session: Session, ada: Person) -> None:
    sent(browser, session)
    confirmed(browser, csv_of(JACK))

    page = browser.get("/supply/files")

    assert rows(page)[-2:] == [
        ["autumn-roll.csv", "23 November 2026 at 10:42", "1", "Checked, nothing sent"],
        ["autumn-roll.csv", "23 November 2026 at 10:42", "2", "2 sent"],
    ]


def test_files_of_one_name_are_told_apart_by_when_they_came(browser: Browser, session: Session, ada: Person) -> None:
    confirmed(browser, csv_of(AMIRA))
    session.execute(update(SupplyFile).values(received_at=clocks.now() - timedelta(days=1)))
    session.commit()
    confirmed(browser, csv_of(JACK))

    page = browser.get("/supply/files")

    links = page.html.select("tbody th a")
    assert [link.get_text() for link in links] == ["autumn-roll.csv"] * 2
    assert [page.texts(f"#{link['aria-describedby']}") for link in links] == [
        ["23 November 2026 at 10:42"], ["22 November 2026 at 10:42"],
    ]  # fmt: skip


def test_looking_changes_nothing(browser: Browser, session: Session, ada: Person) -> None:
    page = confirmed(browser)

    for url in (page.url, page.link("Your columns"), "/supply/files", "/supply"):
        browser.get(url)

    assert session.scalar(select(func.count()).select_from(SupplyFile)) == 1
    assert children(session) == []
