"""Where no worker runs, whoever waits for it and whoever can have it started read so; nobody where one does."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, AuditLeaf, Organisation
from cp.services.audit_seals import checking
from cp.terms import Role
from tests import build
from tests.build import Person, World
from tests.pages.supply.steps import sending, sent
from tests.web import Browser

SCHOOL = "Your file is safe: do not send it again"
TEAM = "Ask whoever looks after the server to start the worker"


def sealed(session: Session) -> None:
    """Every entry has its place, as the sealer gives it."""
    there = set(session.scalars(select(AuditLeaf.entry_id)))
    ids = [one for one in session.scalars(select(AuditEvent.id).order_by(AuditEvent.id)) if one not in there]
    session.add_all(AuditLeaf(position=len(there) + at, entry_id=one, leaf=b"") for at, one in enumerate(ids))
    session.commit()


def test_a_school_reads_that_nothing_works_on_its_file(
    browser: Browser, session: Session, ada: Person, clock: time_machine.Traveller
) -> None:
    page = sending(browser)
    assert SCHOOL not in page.html.text

    clock.move_to(clocks.now() + timedelta(minutes=11))
    waits = browser.get(page.url)

    assert SCHOOL in waits.html.text
    assert "Tell the management team: 0" in waits.html.text
    assert SCHOOL in browser.get("/supply/files").html.text
    asked = str(waits.html.select("#progress")[0]["data-hx-get"])
    assert SCHOOL in browser.get(asked, headers={"HX-Request": "true"}).html.text
    sealed(session)
    assert SCHOOL not in browser.get(page.url).html.text
    assert SCHOOL not in browser.get("/supply/files").html.text


def test_a_school_whose_files_are_sent_waits_for_nobody(
    browser: Browser, session: Session, ada: Person, clock: time_machine.Traveller
) -> None:
    sent(browser, session)

    clock.move_to(clocks.now() + timedelta(minutes=11))

    assert checking.rests(session)
    assert SCHOOL not in browser.get("/supply/files").html.text


def test_whoever_can_have_it_started_reads_what_to_start(
    app: Flask, browser: Browser, session: Session, world: World, ada: Person, clock: time_machine.Traveller
) -> None:
    council = session.get_one(Organisation, world.max.account.organisation_id)
    ivy = build.person(session, council, "Ivy", "ivy.rests", Role.IMPLEMENTATION_MANAGER)
    session.commit()
    sending(browser)
    clock.move_to(clocks.now() + timedelta(minutes=11))

    for person, where in ((world.max, "/"), (ivy, "/implementation")):
        theirs = Browser(app)
        theirs.become(session, person)
        assert TEAM in theirs.get(where).html.text
    practitioner = Browser(app)
    practitioner.become(session, world.sam)
    assert TEAM not in practitioner.get("/").html.text
