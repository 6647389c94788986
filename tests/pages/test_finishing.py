"""What a page says and does once something was recorded, ended or taken back: in view, true, and only once."""

from datetime import date

from sqlalchemy.orm import Session

from cp.models import Involvement
from cp.models.child import Child
from tests import build
from tests.build import Person, World
from tests.pages.test_involvements import form_for
from tests.web import Browser, Page


def own(session: Session, world: World, **given: object) -> tuple[Child, Involvement]:
    """Sam works with a child whose record he has not opened."""
    child = build.child(session, world)
    assert world.sam.practitioner is not None
    held = build.involvement(session, child, world.sam.practitioner, **{"started_on": date(2026, 9, 3)} | given)
    session.commit()
    return child, held


def ended(browser: Browser, page: Page, htmx: bool = False, how: str = "worked") -> Page:
    return browser.submit(page, "End involvement", htmx=htmx, how=how)


def said_in_place(page: Page) -> list[str]:
    """The sentence by the heading that takes the focus, which says so; the status of before is emptied."""
    assert [tag["data-hx-swap-oob"] for tag in page.html.select("#status")] == ["innerHTML"]
    assert page.texts("#status") == [""]
    assert [tag["aria-describedby"] for tag in page.html.select("[data-focus]")] == ["done"]
    return page.texts("#done")


def test_what_was_recorded_is_said_where_the_focus_is(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    _, page = form_for(browser, session, world)

    part = browser.submit(page, "Record involvement", htmx=True)

    assert said_in_place(part) == ["Your involvement with Amira is recorded."]
    assert part.texts("[data-focus]") == ["Sam Okafor (you)"]


def test_what_was_ended_is_said_where_the_focus_is(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, held = own(session, world)
    browser.get(f"/children/{child.uid}")

    part = ended(browser, browser.get(f"/involvements/{held.uid}/end"), htmx=True)

    assert said_in_place(part) == ["Your involvement with Amira ended on 23 November 2026."]
    assert part.texts("[data-focus]") == ["Who is working with Amira"]


def test_a_form_opened_in_place_empties_the_status(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, _ = form_for(browser, session, world)

    part = browser.get(f"/children/{child.uid}/involvements/new", headers={"HX-Request": "true"})

    assert part.texts("#status") == [""]


def test_confirming_in_place_is_said_where_the_focus_is(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    own(session, world, started_on=date(2025, 12, 1))
    page = browser.get("/involvements")

    part = browser.submit(page, "Yes, I am still working with Amira Siddiqui", htmx=True)

    assert said_in_place(part) == ["Amira Siddiqui is confirmed until 23 November 2027. None left to answer."]


def test_one_ended_from_my_involvements_is_said_there(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    own(session, world)
    form = browser.get(browser.get("/involvements").link("End or correct your involvement with Amira Siddiqui"))
    assert form.link("Back to My involvements") == form.link("Cancel") == "/involvements"
    wrong = browser.submit(form, "End involvement")
    assert (wrong.status, wrong.link("Cancel")) == (422, "/involvements")

    page = ended(browser, wrong)

    assert (page.h1, page.status_line) == (
        "My involvements", "Your involvement with Amira Siddiqui ended on 23 November 2026.",
    )  # fmt: skip
    assert page.html.select("#said")[0]["tabindex"] == "-1"
    assert browser.get("/involvements").status_line == ""


def test_one_taken_back_from_my_involvements_is_said_there(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    own(session, world, lead=True)
    form = browser.get(browser.get("/involvements").link("End or correct your involvement with Amira Siddiqui"))

    page = ended(browser, form, how="mistake")

    assert page.status_line == (
        "Your involvement with Amira Siddiqui is taken off the record. Amira has no lead professional now."
    )


def test_a_record_that_nothing_opens_any_longer_is_left(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    """The form was reached by its own address: only the involvement had said why the record may be opened."""
    _, held = own(session, world)
    form = browser.get(f"/involvements/{held.uid}/end")

    page = ended(browser, form)

    assert (page.h1, page.status_line) == (
        "My involvements", "Your involvement with Amira Siddiqui ended on 23 November 2026.",
    )  # fmt: skip
    part = ended(browser, form, htmx=True)
    assert part.response.headers["HX-Redirect"] == "/involvements#said"


def test_where_a_sentence_waits_the_address_leads_to_it(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    _, page = form_for(browser, session, world)
    form = page.form("Record involvement")

    answer = browser.client.post(form.action, data=form.fields)

    assert answer.location.endswith("#said")


def test_who_led_before_reads_it_here_if_they_have_an_account(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child, _ = form_for(browser, session, world)
    assert world.nia.practitioner is not None
    build.involvement(session, child, world.nia.practitioner, lead=True)
    session.commit()
    page = browser.submit(browser.get(f"/children/{child.uid}/involvements/new"), "Record involvement", lead="yes")

    page = browser.submit(page, "Take over as lead professional")

    assert page.status_line == ("You are now Amira’s lead professional. Nia Pritchard reads it under My involvements.")
    form = browser.get(page.link("End or correct your involvement"))
    assert form.texts(".govuk-radios__hint") == [
        "Others see it as ended for 12 months. Amira will then have no lead professional",
        "It goes from the record at once. The log keeps that it was there. "
        "Nia Pritchard is then lead professional again",
    ]
    page = ended(browser, form, how="mistake")
    assert page.status_line == (
        "Your involvement with Amira is taken off the record. Nia Pritchard is lead professional again."
    )
    assert page.texts("#involvements > ul h3") == ["Nia Pritchard Lead professional"]


def test_ending_the_lead_says_that_nobody_leads(browser: Browser, session: Session, world: World, sam: Person) -> None:
    child, held = own(session, world, lead=True)
    browser.get(f"/children/{child.uid}")
    form = browser.get(f"/involvements/{held.uid}/end")
    assert all("Amira will then have no lead professional" in words for words in form.texts(".govuk-radios__hint"))

    page = ended(browser, form)

    assert page.status_line == (
        "Your involvement with Amira ended on 23 November 2026. Amira has no lead professional now."
    )


def test_what_is_wrong_with_an_end_is_said_in_one_round(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    _, held = own(session, world)

    page = browser.submit(browser.get(f"/involvements/{held.uid}/end"), "End involvement", ended_on_day="24")

    assert page.errors == ["The day it ended must be today or earlier", "Choose what the record should say"]
    page = browser.submit(page, "End involvement", ended_on_day="24", how="mistake")
    assert page.h1 == "My involvements"


def test_a_record_opened_from_my_involvements_leads_back_there(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    own(session, world)

    page = browser.get(browser.get("/involvements").link("Amira Siddiqui"))

    assert page.h1 == "Amira Siddiqui"
    assert browser.get(page.link("Back to My involvements")).h1 == "My involvements"


def test_taking_over_in_place_has_an_address(browser: Browser, session: Session, world: World, sam: Person) -> None:
    child, page = form_for(browser, session, world)
    build.involvement(session, child, build.practitioner(session, world.council, "Grace Oyelaran"), lead=True)
    session.commit()

    part = browser.submit(page, "Record involvement", htmx=True, lead="yes")

    assert part.h1 == "Take over as lead professional?"
    assert part.response.headers["HX-Push-Url"] == f"/children/{child.uid}/involvements/new"
