"""Finding a child: the form, what comes back, showing fewer."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Search
from cp.models.child import Child
from cp.services import find
from cp.terms import Act
from tests import build
from tests.build import Person, World
from tests.build_log import said
from tests.web import Browser, Page

AMIRA = {
    "given_name": "Amira", "family_name": "Siddiqui", "born_on_day": "14", "born_on_month": "3", "born_on_year": "2016",
    "reason": "working_with",
}  # fmt: skip


def add(session: Session, world: World, postcode: str | None = "ZA4 7QD", **given: object) -> Child:
    """A child who can be found."""
    child = build.child(session, world, **given)
    if postcode:
        build.address(session, child, postcode=postcode)
    session.flush()
    find.reindex(session, child.id)
    session.commit()
    return child


def search(browser: Browser, **asked: Any) -> Page:
    return browser.submit(browser.get("/"), "Search", **asked)


def test_a_misspelt_family_name_and_a_birth_date_find_the_child(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = add(session, world)

    page = search(browser, **AMIRA | {"given_name": "", "family_name": "Sidiqi"})

    assert page.h1 == "Search results"
    assert page.texts("#results-count") == ["1 child matches"]
    assert page.texts(".cp-result h3") == ["Amira Siddiqui"]
    assert page.texts(".cp-result p")[0] == "Girl, 10 years old, postcode ZA4"
    assert "Siddiqui is spelt like Sidiqi." in page.texts(".cp-result p")[1]
    page = browser.get(page.link("Amira Siddiqui"))
    assert page.h1 == "Amira Siddiqui"
    assert str(child.uid) in page.url
    assert "because you are working with this child" in page.html.get_text()
    assert browser.get(page.link("Back to results")).h1 == "Search results"


@pytest.mark.asvs("14.2.6")
def test_a_result_shows_the_least_that_tells_two_children_apart(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = add(session, world)
    build.carer(session, child)
    session.commit()

    text = search(browser, **AMIRA).html.select("#results")[0].get_text()

    for hidden in ("7QD", "Tanner", "Farah", "Hollin Bank"):
        assert hidden not in text


def test_a_shielded_child_reads_as_one_with_no_known_address(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    add(session, world, shielded=True)

    page = search(browser, **AMIRA)

    assert page.texts(".cp-result p")[0] == "Girl, 10 years old"


def test_a_shielded_child_is_not_found_by_what_is_hidden(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = add(session, world, shielded=True)
    build.other_name(session, child, family_name="Nowak")
    session.commit()
    find.reindex(session, child.id)
    session.commit()

    page = search(browser, **AMIRA | {"given_name": "", "family_name": "Nowak"})

    assert page.texts("#results-count") == ["No child found"]


def test_nothing_found_says_what_to_try_and_not_whether_anything_is_hidden(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    page = search(browser, **AMIRA)

    assert page.texts("#results-count") == ["No child found"]
    assert "shield" not in page.html.get_text().lower()
    page = browser.get(page.link("Check the spelling and the date, and search again"))
    assert page.html.select_one("#family_name")["value"] == "Siddiqui"  # type: ignore[index]
    assert page.html.select_one("#born-day")["value"] == "14"  # type: ignore[index]


def test_after_a_search_the_address_leads_to_the_answer(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    form = browser.get("/").form("Search")

    answer = browser.client.post(
        form.action, data=form.fields | {"number": add(session, world).number, "reason": "working_with"}
    )

    assert answer.location.endswith("#results-count")


def test_a_result_is_told_apart_from_another_of_the_same_name(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    add(session, world)
    add(session, world, postcode="ZA9 1AA")

    page = search(browser, **AMIRA)

    described = [page.texts(f"#{link['aria-describedby']}") for link in page.html.select(".cp-result a")]
    assert sorted(described) == [["Girl, 10 years old, postcode ZA4"], ["Girl, 10 years old, postcode ZA9"]]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        pytest.param(("14", "13", "2016"), ["month"], id="month 13"),
        pytest.param(("30", "2", "2016"), ["day"], id="30 February"),
        pytest.param(("", "3", "2016"), ["day"], id="no day"),
        pytest.param(("", "", "1950"), ["year"], id="a year too long ago"),
        pytest.param(("1", "1", "2030"), ["day", "month", "year"], id="a date to come"),
    ],
)
def test_the_part_of_a_date_that_is_wrong_is_named(
    browser: Browser, sam: Person, typed: tuple[str, str, str], wrong: list[str]
) -> None:
    day, month, year = typed

    page = search(browser, **AMIRA | {"born_on_day": day, "born_on_month": month, "born_on_year": year})

    marked = page.html.select("#born input[aria-invalid]")
    assert [tag["name"] for tag in marked] == [f"born-{part}" for part in wrong]
    assert [tag["name"] for tag in page.html.select("#born .govuk-input--error")] == [tag["name"] for tag in marked]
    assert {str(tag["aria-describedby"]) for tag in marked} == {"born-error1"}
    assert page.html.select(".govuk-error-summary a")[0]["href"] == f"#born-{wrong[0]}"


def test_the_search_and_what_it_returned_are_in_the_audit_without_a_name(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = add(session, world)

    search(browser, **AMIRA)

    session.rollback()
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.reason == "working_with").order_by(AuditEvent.id)
    ).all()
    assert [(event.act, event.results) for event in events] == [(Act.SEARCH, None), (Act.SEE_RESULTS, 1)]
    assert not any(b"Siddiqui" in said(event) for event in events)
    kept = session.scalars(select(Search)).one()
    assert [look["children"] for look in kept.returned] == [[str(child.subject_id)]]
    assert kept.criteria["family_name"] == "Siddiqui"
    assert b"Siddiqui" not in kept.criteria_sealed


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        pytest.param({}, ["Enter a given name, a family name or a ContactPoint number"], id="nothing"),
        pytest.param({"family_name": "Khan", "postcode": "ZA4 7QD"}, [
            "Add a given name, or a whole date of birth. A family name alone matches too many children"
        ], id="a family name and a postcode"),
        pytest.param({"given_name": "Ali", "family_name": "Khan"}, ["Add a date of birth, an age, or a postcode"],
                     id="names alone"),
        pytest.param({"given_name": "Al*", "family_name": "Khan", "age": "9"}, [
            "Leave out signs like * and ?. Other spellings are tried anyway"
        ], id="a wildcard"),
        pytest.param({"given_name": "Ali", "born_on_day": "31", "born_on_month": "2", "born_on_year": "2016"}, [
            "Date of birth must be a real date: February 2016 had 29 days"
        ], id="no such day"),
        pytest.param({"given_name": "Ali", "family_name": "Khan", "age": "99"}, ["Age must be a number from 0 to 25"],
                     id="an age"),
        pytest.param({"given_name": "Ali", "family_name": "Khan", "postcode": "Northvale"}, [
            "Enter a postcode like ZA4 7QD, or its first half like ZA4"
        ], id="a postcode"),
        pytest.param({"number": "CP4027165583"}, [
            "That is not a ContactPoint number. Check it against the printout: it is CP and 10 numbers"
        ], id="a number"),
        pytest.param(AMIRA | {"reason": "", "age": "4"}, [
            "Age and date of birth do not agree. Check one, or clear one",
            "Choose why you need to find this child",
        ], id="an age that does not fit, and no reason"),
    ],
)  # fmt: skip
def test_too_little_or_wrong_is_answered_with_what_to_do(
    browser: Browser, sam: Person, asked: dict[str, str], errors: list[str]
) -> None:
    page = search(browser, **{"reason": "working_with"} | asked)

    assert page.status == 422
    assert page.errors == errors
    assert page.html.select("title")[0].get_text().startswith("Error: Find a child")


def test_a_number_typed_as_a_name_is_taken_as_the_number(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = add(session, world)

    page = search(browser, given_name=child.number, reason="working_with")

    assert page.texts(".cp-result h3") == ["Amira Siddiqui"]


def test_nobody_sees_another_persons_search(browser: Browser, session: Session, world: World, sam: Person) -> None:
    add(session, world)
    page = search(browser, **AMIRA)
    nia = Browser(browser.client.application)
    nia.become(session, world.nia)

    assert nia.get(page.url).status == 404


@pytest.mark.asvs("14.2.1")
def test_nothing_typed_reaches_an_address(browser: Browser, session: Session, world: World, sam: Person) -> None:
    add(session, world)

    page = search(browser, **AMIRA)

    assert "siddiqui" not in page.url.lower()
    assert all("iddiqui" not in str(link["href"]) for link in page.html.select("a[href]"))
