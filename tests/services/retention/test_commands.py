"""`flask retention run`: what it says, what it does, and what it leaves to be done; the worker does it once a day."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.config import Config
from cp.models import Certificate, Job
from cp.models.child import Child
from cp.rules import number
from cp.services.retention import lodged, sweeping
from cp.services.retention.believing import Believed
from tests import build_retention
from tests.build import World

GROWN, LONG_AGO = date(2008, 11, 23), date(2020, 11, 23)


@pytest.fixture
def records(session: Session, world: World) -> list[Child]:
    """One who is 18 today, one who will be next week, one archived six years ago, one who stays as they are."""
    made = [build_retention.plain(session, world, given_names=name, born_on=born) for name, born in (
        ("Ann", GROWN), ("Beth", GROWN + timedelta(days=7)), ("Cleo", date(2002, 1, 1)), ("Dora", date(2016, 3, 14)),
    )]  # fmt: skip
    build_retention.archived(session, made[2], LONG_AGO)
    session.commit()
    return made


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["retention", "run", *args])
    return result.exit_code, result.output


def test_the_dry_run_says_who_goes_by_number_and_rule_and_changes_nothing(
    app: Flask, session: Session, records: list[Child]
) -> None:
    code, output = run(app, "--dry-run")

    assert (code, list(csv.reader(output.splitlines()))) == (0, [
        ["on", "number", "goes to", "because"],
        ["2026-11-23", number.shown(records[0].number), "archive", "grown_up"],
        ["2026-11-23", number.shown(records[2].number), "destruction", "six_years"],
        ["2026-11-30", number.shown(records[1].number), "archive", "grown_up"],
    ])  # fmt: skip
    assert len(session.scalars(select(Child)).all()) == 4
    assert run(app, "--dry-run", "--on", "2034-03-01")[1].count("\n") == 5


def test_it_archives_destroys_and_lodges(app: Flask, session: Session, config: Config, records: list[Child]) -> None:
    gone = records[2].uid

    assert run(app) == (0, "Archived 1 records, destroyed 1.\n")
    assert run(app) == (0, "Archived 0 records, destroyed 0.\n")

    session.expire_all()
    stand = select(Child.given_names, Child.archived_on).order_by(Child.given_names)
    today = clocks.today()
    assert [tuple(row) for row in session.execute(stand)] == [("Ann", today), ("Beth", None), ("Dora", None)]
    assert lodged.destroyed(config.lodge / lodged.FOLDER) == [gone]
    assert session.scalars(select(Certificate.lodged_at)).all() == [clocks.now()]


@pytest.mark.parametrize("day", ["2032-11-23", "2026-11-22"])
def test_another_day_is_for_looking_only(app: Flask, session: Session, records: list[Child], day: str) -> None:
    code, output = run(app, "--on", day)

    assert (code, output) == (1, "Error: Another day than today is for --dry-run alone.\n")
    assert len(session.scalars(select(Child)).all()) == 4


def test_where_the_folder_cannot_be_written_that_is_said_and_made_good_later(
    app: Flask, session: Session, config: Config, records: list[Child]
) -> None:
    config.lodge.parent.mkdir(exist_ok=True)
    config.lodge.write_text("a file in the folder’s place")

    code, output = run(app)
    assert (code, "What was destroyed is not lodged yet" in output, "destroyed 1." in output) == (0, True, True)
    assert session.scalars(select(Certificate.lodged_at)).all() == [None]

    session.rollback()
    config.lodge.unlink()
    assert run(app)[0] == 0
    assert len(lodged.destroyed(config.lodge / lodged.FOLDER)) == 1


def test_the_worker_does_it_once_a_day_and_lodges(
    app: Flask, session: Session, config: Config, records: list[Child], clock: time_machine.Traveller
) -> None:
    def worked() -> tuple[int, list[date]]:
        assert app.test_cli_runner().invoke(args=["work", "--once"]).exit_code == 0
        session.rollback()
        archived = session.scalars(select(Child.archived_on).where(Child.archived_on.is_not(None)))
        return len(lodged.destroyed(config.lodge / lodged.FOLDER)), sorted(day for day in archived if day)

    today = clocks.today()
    assert worked() == (1, [today])
    clock.shift(timedelta(days=7))
    assert worked() == (1, [today, today + timedelta(days=7)])
    waits = select(Job.run_at).where(Job.kind == sweeping.KIND, Job.finished_at.is_(None))
    assert session.scalars(waits).all() == [clocks.now() + timedelta(days=1)]


def test_what_a_worker_destroyed_that_was_killed_before_it_lodged_is_lodged_by_the_next(
    app: Flask, session: Session, config: Config, records: list[Child]
) -> None:
    while sweeping.step(session, Believed(clocks.now()))[0]:
        session.commit()
    session.commit()
    assert not Path(config.lodge / lodged.FOLDER).exists()

    assert app.test_cli_runner().invoke(args=["work", "--once"]).exit_code == 0

    assert len(lodged.destroyed(config.lodge / lodged.FOLDER)) == 1
