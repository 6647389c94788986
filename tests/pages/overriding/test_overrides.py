"""Overrides as the management team, the reviewers and the person read them."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Override
from cp.models.child import Child
from cp.terms import Act, OverrideFinding
from tests import build, build_overriding
from tests.build import Person, World
from tests.web import Browser, Page


@pytest.fixture
def ola(session: Session, world: World) -> Person:
    return build_overriding.holder(session, world.authority)


@pytest.fixture
def held(session: Session, world: World, ola: Person, leo: Child) -> Override:
    made = build_overriding.override(session, ola, leo, reviewer_id=world.rex.account.id)
    session.commit()
    return made


def as_person(app: Flask, session: Session, person: Person) -> Browser:
    browser = Browser(app)
    browser.become(session, person)
    return browser


def close(browser: Browser, held: Override, finding: str) -> Page:
    return browser.submit(browser.get(f"/overrides/{held.uid}"), f"Close OV-{held.reference}", finding=finding)


def test_the_first_page_says_that_one_waits(app: Flask, session: Session, world: World, held: Override) -> None:
    for person in (world.max, world.rex):
        page = Browser(app).sign_in(session, person)
        assert page.texts("#overrides-wait") == ["1 override is waiting for a finding: see Overrides."]
    page = as_person(app, session, world.sam).get("/")
    assert page.texts("#overrides-wait") == []


@pytest.mark.parametrize("who", ["max", "rex"])
def test_the_list_names_people_and_no_child(
    app: Flask, session: Session, world: World, leo: Child, held: Override, who: str
) -> None:
    browser = as_person(app, session, getattr(world, who))

    page = browser.get("/overrides")

    assert page.h1 == "Overrides"
    assert page.texts(".cp-person > div") == [
        f"OV-{held.reference} 23 November 2026 at 10:41",
        "Ola NowickaNorthvale CareA child protection enquiry under section 47",
        "Waiting for a finding Due 25 November 2026 For Rex Hale",
    ]
    one = browser.get(page.link(f"OV-{held.reference}"))
    for shown in (page, one):
        for hidden in ("Leo", "Marchetti", leo.number, str(leo.uid), str(leo.subject_id), "Giulia", "Hidden Lane"):
            assert hidden not in shown.response.text


def test_an_empty_list(app: Flask, session: Session, world: World) -> None:
    page = as_person(app, session, world.rex).get("/overrides")

    assert page.texts("main p.govuk-body") == [
        "No override waits for a finding.", "No override has been closed yet.",
    ]  # fmt: skip


def test_a_reviewer_reads_the_facts_and_closes_it(app: Flask, session: Session, world: World, held: Override) -> None:
    browser = as_person(app, session, world.rex)
    page = browser.get(f"/overrides/{held.uid}")
    assert page.h1 == "Was this override right?"
    assert page.texts(".govuk-caption-l") == [f"Override OV-{held.reference}, due by 25 November 2026"]
    assert page.texts("dt") == ["Who looked", "When", "Reason given", "What was shown", "What we know"]
    assert page.texts("dd")[:4] == [
        "Ola Nowicka, social worker, Northvale Care", "23 November 2026, 10:41 to 10:41Closed by Ola Nowicka",
        "A child protection enquiry under section 47",
        "Nothing: the record was not openedThe child is not named to reviewers",
    ]  # fmt: skip
    assert page.texts(".govuk-radios__label") == ["It was right", "I need Ola’s answer first", "It was not right"]

    wrong = browser.submit(page, f"Close OV-{held.reference}")
    assert (wrong.status, wrong.errors) == (422, ["Choose your finding"])
    done = browser.submit(page, f"Close OV-{held.reference}", finding="right")

    assert (done.url, done.status_line) == ("/overrides", f"OV-{held.reference} is closed.")
    again = browser.submit(page, f"Close OV-{held.reference}", finding="not_right")
    assert again.status_line == f"OV-{held.reference} is closed."
    session.expire_all()
    assert (held.finding, held.closed_by_id) == (OverrideFinding.RIGHT, world.rex.account.id)
    shown = browser.get(f"/overrides/{held.uid}")
    assert shown.texts("dd")[-1] == "It was rightRex Hale, 23 November 2026 at 10:42"
    assert shown.html.select("main form[action^='/overrides']") == []


def test_who_may_not_answer_reads_who_does(
    app: Flask, session: Session, world: World, held: Override, clock: time_machine.Traveller
) -> None:
    ron = build_overriding.reviewer(session, world.council)
    session.commit()
    team, other = as_person(app, session, world.max), as_person(app, session, ron)
    form = as_person(app, session, world.rex).get(f"/overrides/{held.uid}").form(f"Close OV-{held.reference}")

    assert team.get(f"/overrides/{held.uid}").texts("dd")[-1] == "Rex Hale answers it by 25 November 2026."
    assert other.get(f"/overrides/{held.uid}").texts("dd")[-1] == (
        "Rex Hale answers it by 25 November 2026. After that any reviewer of another team can."
    )
    sent = form.fields | {"finding": "right"}
    answers = [browser.post(form.action, sent | {"csrf_token": browser.token()}) for browser in (team, other)]
    assert [(page.status, page.h1) for page in answers] == [
        (403, "Your role does not allow this"), (403, "Another reviewer is named for this"),
    ]  # fmt: skip
    session.expire_all()
    assert held.closed_at is None

    clock.shift(timedelta(days=3))
    other = as_person(app, session, ron)
    assert "Gone up" in other.get("/overrides").texts(".cp-person > div")[2]
    assert close(other, held, "right").status_line == f"OV-{held.reference} is closed."


def test_of_two_reviewers_the_first_counts(
    app: Flask, session: Session, world: World, held: Override, clock: time_machine.Traveller
) -> None:
    ron = build_overriding.reviewer(session, world.council)
    clock.shift(timedelta(days=3))
    session.commit()
    first, second = as_person(app, session, world.rex), as_person(app, session, ron)
    page = second.get(f"/overrides/{held.uid}")
    close(first, held, "right")

    page = second.submit(page, f"Close OV-{held.reference}", finding="not_right")

    assert page.url == f"/overrides/{held.uid}"
    assert page.status_line == "Another reviewer was faster. What they found is below."
    session.expire_all()
    assert held.finding is OverrideFinding.RIGHT


def test_the_person_is_asked_answers_and_is_told(
    app: Flask, session: Session, world: World, ola: Person, held: Override
) -> None:
    reviewer, person = as_person(app, session, world.rex), as_person(app, session, ola)
    name = f"OV-{held.reference}"
    asked = close(reviewer, held, "need_answer")
    assert asked.status_line == f"Ola Nowicka is asked for an answer to {name}."
    assert "Waiting for the person’s answer" in asked.texts(".cp-person > div")[2]

    page = person.get("/")
    assert page.texts("#override-asked") == [f"A reviewer asks you about {name}. Answer by 25 November 2026."]
    page = person.get(page.link("Answer by 25 November 2026"))
    assert (page.url, page.h1) == ("/account/overrides", "Your overrides")
    wrong = person.submit(page, "Send answer")
    assert (wrong.status, wrong.errors) == (422, ["Choose why it could not wait"])
    done = person.submit(page, "Send answer", said="nobody_reached")
    assert done.status_line == f"Your answer to {name} is kept. The reviewer reads it."
    assert person.submit(page, "Send answer", said="on_duty").status_line == done.status_line
    fields = page.form("Send answer").fields | {"once": "other", "said": "on_duty"}
    late = person.post(f"/account/overrides/{held.uid}", fields)
    assert late.status_line == f"Nothing has changed: {name} waits for no answer of yours."

    page = reviewer.get(f"/overrides/{held.uid}")
    assert "I could not reach the management team in time" in page.texts("dd")
    assert page.texts(".govuk-radios__label") == ["It was right", "It was not right"]
    reviewer.submit(page, f"Close {name}", finding="right")
    told = person.get("/")
    assert told.texts("main p.govuk-body")[1] == (
        f"Your override {name} is closed. The finding: it was right. See your overrides, {name}."
    )
    assert "The finding on 23 November 2026: it was right." in person.get("/account/overrides").texts("main p")
    assert person.get("/account").link("Your overrides of a shield") == "/account/overrides"


def test_not_right_takes_the_right_away_and_says_so(
    app: Flask, session: Session, world: World, ola: Person, leo: Child, held: Override
) -> None:
    person = as_person(app, session, ola)
    person.submit(person.get(f"/children/{leo.uid}"), "Open the record", reason="may_need_help")
    assert person.get(f"/children/{leo.uid}").link("Override the shield")

    close(as_person(app, session, world.rex), held, "not_right")

    assert "Override the shield" not in person.get(f"/children/{leo.uid}").texts("a")
    assert person.get(f"/children/{leo.uid}/override").status == 403
    assert "Your right to override a shield ended that day." in person.get("/account/overrides").texts("main p")[1]
    session.rollback()
    ended = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.END_GRANT)).one()
    assert (ended.object_id, ended.reason) == (ola.account.uid, "override")


def test_strangers_other_roles_and_what_is_not_there(
    app: Flask, browser: Browser, session: Session, world: World, held: Override
) -> None:
    assert browser.get("/overrides").h1 == "Sign in"
    assert browser.get("/account/overrides").h1 == "Sign in"
    sam, una, ash, rex = (as_person(app, session, one) for one in (world.sam, world.una, world.ash, world.rex))
    for theirs in (sam, una, ash):
        assert [theirs.get(path).status for path in ("/overrides", f"/overrides/{held.uid}")] == [403, 403]
    fields = {"said": "on_duty", "csrf_token": sam.token()}
    assert sam.post(f"/account/overrides/{held.uid}", fields).status == 404
    assert sam.get("/account/overrides").texts("main p.govuk-body") == ["You have looked through no shield."]
    assert "Your overrides of a shield" not in sam.get("/account").texts("a")
    assert rex.get("/account/overrides").status == 403
    assert rex.get("/overrides/00000000-0000-0000-0000-000000000000").status == 404


def test_one_that_is_open_says_so(app: Flask, session: Session, world: World, held: Override) -> None:
    held.left_at, held.opened_at = None, clocks.now()
    session.commit()

    page = as_person(app, session, world.rex).get(f"/overrides/{held.uid}")

    assert page.texts("dd")[1] == "23 November 2026, from 10:42, still open"


def test_nobody_named_is_said(app: Flask, session: Session, world: World, ola: Person, leo: Child) -> None:
    build_overriding.override(session, ola, leo)
    build.child(session, world)
    session.commit()

    page = as_person(app, session, world.max).get("/overrides")

    assert page.texts(".cp-person > div")[2] == "Waiting for a finding Due 25 November 2026 For any reviewer"
