"""The first page: a file and a question, each with its sentence, and what was answered is not lost."""

from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from tests.build import Person, World
from tests.build_supply import AMIRA, JACK, csv_of
from tests.feeds.files import ctf
from tests.pages.supply.steps import chosen, confirmed, sent, worked
from tests.web import Browser, Page

NO_FILE = "Choose a file"
EVERYBODY = (
    "You said that it lists every pupil: whoever is not in it is marked as having left. "
    "If it lists only some, choose it again and say so."
)
NOT_SAID = "Say whether the file lists every pupil at your school"
PICTURE = "That is a picture. Choose a spreadsheet or a Common Transfer File"
NOT_YOURS = "The file is for the school with the number 9994001, not for yours. Choose your own school’s file"


def by_field(page: Page) -> dict[str, str]:
    """Each sentence beside the field that the summary leads to."""
    return {str(link["href"]): link.get_text() for link in page.html.select(".govuk-error-summary a")}


def test_nothing_chosen_is_said_by_each_field(browser: Browser, ada: Person) -> None:
    page = browser.submit(browser.get("/supply"), "Check this file")

    assert (page.status, by_field(page)) == (422, {"#file": NO_FILE, "#whole-yes": NOT_SAID})
    assert page.texts(".govuk-error-message") == [f"Error: {NO_FILE}", f"Error: {NOT_SAID}"]


def test_the_answer_stays_while_the_file_is_chosen_again(browser: Browser, ada: Person) -> None:
    page = browser.submit(browser.get("/supply"), "Check this file", whole="no")

    assert by_field(page) == {"#file": NO_FILE}
    assert [one["value"] for one in page.html.select("input[name=whole][checked]")] == ["no"]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n", "roll.csv", PICTURE),
        (b"", "roll.csv", "There is nothing in the file. Choose the export that has your pupils in it"),
        (ctf().encode(), "roll.xml", NOT_YOURS),
    ],
)
def test_a_file_that_cannot_be_taken_says_which_to_choose(
    browser: Browser, session: Session, world: World, ada: Person, data: bytes, name: str, sentence: str
) -> None:
    world.school.dfe_number = "9992002"
    session.commit()

    page = chosen(browser, data, name)

    assert (page.status, page.h1, by_field(page)) == (422, "Send pupil data", {"#file": sentence})
    assert browser.get("/supply/files").html.select("main table") == []


def test_ones_own_transfer_file_is_taken(browser: Browser, session: Session, world: World, ada: Person) -> None:
    world.school.dfe_number = "9994001"
    session.commit()

    page = chosen(browser, ctf().encode(), "999_4001.xml")

    assert (page.status, page.h1) == (200, "Have we read your columns rightly?")


def test_pressing_twice_receives_one_file(browser: Browser, ada: Person) -> None:
    page = browser.get("/supply")

    first, again = (
        browser.submit(page, "Check this file", file=(BytesIO(csv_of(AMIRA)), "roll.csv"), whole="no") for _ in range(2)
    )

    assert first.url == again.url
    assert len(browser.get("/supply/files").html.select("tbody tr")) == 1


def test_the_very_same_file_again_says_so(browser: Browser, session: Session, ada: Person) -> None:
    sent(browser, session)

    page = confirmed(browser)

    assert "The file is the same as the one of 23 November 2026. Nothing would change." in page.texts("main p")


@pytest.mark.parametrize("whole", ["yes", "no"], ids=["as of the whole school", "after another file"])
def test_the_very_same_file_again_does_not_say_that_nothing_would_change_where_something_would(
    browser: Browser, session: Session, ada: Person, whole: str
) -> None:
    sent(browser, session)
    if whole == "no":
        sent(browser, session, csv_of(AMIRA | {"PostCode": "ZA9 9ZZ"}, JACK))

    page = confirmed(browser, whole=whole)

    assert "The file is the same as the one of 23 November 2026." in page.texts("main p")


def test_rows_that_were_left_out_last_time_would_be_new(browser: Browser, session: Session, ada: Person) -> None:
    mixed = csv_of(AMIRA, JACK | {"PostCode": "nowhere"})
    browser.submit(confirmed(browser, mixed), "Send the 1 ready row")
    worked(session)

    page = confirmed(browser, mixed)

    assert "The file is the same as the one of 23 November 2026." in page.texts("main p")


@pytest.mark.parametrize(("whole", "said"), [("yes", 1), ("no", 0)])
def test_whoever_is_not_in_a_whole_list_is_spoken_of_before_it_is_sent(
    browser: Browser, ada: Person, whole: str, said: int
) -> None:
    page = confirmed(browser, whole=whole)

    assert page.texts("main p").count(EVERYBODY) == said


def test_nobody_is_asked_whether_a_list_of_some_is_everyone(browser: Browser, session: Session, ada: Person) -> None:
    browser.submit(confirmed(browser, whole="yes"), "Send the 2 ready rows")
    worked(session)

    some, everyone = (confirmed(browser, csv_of(AMIRA), whole=whole) for whole in ("no", "yes"))

    assert (some.texts("main h2"), everyone.texts("main h2")) == ([], ["1 thing looks unusual"])


def test_another_file_does_not(browser: Browser, session: Session, ada: Person) -> None:
    sent(browser, session)

    page = confirmed(browser, csv_of(JACK))

    assert not [said for said in page.texts("main p") if said.startswith("The file is the same")]


def test_the_first_page_says_when_a_file_was_last_sent(browser: Browser, session: Session, ada: Person) -> None:
    before = browser.get("/supply").texts("main p")
    sent(browser, session)

    after = browser.get("/supply").texts("main p")

    assert [one for one in after if one not in before] == ["Last sent: 23 November 2026, 2 pupils."]
