"""One account that wants everything: for a day on end, in five windows at once, and by saying that it cannot wait."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from random import Random

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Alert, AuditEvent, Opening
from cp.models.child import Child
from cp.rules.looking_up import HARD, SOFT
from cp.terms import Act, AlertKind, Decision, Reason
from tests import build, build_watched
from tests.build import Person, World
from tests.conftest import NOW
from tests.scale import FULL, SEED, scaled
from tests.web import Browser

WINDOWS = 5


def children(session: Session, world: World, how_many: int, *, own: bool = False) -> list[Child]:
    found = [build.child(session, world, given_names=f"Amira {at}") for at in range(how_many)]
    for child in found:
        if own:
            assert world.sam.practitioner is not None
            build.involvement(session, child, world.sam.practitioner)
        session.add(Opening(account_id=world.sam.account.id, child_id=child.id, reason=Reason.WORKING_WITH, at=NOW))
    session.commit()
    return found


def shown(session: Session) -> int:
    """How many children the audit says were shown to anybody."""
    session.rollback()
    allowed = AuditEvent.act == Act.OPEN_RECORD, AuditEvent.decision == Decision.ALLOWED
    return session.scalar(select(func.count(AuditEvent.subject_id.distinct())).where(*allowed)) or 0


def told(session: Session) -> Sequence[AlertKind]:
    session.rollback()
    return session.scalars(select(Alert.kind).order_by(Alert.id)).all()


def grab(browser: Browser, child: Child) -> bool:
    """Whatever is asked is answered; whether the record came."""
    page = browser.get(f"/children/{child.uid}")
    if page.h1 == "Why do you need to open this record?":
        page = browser.submit(page, "Open the record", reason="working_with")
    if page.h1 == "Why do you need to open more records than usual?":
        page = browser.submit(page, "Open the record", more="duty_desk")
    return page.status == 200 and page.h1.startswith("Amira")


@pytest.mark.asvs("2.4.1")
def test_a_greedy_script_gets_no_more_than_a_day_allows(
    browser: Browser,
    session: Session,
    world: World,
    clock: time_machine.Traveller,
    record_property: Callable[[str, object], None],
) -> None:
    soft, hard = (SOFT, HARD) if FULL else (3, 8)
    if not FULL:
        build_watched.limits(session, world.authority, soft, hard)
    found = children(session, world, hard + 30)
    began = clocks.now()
    got: list[datetime] = []

    browser.sign_in(session, world.sam)
    for pause in [timedelta(seconds=10)] * (hard + 5) + [timedelta(minutes=80)] * 15:
        clock.shift(pause)
        if browser.get("/").h1 == "Sign in":
            browser.sign_in(session, world.sam)
        for child in found[len(got) : len(got) + 3]:
            if grab(browser, child):
                got.append(clocks.now())
    lasted, met = clocks.now() - began, got[soft - 1]

    assert timedelta(hours=20) < lasted < timedelta(hours=24)
    assert len(got) == shown(session) == hard
    many, reached = session.execute(select(Alert.kind, Alert.at).order_by(Alert.id)).all()
    assert (many.kind, reached.kind) == (AlertKind.MANY_LOOK_UPS, AlertKind.LIMIT_REACHED)
    assert timedelta(0) <= many.at - met <= timedelta(minutes=1)
    record_property("records", len(got))
    record_property("hours", round(lasted.total_seconds() / 3600))
    record_property("seconds to the alert", (many.at - met).total_seconds())


@pytest.fixture
def windows(app: Flask, session: Session, world: World, clock: time_machine.Traveller) -> list[Browser]:
    """Several windows of one account, each in its own hands, while time goes on."""
    clock.move_to(NOW, tick=True)
    first = Browser(app)
    first.become(session, world.sam)
    cookie = first.client.get_cookie("cp")
    assert cookie is not None
    found = [first, *(Browser(app) for _ in range(WINDOWS - 1))]
    for browser in found[1:]:
        browser.client.set_cookie("cp", cookie.value)
    return found


@pytest.mark.asvs("15.4.2")
def test_five_windows_at_once_get_no_more_than_one(
    session: Session, world: World, windows: list[Browser], record_property: Callable[[str, object], None]
) -> None:
    rounds, most = scaled(1, 20), 6
    build_watched.limits(session, world.authority, 40, most)
    found = children(session, world, 20, own=True)

    def everything(seed: int) -> set[int]:
        order, browser = found * rounds, windows[seed % WINDOWS]
        Random(seed).shuffle(order)
        return {child.id for child in order if browser.client.get(f"/children/{child.uid}").status_code == 200}

    with ThreadPoolExecutor(WINDOWS) as threads:
        got = set[int]().union(*threads.map(everything, range(SEED, SEED + WINDOWS)))

    assert len(got) == shown(session) == most
    assert told(session) == [AlertKind.LIMIT_REACHED]
    record_property("requests", len(found) * rounds * WINDOWS)
    record_property("records", len(got))


def test_five_windows_past_the_weeks_limit_are_told_of_once(
    session: Session, world: World, windows: list[Browser]
) -> None:
    build_watched.limits(session, world.authority, 2, 40)
    found = children(session, world, WINDOWS)

    with ThreadPoolExecutor(WINDOWS) as threads:
        list(threads.map(lambda browser, child: browser.client.get(f"/children/{child.uid}"), windows, found))

    assert shown(session) == 2
    assert told(session) == [AlertKind.MANY_LOOK_UPS]


def test_whoever_says_that_nothing_can_wait_is_told_of_each_time(
    session: Session, world: World, windows: list[Browser]
) -> None:
    build_watched.limits(session, world.authority, 40, 1)
    first, *others = children(session, world, 1 + WINDOWS * 3, own=True)
    assert grab(windows[0], first)
    token = windows[0].get("/").form("Search").fields["csrf_token"]

    def press(browser: Browser, child: Child) -> int:
        fields = {"csrf_token": token}
        return browser.client.post(f"/children/{child.uid}/urgent", data=fields, follow_redirects=True).status_code

    pressed = [partial(press, windows[at % WINDOWS], child) for at, child in enumerate([*others, *others])]
    with ThreadPoolExecutor(WINDOWS) as threads:
        answers = list(threads.map(lambda one: one(), pressed))

    assert set(answers) == {200}
    assert told(session) == [AlertKind.URGENT_LOOK_UP] * len(others)
    assert set(session.scalars(select(Alert.subject_id))) == {child.subject_id for child in others}


def test_windows_on_one_child_do_not_wait_for_each_other_for_ever(
    session: Session, world: World, windows: list[Browser]
) -> None:
    found = children(session, world, 4, own=True)
    session.execute(delete(Opening))
    session.commit()
    asked = [f"/children/{child.uid}{way}" for child in found for way in ("", "/involvements/new", "/print")] * 4
    Random(SEED).shuffle(asked)

    with ThreadPoolExecutor(WINDOWS) as threads:
        answers = list(threads.map(lambda at: windows[at % WINDOWS].client.get(asked[at]), range(len(asked))))

    assert {answer.status_code for answer in answers} == {200}


def test_what_is_shown_is_shown_with_its_alert_or_not_at_all(
    app: Flask, browser: Browser, session: Session, world: World, sam: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_watched.limits(session, world.authority, 1, 1)
    first, second = children(session, world, 2)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("cp.services.alerts.tell", fails)
    token = browser.get("/").form("Search").fields["csrf_token"]

    assert browser.get(f"/children/{first.uid}").status == 500
    assert browser.post(f"/children/{second.uid}/urgent", {"csrf_token": token}).status == 500
    assert shown(session) == 0
    assert not session.scalars(select(Opening.urgent).where(Opening.urgent)).all()
