"""Two of the management team at the same moment: a record is sealed once, joined once, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Merge, OldIdentity
from cp.models.child import Child
from cp.services import find
from cp.terms import Act, Decision, RecordState
from tests.build import Person, World
from tests.build_identities import asked_to_seal, derived, may
from tests.conftest import NOW
from tests.scale import scaled
from tests.web import Browser, Page


@pytest.fixture(autouse=True)
def running(clock: time_machine.Traveller) -> None:
    """Time goes on, as it does for people."""
    clock.move_to(NOW, tick=True)


def two(app: Flask, session: Session, people: tuple[Person, Person]) -> tuple[Browser, Browser]:
    session.commit()
    browsers = Browser(app), Browser(app)
    for browser, person in zip(browsers, people, strict=True):
        browser.become(session, person)
    return browsers


def sent(one: tuple[Browser, Page, str, str]) -> int:
    browser, page, button, keep = one
    form = page.form(button)
    return browser.post(form.action, form.fields | ({"keep": keep} if keep else {})).status


@pytest.mark.parametrize("turn", range(scaled(3, 25)))
def test_each_way_round_at_once_joins_once(app: Flask, session: Session, world: World, turn: int) -> None:
    pair = derived(session, world, "ZA4 7QD"), derived(session, world, "ZA1 2AB")
    browsers = two(app, session, (world.max, may(session, world)))
    ways = zip(browsers, (pair, pair[::-1]), strict=True)
    sending = [(one, one.get(f"/children/{a.uid}/merge?other={b.uid}"), "Join the records", str(a.uid))
               for one, (a, b) in ways]  # fmt: skip

    with ThreadPoolExecutor(2) as threads:
        statuses = sorted(threads.map(sent, sending))

    session.rollback()
    assert statuses == [200, 404]
    assert session.scalar(select(func.count()).select_from(Merge)) == 1
    assert sorted(session.scalars(select(Child.state))) == [RecordState.LIVE, RecordState.MERGED]
    assert list(find.check(session)) == []


def test_agreed_to_and_taken_back_at_once_comes_to_one(app: Flask, session: Session, world: World) -> None:
    people = world.max, may(session, world)
    child = derived(session, world, "ZA4 7QD")
    identity = asked_to_seal(session, child, *people)
    first, second = two(app, session, people)
    url = f"/old-identities/{identity.uid}/agree"
    sending = [(first, first.get(url), "Take it back", ""), (second, second.get(url), "Agree: seal the record", "")]

    with ThreadPoolExecutor(2) as threads:
        statuses = sorted(threads.map(sent, sending))

    session.expire_all()
    kept = session.scalars(select(OldIdentity.sealed_at)).all()
    assert statuses == [200, 404]
    assert (child.state is RecordState.SEALED) is bool(kept)
    done = select(func.count()).where(AuditEvent.act == Act.SEAL_IDENTITY, AuditEvent.decision == Decision.ALLOWED)
    assert session.scalar(done) == 1
