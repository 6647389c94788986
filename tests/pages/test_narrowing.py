"""A fact more about the child of an earlier search: fewer children, and never others beside them."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import Search
from cp.services import find
from cp.terms import Gender, RecordState
from tests.build import Person, World
from tests.pages.test_search import AMIRA, add, search
from tests.web import Browser


def test_too_many_show_no_name_and_the_fact_that_helps(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    for day in range(1, 13):
        add(session, world, given_names="Mohammed", family_name="Khan", born_on=date(2016, 3, day), gender=Gender.MALE)

    page = search(browser, given_name="Mohammed", family_name="Khan", postcode="ZA4", reason="working_with")

    assert page.texts("#results-count") == ["Too many children match"]
    assert page.texts(".cp-result") == []
    assert "A date of birth helps most." in page.html.get_text()
    page = browser.submit(page, "Show fewer", born_on_day="3", born_on_month="3", born_on_year="2016")
    assert page.texts(".cp-result h3")[0] == "Mohammed Khan"
    assert "born 3 March 2016" in page.html.get_text()


def test_showing_fewer_in_place_answers_with_the_results_alone(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    add(session, world)
    add(session, world, given_names="Amir", gender=Gender.MALE)
    page = search(browser, **AMIRA)

    part = browser.submit(page, "Show fewer", htmx=True, gender="female")

    assert part.texts("#results-count") == ["1 child matches"]
    assert part.texts("#status") == ["1 child matches."]
    assert not part.html.select("main")
    assert part.response.headers["HX-Push-Url"] == part.url


def test_showing_fewer_with_nothing_added_says_so_and_searches_for_nothing(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    add(session, world)
    add(session, world, given_names="Amir", gender=Gender.MALE)
    page = search(browser, **AMIRA)

    page = browser.submit(page, "Show fewer")

    assert (page.status, page.errors) == (422, ["Add one more fact, then press Show fewer"])
    assert page.html.select(".govuk-error-summary a")[0]["href"] == "#postcode"
    assert page.html.select("main .govuk-error-summary ~ h1"), "read first, also where no script moves the focus to it"
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Search)) == 1


def test_a_form_that_was_wrong_asks_for_a_whole_page_next(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    """Its errors and the title stand outside what narrowing replaces."""
    add(session, world)
    add(session, world, given_names="Amir", gender=Gender.MALE)
    page = search(browser, **AMIRA)
    assert page.html.select_one("#narrow")["data-hx-target"] == "#results"  # type: ignore[index]

    wrong = browser.submit(page, "Show fewer", postcode="somewhere")

    assert wrong.html.select_one("#narrow")  # it is there to be put right
    assert not wrong.html.select("#narrow[data-hx-post]")
    right = browser.submit(wrong, "Show fewer", postcode="", gender="female")
    assert right.texts("title") == ["Search results – ContactPoint"]
    assert right.errors == []


def test_narrowing_says_by_the_button_what_came_of_it(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    add(session, world)
    add(session, world, given_names="Amir", gender=Gender.MALE)

    part = browser.submit(search(browser, **AMIRA), "Show fewer", htmx=True, gender="female")

    assert part.texts("#narrowed") == ["1 child matches. Go to the results"]
    assert part.link("Go to the results") == "#results-count"


def test_one_fact_more_brings_in_no_other_children(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    for postcode in ("ZA4 7QD", "ZA9 1AA"):
        add(session, world, postcode=postcode)
    page = search(browser, **AMIRA)
    shown = {str(link["href"]).partition("?")[0] for link in page.html.select(".cp-result a")}
    assert len(shown) == 2
    add(session, world)  # meanwhile

    narrowed = browser.submit(page, "Show fewer", postcode="ZA4")

    left = {str(link["href"]).partition("?")[0] for link in narrowed.html.select(".cp-result a")}
    assert left
    assert left <= shown
    assert "near" not in narrowed.html.select("#results")[0].get_text()


def test_others_are_shown_only_where_nobody_is_left_and_it_is_said(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    gone = add(session, world)
    page = search(browser, **AMIRA | {"born_on_day": "", "born_on_month": ""} | {"age": "10"} | {"born_on_year": ""})
    assert len(page.html.select(".cp-result")) == 1
    earlier = page.url.rpartition("/")[2]
    gone.state = RecordState.ARCHIVED
    find.reindex(session, gone.id)
    session.commit()
    add(session, world)
    fields = {"csrf_token": browser.token(), "narrows": earlier, "gender": "female"}

    page = browser.post("/searches", fields)

    assert page.texts("#results-count") == ["No child matches all of that"]
    assert page.texts("#results > p")[1] == (
        "None of the children shown before matches what you added. This one is near."
    )
    assert page.texts(".cp-result h3") == ["Amira Siddiqui"]
