"""A batch is long where nobody else is at work, and short for those who wait for it."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from cp.cli import work
from cp.services import audit
from cp.services.retention.pacing import Pace
from cp.services.supply import company as company_module
from cp.services.supply import working
from cp.services.supply.company import AIM, LATELY, PAUSE, SHORT, Company
from cp.terms import Act
from tests.build import World
from tests.build_supply import IFEOMA, JACK, csv_of, receive, row_by_row


def act(session: Session) -> None:
    """Somebody reads a page."""
    audit.record(session, None, Act.READ_PUBLIC, request_id=UUID(int=1))
    session.commit()


def test_a_batch_is_short_for_a_while_after_anybody_else_did_anything(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, company, engine = [100.0], Company(), session.connection().dialect.name
    monkeypatch.setattr(company_module, "monotonic", lambda: now[0])

    aims = list[float]()
    for somebody in (False, False, True, False):
        if somebody:
            act(session)
        aims.append(company.aim(session))
        company.wrote(session)
        now[0] += LATELY * 0.6

    usual, short = AIM[engine], SHORT if engine == "sqlite" else AIM[engine]
    assert [*aims, company.aim(session)] == [usual, usual, short, short, usual]


def test_others_have_the_processor_to_themselves_for_a_while_after_a_batch(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, company = [100.0], Company()
    monkeypatch.setattr(company_module, "monotonic", lambda: now[0])
    monkeypatch.setattr(working, "_own", lambda *_: (None, company))
    company.aim(session)
    company.wrote(session)
    alone = working.pause(session, 2.0)
    act(session)

    company.aim(session)
    met = working.pause(session, 2.0)
    now[0] += LATELY

    engine = session.get_bind().dialect.name
    assert (alone, met, working.pause(session, 2.0)) == (0.0, 2 * PAUSE if engine == "sqlite" else 0.0, 0.0)


def test_the_worker_waits_so_long_after_a_batch(
    app: Flask, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(session, world.school, csv_of(IFEOMA))
    session.commit()
    waits = list[float]()
    monkeypatch.setattr(working, "pause", lambda *_: 0.25)
    monkeypatch.setattr("cp.cli.work.time.sleep", waits.append)

    with app.app_context():
        assert work.supply()

    assert waits == [0.25]


def test_its_own_batches_are_nobody_elses(session: Session, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = session.connection().dialect.name
    company = Company()
    monkeypatch.setattr(working, "_own", lambda *_: (Pace(1, AIM[engine], 1), company))
    row_by_row(monkeypatch)
    receive(session, world.school, csv_of(IFEOMA, JACK))

    aims = list[float]()
    while working.step(session, working.look(session)):
        session.commit()
        aims.append(company.aim(session))
    act(session)

    assert (len(aims), {*aims}) == (3, {AIM[engine]})
    assert company.aim(session) == (SHORT if engine == "sqlite" else AIM[engine])
