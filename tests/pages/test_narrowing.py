"""A fact more about the child of an earlier search: fewer children, and never others beside them."""

from sqlalchemy.orm import Session

from cp.services import find
from cp.terms import RecordState
from tests.build import Person, World
from tests.pages.test_search import AMIRA, add, search
from tests.web import Browser


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
