"""Looking through a shield on its pages: the warning, the code, the open record, every way out of it."""

from datetime import timedelta
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Override
from cp.models.child import Child
from cp.terms import Act, Decision
from tests import build, build_overriding
from tests.build import Person, World
from tests.build_overriding import HIDDEN
from tests.web import Browser, Page, code_now

WHY: dict[str, Any] = {"why": "section_47"}
GO = "Override the shield"
WARNING = "See what is shielded on this record?"


def override(browser: Browser, child: Child, **answers: Any) -> Page:
    return browser.submit(browser.get(f"/children/{child.uid}/override"), GO, **(WHY | answers))


def seen(page: Page) -> list[str]:
    return [word for word in HIDDEN if word in page.response.text]


def kept(session: Session) -> Override:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Override)).one()


def acts(session: Session, *wanted: Act) -> list[tuple[str, str, str | None]]:
    session.rollback()
    query = select(AuditEvent.act, AuditEvent.decision, AuditEvent.reason).where(AuditEvent.act.in_(wanted))
    return [
        (act.value, decision.value, reason) for act, decision, reason in session.execute(query.order_by(AuditEvent.id))
    ]


def test_the_link_is_for_holders_of_the_right_alone(
    app: Flask, browser: Browser, session: Session, world: World, ola: Person, leo: Child
) -> None:
    page = browser.get(f"/children/{leo.uid}")
    assert page.link(GO) == f"/children/{leo.uid}/override"
    assert seen(page) == []

    for other in (world.sam, world.max):
        theirs = Browser(app)
        theirs.become(session, other)
        shown = theirs.get(f"/children/{leo.uid}")
        if shown.h1 != "Leo Marchetti":
            shown = theirs.submit(shown, "Open the record", reason="may_need_help")
        assert shown.h1 == "Leo Marchetti"
        assert GO not in shown.texts("a")


def test_the_warning_comes_first_and_asks_for_no_code_just_after_signing_in(
    browser: Browser, ola: Person, leo: Child
) -> None:
    page = browser.get(browser.get(f"/children/{leo.uid}").link(GO))

    assert (page.status, page.h1) == (200, WARNING)
    assert page.texts(".govuk-caption-l") == ["Leo Marchetti, born 14 March 2016"]
    assert page.texts(".govuk-warning-text__text")[0].startswith(
        "Warning An investigation starts as soon as you go on."
    )
    assert page.texts("main p.govuk-body")[0] == "If it can wait an hour, ask for contact instead."
    assert page.texts("legend") == ["Why do you need it now?"]
    assert page.texts(".govuk-radios__label") == [
        "A child is in immediate danger", "A child protection enquiry under section 47",
        "A court or police protection order",
    ]  # fmt: skip
    assert page.html.select("[name=code]") == []
    assert page.texts("main .cp-actions > *") == [GO, "Go back without looking"]
    assert seen(page) == []


def test_a_reason_opens_the_hidden_parts_of_this_record(
    browser: Browser, session: Session, ola: Person, leo: Child
) -> None:
    page = override(browser, leo)

    reference = kept(session).reference
    assert (page.status, page.url, page.h1) == (200, f"/children/{leo.uid}", "Leo Marchetti")
    assert seen(page) == [word for word in HIDDEN if not word.startswith("H999")]
    assert page.texts(".cp-open p") == [
        "Shield overridden. Closes at 10:57, or when you leave this page.",
        f"15 minutes left. Reference OV-{reference}. The management team has been told.",
    ]
    assert page.html.select("nav[aria-label=Back]") == []
    assert "Print on one page" not in page.texts("a")
    body = str(page.html.select_one("body"))
    assert body.index("close-override") < body.index("record-involvement")
    assert acts(session, Act.PREPARE_OVERRIDE, Act.OVERRIDE) == [
        ("prepare_override", "allowed", None), ("override", "allowed", "section_47"),
    ]  # fmt: skip
    assert seen(browser.get(f"/children/{leo.uid}")) != []


def test_nothing_chosen_and_no_code_are_told_by_their_fields(
    browser: Browser, session: Session, ola: Person, leo: Child, clock: time_machine.Traveller
) -> None:
    page = browser.get(f"/children/{leo.uid}/override")
    assert browser.submit(page, GO).errors == ["Choose why you need it now"]
    clock.shift(timedelta(minutes=5))

    page = browser.submit(browser.get(f"/children/{leo.uid}/override"), GO)

    assert (page.status, page.errors) == (422, ["Choose why you need it now", "Enter a new security code"])
    assert page.texts("#code-hint") == ["A new one from your app or printed codes"]
    page = override(browser, leo, why="because")
    assert page.errors == ["Choose why you need it now", "Enter a new security code"]
    assert session.scalars(select(Override)).all() == []


