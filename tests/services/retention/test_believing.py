"""A clock that may be wrong ends nobody's record: nothing goes until the day is believed."""

import logging
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import engines
from cp.cli.work import Alarm
from cp.config import Config
from cp.models import AuditEvent, Base, Draft, new_uid
from cp.models.child import Child
from cp.services import audit
from cp.services.retention import believing
from cp.services.retention.believing import NOTED, Unbelieved
from cp.terms import Act, RecordState
from tests import build, build_retention
from tests.build import World
from tests.conftest import ENGINE, NOW
from tests.web import Browser

TODAY = NOW.date()
YEARS_ON = "2031-11-24T10:42Z"
STOPPED = "Nothing more is archived, destroyed or deleted. "


@pytest.fixture
def records(session: Session, world: World) -> None:
    """One who is 18 and one whose six years are over, by a clock that is five years on; and a draft."""
    build_retention.plain(session, world, given_names="Ann", born_on=date(2010, 3, 14))
    old = build_retention.plain(session, world, given_names="Cleo", born_on=date(2003, 1, 1))
    build_retention.archived(session, old, date(2021, 11, 25))
    build.add(session, Draft(account_id=world.sam.account.id, token_hash=None, path="/", fields={}, kept_until=NOW))
    wrote(session)


def wrote(session: Session) -> None:
    """Somebody did something."""
    audit.record(session, None, Act.SET_UP, audit.About(reason="at_work"), request_id=new_uid())
    session.commit()


def kept(session: Session) -> dict[str, list[str]]:
    """Every row of every table but the audit, which says more each time."""
    session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if not table.name.startswith("audit_")]
    found = {table.name: sorted(map(repr, session.execute(select(table)))) for table in tables}
    session.rollback()
    return found


def said(session: Session) -> list[str]:
    reasons = select(AuditEvent.reason).where(AuditEvent.act == Act.SET_UP).order_by(AuditEvent.id)
    return [reason for reason in session.scalars(reasons) if reason and reason.startswith("day_")]


@pytest.fixture
def flask(app: Flask, session: Session) -> Callable[..., tuple[int, str]]:
    def run(*words: str) -> tuple[int, str]:
        session.rollback()
        result = app.test_cli_runner().invoke(args=list(words))
        return result.exit_code, result.output

    return run


Flow = Callable[..., tuple[int, str]]


