"""“Something here is wrong”: said on the record, read by everybody, answered, taken back."""

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Dispute
from cp.models.child import Child
from cp.terms import DisputeFinding, SourceKind
from tests import build
from tests.build import Person, World
from tests.build_disputes import row
from tests.build_identities import says, shield
from tests.pages.test_record import open_record
from tests.web import Browser, Page

SEND, SINCE = "Send to the management team", "Disputed since 23 November 2026, answer due 7 December 2026"


def asked(browser: Browser, child: Child) -> Page:
    return browser.get(browser.get(f"/children/{child.uid}").link("Something here is wrong"))


def code(page: Page, words: str) -> str:
    """Of the answer with these words."""
    label = next(label for label in page.html.select("label") if label.get_text(strip=True).startswith(words))
    return str(page.html.select_one(f"#{label['for']}")["value"])  # type: ignore[index]


def sent(browser: Browser, child: Child, fact: str = "Date of birth", **answers: Any) -> Page:
    page = asked(browser, child)
    told: dict[str, Any] = {"fact": code(page, fact), "told_by": "nobody"} | answers
    return browser.submit(page, SEND, **told)


def test_the_page_asks_what_is_wrong_of_what_the_reader_is_shown(
    browser: Browser, amira: Child, reading: Person
) -> None:
    page = asked(browser, amira)

    assert page.h1 == "Something here is wrong"
    assert page.texts("fieldset legend") == ["What is wrong?", "Who told you?"]
    assert page.texts("fieldset label") == [
        "Name: Amira Siddiqui", "Date of birth: 14 March 2016", "Gender: Girl",
        "Address: 18 Tanner’s Row, Hollin Bank, Northvale, ZA4 7QD",
        "The child", "A parent or carer", "Nobody, I noticed it myself",
    ]  # fmt: skip
    assert page.html.select("main input[checked]") == []


def test_what_is_missing_is_asked_for_and_the_rest_is_kept(browser: Browser, amira: Child, reading: Person) -> None:
    page = browser.submit(asked(browser, amira), SEND, words="She was born on the 15th")

    assert (page.status, page.errors) == (
        422, ["Choose what is wrong", "Say who told you, or that you noticed it yourself"])  # fmt: skip
    assert page.form(SEND).fields["words"] == "She was born on the 15th"


def test_a_line_that_is_too_long_is_not_taken(browser: Browser, amira: Child, reading: Person) -> None:
    page = sent(browser, amira, words="a" * 201)

    assert page.errors == ["What should it say? (optional) must be 200 characters or fewer"]


def test_from_then_on_every_reader_sees_it_beside_the_fact(
    app: Flask, browser: Browser, session: Session, world: World, amira: Child, reading: Person
) -> None:
    page = sent(browser, amira, words="Born on the 15th, says her mother", told_by="parent")

    assert page.status_line == "The management team has it. Everybody who is shown it reads that it is disputed."
    assert page.texts(".cp-disputed") == [SINCE, SINCE]
    other = Browser(app)
    other.become(session, world.nia)
    seen = open_record(other, amira)
    assert seen.texts("#identity + dl .cp-disputed, p:has(> .cp-disputed)") == [f"Date of birth: {SINCE}", SINCE]
    assert "says her mother" not in seen.html.text
    assert "Okafor" not in seen.html.text
    assert other.get(f"/children/{amira.uid}/print").texts(".cp-disputed") == [SINCE, SINCE]


def test_an_address_is_marked_by_itself(browser: Browser, amira: Child, reading: Person) -> None:
    page = sent(browser, amira, "Address")

    assert page.texts("dt:-soup-contains-own('Address') + dd .cp-disputed") == [SINCE]
    assert page.texts(".cp-disputed") == [SINCE]