def test_a_wrong_code_keeps_the_reason_and_a_right_one_gives_a_new_token(
    browser: Browser, session: Session, ola: Person, leo: Child, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=5))
    before = browser.client.get_cookie("cp")
    page = override(browser, leo, code="000000")
    assert (page.status, page.errors) == (422, ["Enter the code your app shows now, or another printed code"])
    assert [one["value"] for one in page.html.select("[checked]")] == ["section_47"]
    assert page.html.select_one("#code")["value"] == ""  # type: ignore[index]
    assert session.scalars(select(Override)).all() == []

    page = browser.submit(page, GO, **WHY, code=code_now(ola))

    after = browser.client.get_cookie("cp")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert seen(page) != []
    assert kept(session).opened_at == clocks.now()
    assert acts(session, Act.STEP_UP, Act.OVERRIDE) == [
        ("step_up", "refused", "wrong"), ("step_up", "allowed", "authenticator"), ("override", "allowed", "section_47"),
    ]  # fmt: skip
    assert browser.get("/account").h1 == "Your account"


def test_guesses_are_limited_as_everywhere(
    browser: Browser, session: Session, ola: Person, leo: Child, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=5))
    for _ in range(5):
        page = override(browser, leo, code="000000")

    page = override(browser, leo, code=code_now(ola))

    assert page.status == 429
    assert page.errors[0].startswith("Wait ")
    assert session.scalars(select(Override)).all() == []


def test_without_a_reason_to_open_the_record_guesses_are_not_even_tried(
    browser: Browser, session: Session, world: World, ola: Person, clock: time_machine.Traveller
) -> None:
    other = build_overriding.leo(session, world, given_names="Mia")
    session.commit()
    clock.shift(timedelta(minutes=5))
    token = browser.token()

    page = browser.post(f"/children/{other.uid}/override", {**WHY, "code": "000000", "csrf_token": token})

    assert page.h1 == "Why do you need to open this record?"
    assert acts(session, Act.STEP_UP) == []


def test_a_form_that_became_too_old_asks_for_the_code(
    browser: Browser, session: Session, ola: Person, leo: Child, clock: time_machine.Traveller
) -> None:
    page = browser.get(f"/children/{leo.uid}/override")
    clock.shift(timedelta(minutes=5))

    page = browser.submit(page, GO, **WHY)

    assert (page.status, page.errors) == (422, ["Enter a new security code"])


def test_one_that_waits_stops_the_next(
    browser: Browser, session: Session, world: World, ola: Person, leo: Child
) -> None:
    form = browser.get(f"/children/{leo.uid}/override")
    override(browser, leo)
    reference = kept(session).reference
    browser.get("/")
    sentence = f"You have an override waiting for a finding (OV-{reference}). Close that first: call 0161 496 0130"

    page = browser.get(f"/children/{leo.uid}/override")
    assert page.texts(".govuk-inset-text") == [f"{sentence}."]
    assert page.html.select("main form[action$=override]") == []
    fields = form.form(GO).fields | WHY | {"once": "another"}
    page = browser.post(form.url, fields)
    assert (page.status, page.errors) == (422, [sentence])
    assert [one["value"] for one in page.html.select("[checked]")] == ["section_47"]


def test_refusals_are_pages_with_a_sentence(
    app: Flask, browser: Browser, session: Session, world: World, ola: Person, leo: Child
) -> None:
    open_one = build.child(session, world)
    session.commit()
    browser.submit(browser.get(f"/children/{open_one.uid}"), "Open the record", reason="may_need_help")
    page = browser.get(f"/children/{open_one.uid}/override")
    assert (page.status, page.h1) == (403, "This record is not shielded")
    assert page.link("Open the record") == f"/children/{open_one.uid}"

    assert browser.get("/children/00000000-0000-0000-0000-000000000000/override").status == 404
    assert Browser(app).get(f"/children/{leo.uid}/override").h1 == "Sign in"
    for other in (world.sam, world.max, world.rex, world.una):
        theirs = Browser(app)
        theirs.become(session, other)
        for path in ("override", "override/left"):
            assert theirs.get(f"/children/{leo.uid}/{path}").status == 403
        token = theirs.token()
        for path in ("override", "override/leave"):
            assert theirs.post(f"/children/{leo.uid}/{path}", {**WHY, "csrf_token": token}).status == 403
    session.rollback()
    refused = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.OVERRIDE)).all()
    assert {entry.decision for entry in refused} == {Decision.REFUSED}
