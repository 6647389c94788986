"""Find a child by a carer or an address: who may, the least that is asked, what comes back, and looking again."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, RightGrant, Search
from cp.models.child import Child
from cp.services import find
from cp.terms import Act, Right
from tests import build
from tests.build import Person, World
from tests.pages.test_search import add
from tests.web import Browser, Page

H1 = "Find a child by a carer or an address"
FARAH = {"carer_given_name": "Farah", "carer_family_name": "Haddad"}
ASKED = FARAH | {"postcode": "ZA4", "reason": "may_need_help"}


@pytest.fixture
def ola(session: Session, world: World) -> Person:
    """A social worker who holds the right to override."""
    person = build.person(session, world.council, "Ola Hurst", "ola.override", role_title="Social worker")
    build.add(session, RightGrant(account_id=person.account.id, right=Right.OVERRIDE, starts_on=date(2026, 1, 5)))
    session.commit()
    return person


@pytest.fixture
def found(browser: Browser, session: Session, world: World) -> Child:
    """A child of Farah Haddad, whom the management team looks for."""
    browser.become(session, world.max)
    return _cared_for(session, world)


def _cared_for(session: Session, world: World, **given: Any) -> Child:
    child = add(session, world, **given)
    build.carer(session, child, "Farah Haddad")
    find.reindex(session, child.id)
    session.commit()
    return child


def search(browser: Browser, **asked: Any) -> Page:
    return browser.submit(browser.get("/searches/family"), "Search", **asked)


@pytest.mark.parametrize("who", ["sam", "nia", "ash"])
def test_nobody_else_is_shown_the_way_or_let_in(browser: Browser, session: Session, world: World, who: str) -> None:
    browser.become(session, getattr(world, who))

    assert H1 not in browser.get("/").html.get_text()
    page = browser.get("/searches/family")
    assert (page.status, page.h1) == (403, "Your role does not allow this")
    assert browser.post("/searches/family", ASKED | {"csrf_token": browser.token()}).status == 403
    assert session.scalars(select(Search)).all() == []


def test_the_management_team_and_holders_of_the_right_find_by_a_carer(
    browser: Browser, session: Session, world: World, ola: Person
) -> None:
    child = _cared_for(session, world)

    for person in (world.max, ola):
        browser.become(session, person)
        assert browser.get(browser.get("/").link(H1)).h1 == H1
        page = search(browser, **ASKED)
        assert page.texts("#results-count") == ["1 child matches"]
        assert page.texts("#results .cp-quiet") == ["You searched for: a carer called Farah Haddad, postcode ZA4"]
        assert page.texts(".cp-result p")[1] == "Same first half of the postcode. A carer of the same name."
        assert str(child.uid) in browser.get(page.link("Amira Siddiqui")).url


def test_a_result_tells_no_more_of_the_family_than_was_typed(browser: Browser, found: Child) -> None:
    text = search(browser, street="18 tanners row", postcode="ZA4", reason="working_with").html.select("#results")[0]

    said = text.get_text()
    assert "You searched for: 18 tanners row, postcode ZA4" in said
    assert "Same street and house." in said
    for hidden in ("Farah", "Haddad", "Tanner’s Row", "7QD", "Hollin Bank", "carer"):
        assert hidden not in said


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        pytest.param({}, ["Enter a carer’s given and family name, or a street and a postcode"], id="nothing"),
        pytest.param(FARAH, ["Add a postcode, or the child’s given name, date of birth or age"], id="a carer"),
        pytest.param(ASKED | {"carer_given_name": ""}, [
            "Add the carer’s given name. A family name alone matches too many people"
        ], id="a family name"),
        pytest.param({"carer_given_name": "Farah"}, [
            "Add the carer’s family name. A given name alone matches too many people"
        ], id="a given name"),
        pytest.param({"house": "18", "postcode": "ZA4"}, ["Add the street, or a carer’s given and family name"],
                     id="a house"),
        pytest.param({"house": "18", "street": "Mill Lane"}, ["Add a postcode, or its first half"], id="a street"),
        pytest.param({"street": "Mill Lane", "postcode": "ZA4"}, [
            "Add a house number or name, a carer’s family name, or a name of the child"
        ], id="a street and a postcode"),
        pytest.param(ASKED | {"carer_family_name": "Had*"}, [
            "Leave out signs like * and ?. Other spellings are tried anyway"
        ], id="a wildcard"),
        pytest.param(ASKED | {"street": "-", "postcode": "Northvale", "reason": ""}, [
            "Street must have a letter in it", "Enter a postcode like ZA4 7QD, or its first half like ZA4",
            "Choose why you need to find this child",
        ], id="no street, no postcode and no reason"),
        pytest.param(ASKED | {"postcode": "", "age": "99"}, ["Age must be a number from 0 to 25"], id="an age"),
    ],
)  # fmt: skip
def test_too_little_is_said_by_the_field_and_everything_typed_stays(
    browser: Browser, session: Session, world: World, asked: dict[str, str], errors: list[str]
) -> None:
    browser.become(session, world.max)

    page = search(browser, **{"reason": "working_with"} | asked)

    assert (page.status, page.errors) == (422, errors)
    kept = {str(tag["name"]): str(tag["value"]) for tag in page.html.select("main input[type=text]") if tag["value"]}
    assert kept == {name: text for name, text in asked.items() if text and name != "reason"}
    assert session.scalars(select(Search)).all() == []


def test_show_fewer_keeps_to_the_carer(browser: Browser, session: Session, world: World, found: Child) -> None:
    _cared_for(session, world, given_names="Ben", born_on=date(2012, 5, 1))

    page = search(browser, **ASKED)
    fewer = browser.submit(page, "Show fewer", born_on_day="1", born_on_month="5", born_on_year="2012")

    assert sorted(page.texts(".cp-result h3")) == ["Amira Siddiqui", "Ben Siddiqui"]
    assert fewer.texts(".cp-result h3") == ["Ben Siddiqui"]
    assert fewer.texts("#results .cp-quiet") == [
        "You searched for: a carer called Farah Haddad, born 1 May 2012, postcode ZA4"
    ]
    back = browser.get(fewer.link("Change your search"))
    fields = back.form("Search").fields
    assert (back.h1, fields["carer_given_name"], fields["born-year"]) == (H1, "Farah", "2012")


def test_nothing_found_is_said_without_the_date(browser: Browser, found: Child) -> None:
    page = search(browser, **ASKED | {"carer_family_name": "Price", "given_name": "Ben"})

    assert page.texts("#results-count") == ["No child found"]
    assert "other spellings of the carer’s name and the carer’s names in the other order" in page.html.get_text()
    assert browser.submit(page, "Search without the postcode").texts("#results-count") == ["No child found"]
    assert browser.get(page.link("Check the spelling, and search again")).h1 == H1


def test_of_more_than_ten_no_name_is_shown(browser: Browser, session: Session, world: World, found: Child) -> None:
    for number in range(10):
        _cared_for(session, world, given_names=f"Ben{'abcdefghij'[number]}")

    page = search(browser, **ASKED)

    assert page.texts("#results-count") == ["Too many children match"]
    assert "A date of birth helps most." in page.html.get_text()
    assert "Ben" not in page.html.get_text()


def test_results_are_decided_again_at_each_look(
    browser: Browser, session: Session, world: World, ola: Person, found: Child
) -> None:
    browser.become(session, ola)
    page = search(browser, **ASKED)
    token = browser.token()
    right = session.scalars(select(RightGrant).where(RightGrant.account_id == ola.account.id)).one()
    right.ends_on = date(2026, 11, 23)
    session.commit()

    again = browser.get(page.url)
    uid = page.url.rpartition("/")[2].partition("#")[0]
    narrowed = browser.post("/searches", {"csrf_token": token, "narrows": uid, "gender": "female"})

    assert (again.status, again.h1) == (403, "Your role does not allow this")
    assert narrowed.status == 403
    assert "Amira" not in again.html.get_text() + narrowed.html.get_text()


def test_a_shield_that_comes_between_two_looks_is_obeyed(browser: Browser, session: Session, found: Child) -> None:
    page = search(browser, **ASKED)
    found.shielded_at = clock.now()
    session.flush()
    find.reindex(session, found.id)
    session.commit()

    assert browser.get(page.url).texts("#results-count") == ["No child found"]


def test_the_search_is_sealed_and_written_down_without_a_name(browser: Browser, session: Session, found: Child) -> None:
    search(browser, **ASKED)

    session.rollback()
    events = session.scalars(select(AuditEvent).where(AuditEvent.reason == "may_need_help").order_by(AuditEvent.id))
    kept = session.scalars(select(Search)).one()
    assert [(event.act, event.object_id, event.results) for event in events] == [
        (Act.SEARCH_FAMILY, kept.uid, None), (Act.SEE_RESULTS, kept.uid, 1),
    ]  # fmt: skip
    assert kept.criteria == FARAH | {"postcode": "ZA4"}
    assert b"Haddad" not in kept.criteria_sealed


def test_sixty_searches_an_hour_are_of_either_kind(
    browser: Browser, session: Session, found: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cp.rules.looking_up.SEARCHES", 2)
    monkeypatch.setattr("cp.services.looking_up.SEARCHES", 2)
    search(browser, **ASKED)
    browser.submit(
        browser.get("/"), "Search", given_name="Amira", family_name="Siddiqui", age="10", reason="working_with"
    )

    page = search(browser, **ASKED)

    assert (page.status, page.h1) == (429, H1)
    assert page.form("Search").fields["carer_given_name"] == "Farah"
