"""A shield at the same moment: the same form twice begins one look; of two reviewers one finding counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Override
from cp.terms import Act, Decision
from tests import build_overriding
from tests.build import World
from tests.conftest import NOW
from tests.web import Browser


@pytest.fixture(autouse=True)
def running(clock: time_machine.Traveller) -> None:
    """Time goes on, as it does for people."""
    clock.move_to(NOW, tick=True)


def count(session: Session, act: Act) -> int:
    session.rollback()
    of_act = AuditEvent.act == act, AuditEvent.decision == Decision.ALLOWED
    return session.scalar(select(func.count()).select_from(AuditEvent).where(*of_act)) or 0


def test_the_same_form_twice_at_once_begins_one_look(app: Flask, session: Session, world: World) -> None:
    leo, ola = build_overriding.leo(session, world), build_overriding.holder(session, world.authority)
    session.commit()
    first, second = Browser(app), Browser(app)
    first.become(session, ola)
    first.submit(first.get(f"/children/{leo.uid}"), "Open the record", reason="may_need_help")
    form = first.get(f"/children/{leo.uid}/override").form("Override the shield")
    cookie = first.client.get_cookie("cp")
    assert cookie is not None
    second.client.set_cookie("cp", cookie.value)

    with ThreadPoolExecutor(2) as threads:
        sent = [threads.submit(one.post, form.action, form.fields | {"why": "section_47"}) for one in (first, second)]
        pages = [one.result() for one in sent]

    assert [(page.status, page.url) for page in pages] == [(200, f"/children/{leo.uid}")] * 2
    assert count(session, Act.OVERRIDE) == 1
    assert session.scalar(select(func.count()).select_from(Override)) == 1


def test_of_two_reviewers_at_once_one_finding_counts(app: Flask, session: Session, world: World) -> None:
    leo, ola = build_overriding.leo(session, world), build_overriding.holder(session, world.authority)
    ron = build_overriding.reviewer(session, world.council)
    held = build_overriding.override(session, ola, leo, opened_at=clocks.now() - timedelta(days=9))
    session.commit()
    browsers = [Browser(app), Browser(app)]
    for browser, person in zip(browsers, (world.rex, ron), strict=True):
        browser.become(session, person)
    forms = [one.get(f"/overrides/{held.uid}").form(f"Close OV-{held.reference}") for one in browsers]

    with ThreadPoolExecutor(2) as threads:
        sent = [
            threads.submit(one.post, form.action, form.fields | {"finding": finding})
            for one, form, finding in zip(browsers, forms, ("right", "not_right"), strict=True)
        ]
        said = sorted(one.result().status_line for one in sent)

    assert said == ["Another reviewer was faster. What they found is below.", f"OV-{held.reference} is closed."]
    assert count(session, Act.REVIEW_OVERRIDE) == 1
