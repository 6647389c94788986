"""Pages of accreditation: the questions, the decision, withdrawing it at once; the authorities' own."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AccreditationAnswers, Organisation
from cp.terms import Role
from tests import build, build_governance
from tests.build import World
from tests.build_governance import EVERYTHING, NO_PROCEDURE
from tests.web import Browser, Page

ALL_OF_IT = {question.value: answer.value for question, answer in EVERYTHING.items()}
NOT_ALL = {question.value: answer.value for question, answer in NO_PROCEDURE.items()}

NOT_YET = "Not accredited yet. Nobody there can find a child until it is. It can send its data."


@pytest.fixture
def ivy(browser: Browser, session: Session, world: World) -> Browser:
    world.school.accreditation_ends_on = None
    browser.become(session, world.ivy)
    return browser


def at(organisation: Organisation, path: str = "") -> str:
    return f"/implementation/schools/{organisation.uid}/accreditation{path}"


def answering(browser: Browser, world: World, answers: dict[str, Any], **by: str) -> Page:
    return browser.submit(browser.get(at(world.school, "/answers")), "Record the answers", **(answers | by))


def test_an_organisation_that_has_everything_is_accredited_for_two_years(ivy: Browser, world: World) -> None:
    assert ivy.get(at(world.school)).texts("main p")[0] == NOT_YET

    page = answering(ivy, world, ALL_OF_IT)
    assert page.status_line == "The answers are recorded. You can decide now."
    page = ivy.submit(page, "Decide", years="2")

    assert (page.h1, page.status_line) == ("Accreditation", "It is accredited.")
    assert page.texts("main p")[1] == "Accredited until 22 November 2028."
    assert page.texts("main li") == ["23 November 2026: accredited until 22 November 2028, by Ivy Hartley"]


def test_with_something_missing_it_says_what_and_is_asked_again_with_the_answers_kept(
    ivy: Browser, world: World
) -> None:
    page = answering(ivy, world, NOT_ALL, by_on_day="31", by_on_month="1", by_on_year="2027")
    assert page.texts("main li") == ["A disciplinary procedure that covers misuse of ContactPoint"]
    assert "It says that it will by 31 January 2027." in page.texts("main p")[2]

    page = ivy.submit(page, "Ask it again")

    assert page.status_line == "It is asked again: it waits for the organisation’s answers."
    fields = ivy.get(at(world.school, "/answers")).form("Record the answers").fields
    assert {name: fields[name] for name in NOT_ALL} == NOT_ALL


def test_a_renewal_begins_with_empty_answers(ivy: Browser, world: World) -> None:
    ivy.submit(answering(ivy, world, ALL_OF_IT), "Decide", years="1")

    fields = ivy.get(at(world.school, "/answers")).form("Record the answers").fields

    assert [name for name in ALL_OF_IT if name in fields] == []


@pytest.mark.parametrize(
    ("answers", "by", "errors"),
    [
        (ALL_OF_IT | {"misuse": None, "joiners": "council"}, {},
         ["Choose whether its disciplinary procedure covers misuse",
          "Choose how soon it tells of somebody who has joined"]),
        (NOT_ALL, {}, ["Enter the day by which it has the rest"]),
        (NOT_ALL, {"by_on_day": "23", "by_on_month": "11", "by_on_year": "2026"},
         ["The day by which it has the rest must be after today"]),
        (ALL_OF_IT, {"by_on_day": "31", "by_on_month": "2", "by_on_year": "2027"},
         ["The day by which it has the rest must be a real date: February 2027 had 28 days"]),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_there_is_asked_for_by_its_question(
    ivy: Browser, session: Session, world: World, answers: dict[str, Any], by: dict[str, Any], errors: list[str]
) -> None:
    page = answering(ivy, world, answers, **by)

    assert (page.status, page.errors) == (422, errors)
    kept = page.form("Record the answers").fields
    assert all(kept[name] == value for name, value in answers.items() if value and name != "joiners")
    assert session.scalars(select(AccreditationAnswers)).all() == []


def test_what_is_missing_cannot_be_decided_away(ivy: Browser, world: World) -> None:
    page = answering(ivy, world, NOT_ALL, by_on_day="31", by_on_month="1", by_on_year="2027")
    form = page.form("Ask it again")

    page = ivy.post(form.action, form.fields | {"years": "3"})

    assert page.status == 422
    assert page.errors == ["Choose for how long it is accredited, or that it is asked again"]


def test_a_decision_on_answers_that_changed_meanwhile_is_not_taken(ivy: Browser, world: World) -> None:
    before = answering(ivy, world, ALL_OF_IT)
    answering(ivy, world, ALL_OF_IT)

    page = ivy.submit(before, "Decide", years="3")

    assert page.status_line.startswith("Nothing was decided: the answers have changed")
    assert page.texts("main p")[1] == NOT_YET


def test_everybody_of_it_is_refused_from_the_very_next_request(
    app: Flask, browser: Browser, session: Session, world: World
) -> None:
    sam, max_ = Browser(app), Browser(app)
    sam.become(session, world.sam)
    max_.become(session, world.max)
    assert sam.get("/").h1 == "Find a child"

    page = max_.get(max_.get(f"/suppliers/{world.school.uid}").link("Accreditation of Hollin Bank Primary School"))
    page = max_.get(page.link("Withdraw the accreditation"))
    assert max_.submit(page, "Withdraw it at once").errors == ["Choose why it is withdrawn"]
    page = max_.submit(page, "Withdraw it at once", because="misuse")

    assert page.status_line == "The accreditation is withdrawn. Nobody there is let in any more."
    assert page.texts("main li") == ["23 November 2026: withdrawn. Misuse was found, by Max Adeyemi"]
    refused = sam.get("/")
    assert (refused.status, refused.h1) == (403, "Your organisation is not accredited now")
    again = max_.get(at(world.school, "/withdraw"))
    assert (again.h1, again.texts("main form button")[1:]) == ("It is not accredited", [])


def test_withdrawing_what_somebody_withdrew_meanwhile_changes_nothing(
    browser: Browser, session: Session, world: World
) -> None:
    browser.become(session, world.ivy)
    page = browser.get(at(world.school, "/withdraw"))
    world.school.accreditation_ends_on = date(2026, 11, 23)
    session.commit()

    page = browser.submit(page, "Withdraw it at once", because="asked")

    assert page.status_line == "Nothing has changed: it is not accredited."


def test_who_belongs_there_answers_and_leaves_the_decision_to_another(
    browser: Browser, session: Session, world: World
) -> None:
    hugo = build.person(session, world.school, "Hugo Bright", "hugo.bright", Role.IMPLEMENTATION_MANAGER)
    browser.become(session, hugo)

    page = answering(browser, world, ALL_OF_IT)

    assert "You belong to Hollin Bank Primary School, so another implementation manager decides." in page.texts("p")
    uid = session.scalars(select(AccreditationAnswers.uid)).one()
    key = {"csrf_token": browser.token(), "answers": str(uid), "years": "1"}
    refused = browser.post(at(world.school), key)
    assert (refused.status, refused.h1) == (403, "You belong to this organisation")


@pytest.fixture
def southvale(browser: Browser, session: Session, world: World) -> Organisation:
    """A council whose accreditation has ended, with a national administrator elsewhere at the browser."""
    there = build_governance.authority(session, "Southvale Council", None)
    council = build.organisation(session, there, name="Southvale Council", body_kind=world.council.body_kind,
                                 accreditation_ends_on=date(2026, 11, 1))  # fmt: skip
    browser.become(session, world.ade)
    return council


def test_a_national_administrator_renews_an_authority(browser: Browser, southvale: Organisation) -> None:
    page = browser.get("/authorities")
    assert page.texts("tbody td") == [
        "Southvale Council", "Not accredited since 1 November 2026", "Northvale Council", "31 August 2027",
    ]  # fmt: skip
    page = browser.get(page.link("Southvale Council"))
    assert browser.submit(page, "Renew").errors == ["Choose for how long it is accredited"]

    page = browser.submit(page, "Renew", years="3")

    assert (page.h1, page.status_line) == ("Authorities", "It is accredited.")
    assert page.texts("tbody td")[3] == "22 November 2029"


def test_their_own_authority_is_left_to_another(browser: Browser, world: World, southvale: Organisation) -> None:
    page = browser.get(f"/authorities/{world.council.uid}")
    fields = {"csrf_token": browser.token(), "years": "1"}

    refused = browser.post(f"/authorities/{world.council.uid}", fields)

    assert (page.h1, page.texts("main form button")[1:]) == ("Accreditation", [])
    assert (refused.status, refused.h1) == (403, "You belong to this organisation")


def test_an_authoritys_accreditation_is_withdrawn_at_once(
    app: Flask, browser: Browser, session: Session, world: World, southvale: Organisation
) -> None:
    sal = build.person(session, southvale, "Sal Vane", "sal.vane", Role.MANAGEMENT_TEAM)
    southvale.accreditation_ends_on = date(2027, 11, 1)
    there = Browser(app)
    there.become(session, sal)
    assert there.get("/").status == 200

    page = browser.get(browser.get(f"/authorities/{southvale.uid}").link("Withdraw the accreditation"))
    page = browser.submit(page, "Withdraw it at once", because="misuse")

    assert page.status_line == "The accreditation is withdrawn. Nobody there is let in any more."
    assert there.get("/").status == 403
