"""Standing work: one job of each kind waits; it is done whole, and its successor stands in line."""

import os
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.cli import work
from cp.models import Alert, Attempt, Draft, Job, LogView, Once, Search, SignedIn
from cp.services import jobs
from cp.services.audit_seals.keeping import Sealer
from cp.services.retention.believing import Believed
from cp.terms import AlertKind, Role
from tests import build
from tests.build import World
from tests.conftest import NOW


def leave_behind(session: Session, world: World, days: float) -> None:
    """One of everything that is tidied up, so many days past its own instant."""
    at, account_id = NOW - timedelta(days=days), world.sam.account.id
    build.add(session, Draft(account_id=account_id, token_hash=None, path="/", fields={}, kept_until=at))
    build.add(session, Once(account_id=account_id, key=str(days), result="", at=at))
    build.add(session, Attempt(at=at, account_key=1, address_key=1, code=False, succeeded=True))
    build.add(session, SignedIn(token_hash=str(days).encode(), account_id=account_id, role=Role.PRACTITIONER,
                                address_key=1, started_at=at, last_used_at=at))  # fmt: skip


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (-0.01, ["draft", "idempotency", "attempt", "session"]),
        (0.01, ["idempotency", "attempt", "session"]),
        (1.01, ["attempt", "session"]),
        (29.9, ["attempt", "session"]),
        (30.1, ["attempt"]),
        (89.9, ["attempt"]),
        (90.1, []),
    ],
)
def test_what_is_past_its_time_goes_and_nothing_else(
    session: Session, world: World, days: float, left: list[str]
) -> None:
    leave_behind(session, world, days)

    gone = jobs.tidy(session, Believed(NOW))

    kept = [model.__tablename__ for model in (Draft, Once, Attempt, SignedIn) if session.scalars(select(model)).first()]
    assert kept == left
    assert gone == 4 - len(left)


@pytest.mark.parametrize(("days", "left"), [(1.99, 1), (2.01, 0)])
def test_a_wrong_guess_is_kept_for_as_long_as_it_slows_anybody(session: Session, days: float, left: int) -> None:
    at = NOW - timedelta(days=days)
    build.add(session, Attempt(at=at, account_key=1, address_key=1, code=True, succeeded=False))

    jobs.tidy(session, Believed(NOW))

    assert len(session.scalars(select(Attempt)).all()) == left


@pytest.mark.parametrize(("days", "left"), [(364, 1), (365, 0)])
def test_what_was_searched_for_goes_after_a_year(session: Session, world: World, days: int, left: int) -> None:
    build.search(session, world.sam, at=NOW - timedelta(days=days))
    recent = build.search(session, world.sam)

    gone = jobs.tidy(session, Believed(NOW))

    assert gone == 1 - left
    assert session.scalar(select(func.count()).select_from(Search)) == left + 1
    assert session.get(Search, recent.id) is not None


def test_what_a_reviewer_asked_of_the_log_goes_after_a_day(session: Session, world: World) -> None:
    for hours in (23, 25):
        build.add(session, LogView(account_id=world.rex.account.id, at=NOW - timedelta(hours=hours), asked={}))

    assert jobs.tidy(session, Believed(NOW)) == 1
    assert session.scalars(select(LogView.at)).all() == [NOW - timedelta(hours=23)]


def test_every_kind_has_one_job_waiting(session: Session) -> None:
    for _ in range(3):
        jobs.ensure(session)
        session.flush()

    assert sorted(session.scalars(select(Job.kind))) == ["retention", "tidy"]


def test_a_job_is_done_when_it_is_due_and_again_an_hour_later(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    leave_behind(session, world, 100)
    jobs.ensure(session)
    session.flush()

    assert [jobs.run_next(session, Believed(clocks.now())) for _ in range(3)] == ["retention", "tidy", None]
    clock.shift(timedelta(minutes=59))
    assert jobs.run_next(session, Believed(clocks.now())) is None
    clock.shift(timedelta(minutes=1))
    assert jobs.run_next(session, Believed(clocks.now())) == "tidy"

    tidied = select(Job.done, Job.tries, Job.finished_at, Job.run_at).where(Job.kind == "tidy")
    done = session.execute(tidied.order_by(Job.id)).all()
    assert [tuple(job) for job in done] == [
        (4, 1, NOW, NOW),
        (0, 1, NOW + timedelta(hours=1), NOW + timedelta(hours=1)),
        (0, 0, None, NOW + timedelta(hours=2)),
    ]


def test_a_full_batch_goes_on_at_once(session: Session, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 2)
    for days in (100, 101, 102, 103, 104):
        leave_behind(session, world, days)
    jobs.ensure(session)
    session.flush()

    kinds = [jobs.run_next(session, Believed(clocks.now())) for _ in range(6)]

    assert kinds == ["retention", "tidy", "tidy", "tidy", "tidy", None]
    assert session.scalars(select(Attempt)).all() == []


def test_finished_jobs_are_kept_a_week(session: Session, clock: time_machine.Traveller) -> None:
    jobs.ensure(session)
    session.flush()
    for _ in jobs.KINDS:
        jobs.run_next(session, Believed(clocks.now()))

    clock.shift(timedelta(days=7, seconds=1))
    jobs.run_next(session, Believed(clocks.now()))

    assert session.scalars(select(Job.kind).where(Job.finished_at < clocks.now())).all() == []


def test_the_worker_ends_when_no_job_is_left(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    leave_behind(session, world, 100)
    session.commit()

    result = app.test_cli_runner().invoke(args=["work", "--once"])

    assert result.exception is None
    assert (result.exit_code, result.output) == (0, "")
    assert session.scalars(select(Attempt)).all() == []
    again = select(Job.kind, Job.run_at).where(Job.finished_at.is_(None)).order_by(Job.kind)
    assert [tuple(job) for job in session.execute(again)] == [
        ("retention", clocks.now() + timedelta(days=1)), ("tidy", clocks.now() + timedelta(hours=1)),
    ]  # fmt: skip


def test_the_worker_that_stays_gives_way_to_the_pages(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that ends when no job is left is somebody's command, for which they wait."""
    given = list[int]()
    monkeypatch.setattr(os, "nice", given.append)
    monkeypatch.setattr(Sealer, "run", lambda *_: None)
    monkeypatch.setattr(work, "_next", lambda *_: sys.exit("stopped"))

    ended = [app.test_cli_runner().invoke(args=words).output for words in (["work", "--once"], ["work"])]

    assert (given, ended) == ([5], ["stopped\n"] * 2)


def test_an_alert_goes_two_years_after_its_day_in_london(session: Session, world: World) -> None:
    for at in ("2024-11-22T23:59Z", "2024-11-23T00:00Z", "2024-11-23T23:59Z", "2024-11-24T00:00Z"):
        session.add(Alert(kind=AlertKind.MANY_LOOK_UPS, authority_id=world.authority.id, due_on=NOW.date(),
                          account_id=world.sam.account.id, at=datetime.fromisoformat(at)))  # fmt: skip
    session.flush()

    assert jobs.tidy(session, Believed(NOW)) == 3
    assert session.scalars(select(Alert.at)).all() == [datetime(2024, 11, 24, tzinfo=UTC)]
