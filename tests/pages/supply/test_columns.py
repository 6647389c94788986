"""What the columns mean: guessed, changed, remembered; never what may not be held; a column not kept is asked for."""

from io import BytesIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import SupplyRow
from tests.build import Person
from tests.build_supply import AMIRA, HEADINGS, JACK, csv_of
from tests.pages.supply.steps import chosen, rows
from tests.web import Browser, Page

MORE = (*HEADINGS, "Ethnicity", "Tutor", "At home")
MESSY = csv_of(AMIRA | {"Ethnicity": "Secret1", "Tutor": "7A", "At home": "Mimi"}, headings=MORE)
ADNO, SURNAME, BORN, AT_HOME = "column_0", "column_1", "column_3", "column_14"
READY = "1 row is ready"
AGAIN = "Choose the same file again: of “At home” nothing was kept, because we did not know what it was"


def means(page: Page) -> dict[str, str]:
    """By the label of each question, what is chosen."""
    return {
        str(page.html.select(f"label[for={select['id']}]")[0].get_text()): chosen.get_text()
        for select in page.html.select("main select")
        for chosen in select.select("option[selected]")
    }


def told(browser: Browser, page: Page, answers: dict[str, Any]) -> Page:
    return browser.submit(page, "Check the rows", **answers)


def by_field(page: Page) -> dict[str, str]:
    return {str(link["href"]): link.get_text() for link in page.html.select(".govuk-error-summary a")}


def test_each_column_is_shown_with_its_first_values_and_what_it_is_taken_for(browser: Browser, ada: Person) -> None:
    page = chosen(browser, csv_of(AMIRA, JACK))

    assert list(means(page).items()) == [
        ("Adno means", "Your own pupil key"), ("Legal Surname means", "Family name"), ("Forename means", "Given name"),
        ("DOB means", "Date of birth"), ("Sex means", "Gender"), ("UPN means", "Unique pupil number"),
        ("Address Line 1 means", "Address, first line"), ("Town means", "Town"), ("PostCode means", "Postcode"),
        ("Parent 1 Name means", "First carer: name"), ("Parent 1 Relationship means", "First carer: relationship"),
        ("Parent 1 Telephone means", "First carer: telephone"),
    ]  # fmt: skip
    assert [row[1] for row in rows(page)][:6] == [
        "000417, 000418", "Siddiqui, Ashworth", "Amira, Jack", "14/03/2016, 21/11/2017", "F, M", "Empty",
    ]  # fmt: skip


def test_every_meaning_is_offered_once_in_groups_after_leave_out(browser: Browser, ada: Person) -> None:
    question = chosen(browser, csv_of(AMIRA)).html.select("main select")[0]

    assert question.select("option")[0].get_text() == "Leave out"
    assert [group["label"] for group in question.select("optgroup")] == [
        "Name", "Birth and gender", "Numbers", "Address", "At your school", "First carer", "Second carer",
    ]  # fmt: skip
    values = [one["value"] for one in question.select("option")]
    assert (len(values), len(set(values))) == (36, 36)


def test_what_no_record_may_hold_is_named_and_never_asked_about_nor_stored(
    browser: Browser, session: Session, ada: Person
) -> None:
    page = chosen(browser, MESSY)

    assert page.texts(".govuk-inset-text") == [
        "1 column was left out: Ethnicity. ContactPoint must not hold it, so it was never stored."
    ]
    assert "Ethnicity means" not in means(page)
    kept = session.scalars(select(SupplyRow)).one().facts["cells"]
    assert not {"Secret1", "7A", "Mimi"} & set(kept.values())
    assert "Secret1" not in page.response.text


def test_a_column_that_may_not_be_held_cannot_be_given_a_meaning_by_hand(browser: Browser, ada: Person) -> None:
    page = browser.submit(chosen(browser, MESSY), "Check the rows", column_12="middle_names")

    assert (page.status, page.h1) == (200, READY)


def test_what_is_changed_is_remembered_for_the_next_file(browser: Browser, ada: Person) -> None:
    told(browser, chosen(browser, csv_of(AMIRA)), {ADNO: "leave_out"})

    page = chosen(browser, csv_of(JACK))

    assert means(page)["Adno means"] == "Leave out"


def test_what_is_missing_is_said_by_the_first_question(browser: Browser, ada: Person) -> None:
    page = told(browser, chosen(browser, csv_of(AMIRA)), {BORN: "leave_out"})

    assert (page.status, by_field(page)) == (422, {f"#{ADNO}": "Say which column holds the date of birth"})
    assert (means(page)["DOB means"], page.html.select("main input[type=file]")) == ("Leave out", [])


def test_two_columns_of_one_meaning_are_told_by_the_second(browser: Browser, ada: Person) -> None:
    page = told(browser, chosen(browser, csv_of(AMIRA)), {ADNO: "family_name"})

    sentence = "“Adno” and “Legal Surname” both mean the family name. Choose one"
    assert by_field(page) == {f"#{SURNAME}": sentence}
    assert page.texts("tr:has(select.govuk-select--error) .govuk-error-message") == [f"Error: {sentence}"]


def test_a_column_that_was_not_kept_asks_for_the_same_file_once_more(browser: Browser, ada: Person) -> None:
    page = told(browser, chosen(browser, MESSY), {AT_HOME: "preferred_given_names"})

    assert (page.status, by_field(page)) == (422, {"#again": AGAIN})
    assert means(page)["At home means"] == "Known as"


def test_the_same_file_once_more_is_kept_with_that_column(browser: Browser, session: Session, ada: Person) -> None:
    asked = told(browser, chosen(browser, MESSY), {AT_HOME: "preferred_given_names"})

    page = browser.submit(asked, "Check the rows", again=(BytesIO(MESSY), "autumn-roll.csv"))

    assert (page.status, page.h1) == (200, READY)
    assert session.scalars(select(SupplyRow)).one().facts["cells"]["14"] == "Mimi"


def test_another_file_is_refused_there(browser: Browser, ada: Person) -> None:
    asked = told(browser, chosen(browser, MESSY), {AT_HOME: "preferred_given_names"})

    page = browser.submit(asked, "Check the rows", again=(BytesIO(csv_of(JACK)), "autumn-roll.csv"))

    assert by_field(page) == {"#again": "That is another file. Choose the one that you have just sent"}
    assert means(page)["At home means"] == "Known as"


def test_columns_can_be_changed_until_the_rows_are_sent(browser: Browser, ada: Person) -> None:
    problems = browser.submit(chosen(browser, csv_of(AMIRA)), "Check the rows")
    columns = browser.get(problems.link("Your columns"))
    browser.submit(problems, "Send the 1 ready row")

    late = told(browser, columns, {ADNO: "leave_out"})

    assert late.h1 == "Sending your file"
    assert late.status_line == "The file had gone on when you pressed the button. Nothing has changed by it."
