"""Whoever is asked to agree reads so on the first page, and nobody else does."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from cp import clock
from cp.models.child import Child
from cp.terms import Asking, RecordState
from tests import build, build_families, build_retention
from tests.build import Person, World
from tests.build_disclosures import answered, disclosure
from tests.build_identities import asked_to_join, asked_to_seal, derived, elsewhere, may, sealed, shield
from tests.web import Browser

ALL = {
    "1 pair of records to join": "Records that wait to be joined", "1 shield to lift": "Shielded records",
    "2 old identities": "Old identities", "1 copy to release": "Requests about records",
    "1 entry of the register": "What was given out", "2 holds of records": "Records held back",
    "1 archived record to read together": "Find an archived record",
}  # fmt: skip


@pytest.fixture
def asks(session: Session, world: World) -> Person:
    """May, who asks Max for everything that takes two."""
    may_, one, other = may(session, world), derived(session, world, "ZA4 7QD"), derived(session, world, "ZA1 2AB")
    asked_to_join(session, one, other, may_)
    hidden = derived(session, world, "ZA1 2AC")
    lift = shield(session, hidden)
    lift.lift_asked_by_id, lift.lift_asked_at = may_.account.id, clock.now()
    asked_to_seal(session, derived(session, world, "ZA1 2AD"), may_, world.max)
    sealed(session, derived(session, world, "ZA1 2AE"), may_, world.max, opening_asked_by_id=may_.account.id,
           opening_asked_at=clock.now())  # fmt: skip
    build_families.request(session, may_, one, Asking.COPY)
    disclosure(session, one, may_, world.max)
    answered(session, one, may_, world.max)
    build_retention.held(session, one, may_, world.max, agreed_at=None)
    build_retention.held(session, other, may_, world.max, end_asked_by_id=may_.account.id)
    old = build_retention.archived(session, build.child(session, world), date(2024, 12, 1))
    build_retention.reading(session, old, may_, world.max)
    session.commit()
    return may_


def test_whoever_is_asked_reads_what_waits_and_is_led_there(
    browser: Browser, session: Session, world: World, asks: Person
) -> None:
    browser.become(session, world.max)
    page = browser.get("/")

    assert page.texts("#colleagues-wait a") == list(ALL)
    assert [browser.get(page.link(words)).h1 for words in ALL] == list(ALL.values())
    assert not browser.get("/searches/family").html.select("#colleagues-wait")


def test_whoever_asked_and_everybody_else_reads_nothing_of_it(
    browser: Browser, session: Session, world: World, asks: Person
) -> None:
    _, stranger = elsewhere(session)
    session.commit()

    for person in (asks, world.sam, stranger):
        browser.become(session, person)
        assert not browser.get("/").html.select("#colleagues-wait")


def test_what_is_sealed_waits_for_nobody_elsewhere(
    browser: Browser, session: Session, world: World, asks: Person
) -> None:
    session.execute(update(Child).where(Child.state == RecordState.LIVE).values(state=RecordState.SEALED))
    session.commit()
    browser.become(session, world.max)

    kinds = {words.partition(" ")[2] for words in browser.get("/").texts("#colleagues-wait a")}

    assert not kinds & {"copy to release", "holds of records", "hold of a record", "shield to lift"}
