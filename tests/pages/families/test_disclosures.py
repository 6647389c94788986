"""What is given out: asked for by one, approved by another, shown through the one loader, and in the register."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Disclosure, DisclosureAnswer
from cp.models.child import Child
from cp.terms import Act, Decision, RecordState, Role
from tests import build, build_families, build_identities, build_sensitive, build_shields
from tests.build import Person, World
from tests.build_disclosures import ANSWERS, answered, disclosure
from tests.build_log import said
from tests.web import Browser, Page

FORM = "Give something of this record out"


@pytest.fixture
def may(session: Session, world: World) -> Person:
    return build_shields.may(session, world)


@pytest.fixture
def child(session: Session, world: World) -> Child:
    """With something in every part."""
    made = build_families.child_of_14(session, world)
    build.carer(session, made)
    build.outside_number(session, made)
    build.other_name(session, made)
    build_sensitive.entry(session, build_sensitive.Clinic.make(session, world).kit, made)
    return made


@pytest.fixture
def form(browser: Browser, session: Session, world: World, may: Person, child: Child) -> Page:
    browser.become(session, world.max)
    record = browser.get(f"/children/{child.uid}")
    record = browser.submit(record, "Open the record", reason="correcting_records")
    return browser.get(record.link(FORM))


def send(browser: Browser, page: Page, **answers: Any) -> Page:
    return browser.submit(page, "Ask for approval", **(ANSWERS | answers))


def test_what_is_asked_for_stands_in_the_register_and_waits(
    browser: Browser, session: Session, may: Person, child: Child, form: Page
) -> None:
    page = send(browser, form, approver=str(may.account.uid), parts=["location", "carers"])

    row = session.scalars(select(Disclosure)).one()
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.ASK_DISCLOSURE)).one()
    assert page.status_line == "It is in the register. Nothing is given out before it is approved."
    assert page.texts("dd")[:4] == [
        "A child protection enquiry under section 47", "Northvale Police, Sergeant Lund",
        f"CP {child.number[2:5]} {child.number[5:8]} {child.number[8:]}",
        "Name, gender, date of birth and ContactPoint number; Addresses; Who looks after the child, and how to reach "
        "them",
    ]  # fmt: skip
    assert (entry.subject_id, entry.object_id, entry.parts, entry.reason) == (
        child.subject_id, row.uid, "carers+identity+location", "section_47")  # fmt: skip
    assert b"Lund" not in row.recipient_sealed + said(entry)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"ground": "research"}, "Choose on what ground it is given out"),
        ({"recipient": "  "}, "Enter who it is given to: the organisation, and the post or name of the person"),
        ({"approver": "nobody"}, "Choose who is to approve it"),
        ({"parts": "sensitive"}, "Choose what is given out"),
        ({"parts": ""}, "Choose what is given out"),
    ],
)
def test_nothing_is_asked_for_without_what_the_rule_wants(
    browser: Browser, session: Session, may: Person, form: Page, wrong: dict[str, str], error: str
) -> None:
    page = send(browser, form, **({"approver": str(may.account.uid)} | wrong))

    assert (page.status, page.errors) == (422, [error])
    assert session.scalars(select(Disclosure)).all() == []


def test_whoever_asks_is_not_offered_and_cannot_be_the_approver(
    browser: Browser, session: Session, world: World, form: Page
) -> None:
    page = send(browser, form, approver=str(world.max.account.uid))

    assert "Max Adeyemi" not in form.texts("label")
    assert page.errors == ["Choose who is to approve it"]


def test_the_approver_alone_answers_and_only_once(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = disclosure(session, child, world.max, may)
    browser.become(session, world.max)
    sent = {"answer": "approve", "csrf_token": browser.token()}
    mine = browser.post(f"/disclosures/{one.uid}", sent)
    browser.become(session, may)
    page = browser.get(f"/disclosures/{one.uid}")

    done = browser.submit(page, "Keep my answer", answer="approve")
    again = browser.submit(page, "Keep my answer", answer="decline")

    assert (page.h1, mine.errors) == ("Is this to be given out?", ["Only the person named can answer. Nothing has "
                                                                  "changed"])  # fmt: skip
    assert done.status_line == "You approved it. You both can show and print it for 7 days."
    assert again.errors == ["It was answered already. Nothing has changed"]
    assert [row.approved for row in session.scalars(select(DisclosureAnswer))] == [True]


def test_what_a_leaver_asked_for_is_not_approved(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = disclosure(session, child, world.max, may)
    world.max.account.active = False
    browser.become(session, may)

    page = browser.submit(browser.get(f"/disclosures/{one.uid}"), "Keep my answer", answer="approve")

    assert page.errors == ["Whoever asked is no longer in the management team. Choose No, and ask for it yourself"]


def test_exactly_the_parts_are_given_out_and_each_showing_is_audited(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = answered(session, child, world.max, may)
    browser.become(session, world.max)

    page = browser.get(browser.get(f"/disclosures/{one.uid}").link("Show and print what is given out"))

    shown = page.html.select("main")[0].get_text(" ")
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SEE_DISCLOSED)).one()
    assert [word in shown for word in ("Tanner", "Farah Siddiqui", "0161 496 0163")] == [True] * 3
    assert [word for word in ("Hollin Bank Primary", "Nowak", "H999", "Clinic") if word in shown] == []
    assert (entry.subject_id, entry.parts, entry.reason) == (child.subject_id, one.parts, "section_47")


@pytest.mark.parametrize("approved", [True, False, None])
def test_nothing_is_given_out_before_it_is_approved_nor_to_anybody_else_nor_a_week_later(
    browser: Browser, session: Session, world: World, may: Person, child: Child, clock: time_machine.Traveller,
    approved: bool | None,
) -> None:  # fmt: skip
    tess = build.person(session, world.council, "Tess Lowe", "tess.team", Role.MANAGEMENT_TEAM)
    one = (disclosure(session, child, world.max, may) if approved is None else
           answered(session, child, world.max, may, approved=approved))  # fmt: skip
    found = []
    for person, days in ((world.max, 0), (may, 0), (tess, 0), (world.rex, 0), (world.max, 7)):
        clock.shift(timedelta(days=days))
        browser.become(session, person)
        found.append(browser.get(f"/disclosures/{one.uid}/given").status)

    assert found == ([200, 200, 404, 403, 404] if approved else [404, 404, 404, 403, 404])


@pytest.mark.parametrize("lifted", [False, True])
def test_what_was_approved_before_a_shield_was_set_is_not_given_out_after_it(
    browser: Browser, session: Session, world: World, may: Person, child: Child, clock: time_machine.Traveller,
    lifted: bool,
) -> None:  # fmt: skip
    one = answered(session, child, world.max, may)
    four = answered(session, child, world.max, may, parts="identity")
    clock.shift(timedelta(hours=1))
    shield = build_identities.shield(session, child, world.max)
    if lifted:
        shield.lifted_at, child.shielded_at, child.shield_ground = clocks.now(), None, None
    session.commit()
    browser.become(session, world.max)

    page, given = browser.get(f"/disclosures/{one.uid}"), browser.get(f"/disclosures/{one.uid}/given")

    assert "The record was shielded after this was approved." in page.response.text
    assert (given.status, browser.get(f"/disclosures/{four.uid}/given").status) == (404, 200)
    session.rollback()
    shown = AuditEvent.act == Act.SEE_DISCLOSED, AuditEvent.decision == Decision.ALLOWED
    acts = session.scalars(select(AuditEvent.object_id).where(*shown)).all()
    assert acts == [four.uid]
    browser.become(session, world.rex)
    assert "shielded" not in browser.get(f"/disclosures/{one.uid}").response.text


def test_a_reviewer_reads_the_register_and_no_child(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = answered(session, child, world.max, may)
    browser.become(session, world.rex)

    index, entry = browser.get("/disclosures"), browser.get(f"/disclosures/{one.uid}")

    assert index.texts("tbody th") == [f"DR-{one.reference}23 November 2026"]
    assert [page.status for page in (index, entry)] == [200, 200]
    assert "Amira" not in index.response.text + entry.response.text


def test_the_register_is_a_spreadsheet_that_computes_nothing(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = answered(session, child, world.max, may, recipient="=cmd|' /C calc'!A0")
    browser.become(session, world.max)

    page = browser.client.get("/disclosures/all.csv")

    assert page.text.removeprefix("\ufeff").splitlines() == [
        "reference,asked on,ground,child,parts,recipient,asked by,approver,answer,answered on",
        f"DR-{one.reference},2026-11-23,section_47,{child.number},identity and location and carers,"
        "'=cmd|' /C calc'!A0,Max Adeyemi,May Fielding,approved,2026-11-23",
    ]


def test_an_old_identity_is_named_by_nothing_in_the_register(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = answered(session, child, world.max, may)
    child.state = RecordState.SEALED
    session.commit()
    browser.become(session, world.max)

    page = browser.get("/disclosures")

    assert child.number[2:] not in "".join(page.html.select("main")[0].get_text().split())
    assert "A record that is no longer kept" in page.texts("tbody td")[2]
    assert browser.get(f"/disclosures/{one.uid}/given").status == 404


def test_the_register_of_another_authority_is_its_own(
    browser: Browser, session: Session, world: World, may: Person, child: Child
) -> None:
    one = answered(session, child, world.max, may)
    _, eve = build_shields.elsewhere(session)
    browser.become(session, eve)

    assert browser.get("/disclosures").texts("tbody th") == []
    assert [browser.get(f"/disclosures/{one.uid}{more}").status for more in ("", "/given")] == [404, 404]
