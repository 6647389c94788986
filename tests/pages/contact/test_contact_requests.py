"""The team’s work on requests for contact and the answer of whoever was asked, page by page."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent
from cp.models.child import Child
from cp.services import contact
from cp.services.contact import facts
from cp.services.contact.facts import Passed
from cp.services.sensitive.reading import ServiceShown
from cp.terms import Act, ContactAbout, ContactState, Decision
from tests.build import Person, World
from tests.build_contact import (
    CLOSED,
    PASSED,
    TAKEN,
    asked,
    recorded,
    requests,
    second_manager,
    signed_in,
)
from tests.pages.contact.asking import ask
from tests.web import Browser


def test_the_team_takes_passes_on_and_the_service_agrees(
    app: Flask, session: Session, world: World, sam: Person, browser: Browser, child: Child, kit: Person,
    shown: ServiceShown,
) -> None:  # fmt: skip
    ask(browser, child)
    (request,) = requests(session)
    team, nurse = signed_in(app, session, world.max), signed_in(app, session, kit)

    page = team.get("/contact-requests")
    page = team.get(page.link(f"CR-{request.reference} about Amira Siddiqui"))
    assert page.h1 == f"Contact request CR-{request.reference}"
    page = team.submit(page, "Take this request")
    assert page.status_line == "You have taken this request."
    assert page.texts("label") == ["The Quay clinic", "Nobody: close this request"]
    page = team.submit(page, "Save")
    assert (page.status, page.errors) == (422, ["Choose who is to be asked, or nobody"])
    page = team.submit(page, "Save", what=f"service-{shown.entry_uid}")
    assert page.status_line == "It is passed on."
    assert "Passed on to The Quay clinic on 23 November 2026" in page.texts("dd")
    page = nurse.get(nurse.get("/involvements").link("You are asked to call somebody"))
    assert page.texts(".cp-person h2") == ["Sam Okafor, Teacher, Hollin Bank Primary School"]
    page = nurse.submit(page, "We will call them (Sam Okafor, about Amira Siddiqui)")
    assert (page.status_line, page.texts(".cp-person")) == ("Your answer is kept.", [])
    assert "They will call you" in browser.get("/contacts").texts("p")
    page = team.submit(team.get(f"/contact-requests/{request.uid}"), "Close this request")
    assert page.status_line == "This request is closed."
    assert team.get("/contact-requests").texts("main p")[-1] == "Nobody waits for contact."


def test_two_of_the_team_at_once_and_the_other_reads_who_took_it(
    app: Flask, session: Session, world: World, child: Child
) -> None:
    request, may = asked(session, world.sam, child), second_manager(session, world)
    session.commit()
    teams = [signed_in(app, session, person) for person in (world.max, may)]
    pages = [team.get(f"/contact-requests/{request.uid}") for team in teams]

    first, second = (team.submit(page, "Take this request") for team, page in zip(teams, pages, strict=True))

    assert first.status_line == "You have taken this request."
    assert second.status_line == (
        "Somebody was faster, and nothing was done twice. Max Adeyemi has taken this request. "
        "How it stands now is below."
    )
    page = teams[0].submit(pages[0], "Take this request")
    assert page.status_line == "You have taken this request.", "the same form again"


def test_consent_withdrawn_while_the_team_chooses_is_nobody_to_choose(
    app: Flask, session: Session, world: World, child: Child, shown: ServiceShown, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(session, world.sam, child, *TAKEN, owner=world.max)
    session.commit()
    team = signed_in(app, session, world.max)
    page = team.get(f"/contact-requests/{request.uid}")
    recorded(monkeypatch)

    page = team.submit(page, "Save", what=f"service-{shown.entry_uid}")

    assert (page.status, page.errors) == (422, ["Close this request, or leave it as it is"])
    assert "There is nobody to ask." in " ".join(page.texts("main p"))


def test_consent_withdrawn_while_the_service_answers_is_nothing_there(
    app: Flask, session: Session, world: World, child: Child, kit: Person, shown: ServiceShown
) -> None:
    asked(session, world.sam, child, *PASSED, to=Passed("service", shown.service, shown.entry_uid))
    session.commit()
    nurse = signed_in(app, session, kit)
    page = nurse.get("/contact-requests/passed")
    contact.withdrawn(session, shown.entry_uid)
    session.commit()

    page = nurse.submit(page, "We will call them (Sam Okafor, about Amira Siddiqui)")

    assert (page.status, page.h1) == (404, "Page not found")
    refused = session.scalars(select(AuditEvent).where(AuditEvent.decision == Decision.REFUSED)).one()
    assert (refused.act, refused.subject_id, refused.object_id) == (Act.ANSWER_CONTACT, None, None)


def test_a_service_that_says_neither_is_asked_again(
    app: Flask, session: Session, world: World, child: Child, kit: Person, shown: ServiceShown
) -> None:
    request = asked(session, world.sam, child, *PASSED, to=Passed("service", shown.service, shown.entry_uid))
    session.commit()
    nurse = signed_in(app, session, kit)

    where = f"/contact-requests/passed/{facts.known_as(request.uid, 'passed')}"
    page = nurse.post(where, {"csrf_token": nurse.token(), "what": "perhaps"})

    assert (page.status, page.errors) == (422, ["Say whether you will call them"])
    session.refresh(request)
    assert facts.of(request.facts).state is ContactState.PASSED


def test_the_family_is_asked_by_the_team(app: Flask, session: Session, world: World, shielded: Child) -> None:
    request = asked(session, world.sam, shielded, *TAKEN, owner=world.max, about=ContactAbout.FAMILY)
    session.commit()
    team = signed_in(app, session, world.max)

    page = team.submit(team.get(f"/contact-requests/{request.uid}"), "Save", what="family")
    assert page.texts("legend") == ["What did they say?"]
    page = team.submit(page, "Save", what="decline")

    assert page.status_line == "Their answer is kept: whoever asked is not told of it."
    assert page.texts("dd")[-2:] == ["Nobody will call", "Max Adeyemi"]


def test_an_account_that_was_taken_away_is_said(app: Flask, session: Session, world: World, child: Child) -> None:
    request = asked(session, world.sam, child, *TAKEN, owner=world.max)
    world.sam.account.active = False
    session.commit()
    team = signed_in(app, session, world.max)

    page = team.get(f"/contact-requests/{request.uid}")

    assert "Sam Okafor may not use ContactPoint now" in " ".join(page.texts("main p"))
    assert page.texts("main button")[1:] == ["Close this request"]


def test_of_a_closed_request_nothing_is_left_to_do(app: Flask, session: Session, world: World, child: Child) -> None:
    request = asked(session, world.sam, child, *CLOSED, owner=world.max)
    session.commit()
    team = signed_in(app, session, world.max)
    where = f"/contact-requests/{request.uid}"

    page = team.get(where)

    assert page.texts("main p")[-1] == "Nothing is left to do."
    answers = [team.post(where, {"csrf_token": team.token(), "what": what}) for what in ("take", "anything")]
    assert [answer.status for answer in answers] == [200, 422]