def test_sending_twice_says_it_once(browser: Browser, session: Session, amira: Child, reading: Person) -> None:
    page = asked(browser, amira)
    answers: dict[str, Any] = {"fact": code(page, "Name"), "told_by": "child"}

    first, again = (browser.submit(page, SEND, **answers) for _ in range(2))

    assert first.status_line == again.status_line
    assert len(session.scalars(select(Dispute)).all()) == 1
    assert sent(browser, amira, "Name").status_line == "Nothing has changed: you have said so already."


def test_a_shielded_record_shows_and_takes_only_its_own_facts(
    browser: Browser, session: Session, amira: Child, reading: Person
) -> None:
    sent(browser, amira, "Address")
    sent(browser, amira, "Name")
    shield(session, amira)
    session.commit()

    page = browser.get(f"/children/{amira.uid}")

    assert page.texts(".cp-disputed") == [SINCE]
    assert [words for words in asked(browser, amira).texts("fieldset label") if ":" in words] == [
        "Name: Amira Siddiqui", "Date of birth: 14 March 2016", "Gender: Girl",
    ]  # fmt: skip
    assert browser.get("/involvements/disputes").texts("main h2") == ["Name of Amira Siddiqui"]


def test_the_answer_is_read_under_my_involvements(
    browser: Browser, session: Session, amira: Child, reading: Person
) -> None:
    sent(browser, amira, words="Born on the 15th")
    page = browser.get(browser.get("/involvements").link("What you said is wrong"))
    assert page.texts("main li p") == [
        "You wrote: Born on the 15th", "Answer by 7 December 2026", "You said so on 23 November 2026",
    ]  # fmt: skip

    one = session.scalars(select(Dispute)).one()
    one.finding, one.decided_at, one.decided_by_id = DisputeFinding.WRONG, one.opened_at, 1
    session.commit()

    page = browser.get("/involvements/disputes")
    assert page.texts("main li p") == [
        "You wrote: Born on the 15th", "It was wrong, and is put right", "Decided on 23 November 2026",
    ]  # fmt: skip
    assert page.texts("main li button") == []


def test_taking_it_back_takes_the_mark_away(browser: Browser, amira: Child, reading: Person) -> None:
    sent(browser, amira)

    page = browser.submit(browser.get("/involvements/disputes"), "Take it back: date of birth of Amira Siddiqui")

    assert (page.h1, page.status_line) == ("What you said is wrong", "You have taken it back.")
    assert page.texts("main li") == []
    assert browser.get(f"/children/{amira.uid}").texts(".cp-disputed") == []


def test_late_says_so(browser: Browser, session: Session, world: World, amira: Child, reading: Person) -> None:
    row(session, amira, world.sam)
    one = session.scalars(select(Dispute)).one()
    one.due_on = one.due_on.replace(month=11, day=20)
    session.commit()

    assert browser.get(f"/children/{amira.uid}").texts("dd .cp-disputed") == [
        "Disputed since 23 November 2026, answer was due 20 November 2026"
    ]
    assert "Overdue Answer was due on 20 November 2026" in browser.get("/involvements/disputes").texts("main li p")


def test_where_sources_say_different_things_each_is_named_but_a_sensitive_one(
    browser: Browser, session: Session, world: World, amira: Child, reading: Person
) -> None:
    says(session, amira, world.practice, SourceKind.GP_PRACTICE, born_on=date(2016, 3, 15))
    clinic = build.organisation(session, world.authority, name="Vale Clinic", sensitive_subject="sexual_health")
    says(session, amira, clinic, SourceKind.PRACTITIONER, family_name="Nowak")
    session.commit()

    page = browser.get(f"/children/{amira.uid}")

    assert page.texts("dt:-soup-contains-own('Date of birth') + dd .cp-quiet")[1:] == [
        "Hollin Bank Primary School says 14 March 2016; Vale Road Surgery says 15 March 2016"
    ]
    assert "Vale Clinic" not in page.html.text
    assert "Nowak" not in page.html.text
    shield(session, amira)
    session.commit()
    assert "says" not in browser.get(f"/children/{amira.uid}").html.select("main")[0].text