def test_a_clock_five_years_on_ends_nothing_until_somebody_says_that_it_is_right(
    flask: Flow, session: Session, records: None, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    assert flask("retention", "run")[0] == 0
    before = kept(session)
    clock.move_to(YEARS_ON)

    assert flask("work", "--once")[0] == 0
    code, output = flask("retention", "run")

    assert kept(session) == before
    why = "The clock says 24 November 2031, and the last day known is 23 November 2026."
    how = "flask --app app retention run --today 2031-11-24"
    told = f"{STOPPED}{why} If the clock is wrong, set it right. If it is right, run: {how}"
    assert (code, output) == (1, f"Error: {told}\n")
    assert [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR] == [told]
    assert said(session) == ["day_not_believed", "day_not_believed"]

    assert flask("retention", "run", "--today", "2031-11-24") == (0, "Archived 1 records, destroyed 1.\n")
    assert flask("work", "--once")[0] == 0
    session.rollback()
    assert session.scalars(select(Child.state)).all() == [RecordState.ARCHIVED]
    assert session.scalars(select(Draft)).all() == []
    assert said(session)[2:] == ["day_stated"]


def test_without_a_day_that_is_noted_the_audit_speaks_and_a_wrong_clocks_own_entries_never_do(
    flask: Flow, session: Session, records: None, clock: time_machine.Traveller
) -> None:
    before = kept(session)
    clock.move_to(YEARS_ON)
    for _ in range(3):
        wrote(session)

        assert flask("work", "--once")[0] == 0

        assert kept(session) == before
        clock.shift(timedelta(days=1))
    assert "23 November 2026" in flask("retention", "run")[1]


@pytest.mark.parametrize(
    ("days", "believed"), [(-400, False), (-1, False), (0, True), (1, True), (10, True), (11, False), (1826, False)]
)
def test_a_day_may_follow_the_last_one_by_ten_and_come_before_none(
    session: Session, config: Config, clock: time_machine.Traveller, days: int, believed: bool
) -> None:
    believing.now(config.lodge, session)
    clock.shift(timedelta(days=days))

    if believed:
        assert believing.now(config.lodge, session) == clocks.now()
        assert believing.now(config.lodge) == clocks.now()
        return
    for _ in range(2):
        with pytest.raises(Unbelieved):
            believing.now(config.lodge, session)


def test_a_clock_that_was_put_right_needs_nobodys_word(
    flask: Flow, session: Session, records: None, clock: time_machine.Traveller
) -> None:
    flask("retention", "run")
    for at in (YEARS_ON, "2020-01-01T00:00Z"):
        clock.move_to(at)
        assert flask("retention", "run")[0] == 1
    clock.move_to(NOW + timedelta(days=1))

    assert flask("retention", "run")[0] == 0


@pytest.mark.parametrize("apart", [timedelta(minutes=-61), timedelta(minutes=61), timedelta(days=1826)])
def test_where_the_databases_server_has_another_time_nobodys_word_is_enough(
    flask: Flow, session: Session, records: None, monkeypatch: pytest.MonkeyPatch, apart: timedelta
) -> None:
    before = kept(session)
    monkeypatch.setattr(engines, "server_time", lambda _: clocks.now() + apart)

    refused = [flask("retention", "run", *words) for words in ((), ("--today", "2026-11-23"))]

    assert [code for code, _ in refused] == [1, 1]
    assert all("Set right the one that is wrong." in output and "--today" not in output for _, output in refused)
    assert kept(session) == before


def test_an_hour_apart_is_no_other_day(session: Session, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "server_time", lambda _: clocks.now() - timedelta(hours=1))

    assert believing.now(config.lodge, session) == NOW


def test_the_databases_server_is_asked_for_its_own_time(engine: Engine) -> None:
    with engine.connect() as connection:
        at = engines.server_time(connection)

    assert at is None if ENGINE == "sqlite" else at and abs(at - clocks.now()) < timedelta(minutes=1)


def test_somebody_who_says_another_day_than_the_clock_is_not_believed(
    flask: Flow, session: Session, records: None, config: Config, clock: time_machine.Traveller
) -> None:
    clock.move_to(YEARS_ON)

    code, output = flask("retention", "run", "--today", "2026-11-24")

    assert code == 1
    assert "The clock of this machine says 24 November 2031, not 24 November 2026. Set it right." in output
    assert not (config.lodge / NOTED).exists()


def test_a_directory_without_a_child_begins_whenever_it_likes(
    flask: Flow, session: Session, clock: time_machine.Traveller
) -> None:
    wrote(session)
    clock.shift(timedelta(days=60))

    assert flask("retention", "run") == (0, "Archived 0 records, destroyed 0.\n")


def test_one_that_was_filled_today_begins(flask: Flow, session: Session, records: None) -> None:
    assert flask("retention", "run")[0] == 0


def test_an_audit_that_has_entries_of_a_day_to_come_is_heard(
    flask: Flow, session: Session, records: None, clock: time_machine.Traveller
) -> None:
    clock.move_to("2026-11-22T12:00Z")

    assert "the last day known is 23 November 2026" in flask("retention", "run")[1]


def test_a_note_that_cannot_be_read_is_doubt_and_is_written_anew_by_who_says_the_day(
    flask: Flow, session: Session, records: None, config: Config
) -> None:
    config.lodge.mkdir()
    for text in ("", "{}", '{"day": "soon"}', '{"day": 5}'):
        (config.lodge / NOTED).write_text(text)
        assert f"{config.lodge / NOTED} cannot be read." in flask("retention", "run")[1]

    assert flask("retention", "run", "--today", "2026-11-23")[0] == 0
    assert flask("retention", "run")[0] == 0


def test_without_the_database_the_day_that_is_noted_decides_alone(config: Config, session: Session) -> None:
    with pytest.raises(Unbelieved, match="is not known"):
        believing.now(config.lodge)
    believing.now(config.lodge, session)

    assert believing.now(config.lodge) == NOW


def test_the_alarm_is_given_again_after_an_hour(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    alarm = Alarm()
    for seconds in (0, 3599, 3600, 7199, 7200):
        monkeypatch.setattr("cp.cli.work.time.monotonic", lambda at=seconds: 1000.0 + at)
        with app.app_context():
            alarm.give(Unbelieved(f"The clock here says another second each time, {seconds}", TODAY))

    assert said(session) == ["day_not_believed"] * 3


def test_the_management_team_reads_that_nothing_goes(
    browser: Browser, session: Session, world: World, flask: Flow, records: None, clock: time_machine.Traveller
) -> None:
    flask("retention", "run")
    browser.become(session, world.max)
    stopped = "Nothing goes at present: the server may have the wrong date."
    assert stopped not in browser.get("/ending").response.text

    clock.shift(timedelta(days=11))
    browser.become(session, world.max)
    page = browser.get("/ending").response.text

    assert stopped in page
    assert "It happens by itself." not in page
