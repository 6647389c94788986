"""What the audit says for longer than seven years is erased, and whoever checks finds the log whole.

The database's own clock is no test's to set, so that these days are of years ago.
"""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.config import Config
from cp.models import AuditEvent, AuditLeaf, new_uid
from cp.services import audit
from cp.services.audit_seals import erasing
from cp.services.audit_seals.keeping import Sealer
from cp.services.retention import believing, holds, pacing, sweeping
from cp.services.retention.believing import Believed
from cp.terms import Act
from cpverify.__main__ import main
from tests import build, build_retention
from tests.build import World
from tests.seals.conftest import Flow, Verify, write
from tests.whole.tables import owning, without_its_triggers

TODAY = "2024-06-01"
DAYS = (("2015-03-01", 3), ("2017-06-01", 2), ("2017-06-02", 2), (TODAY, 1))
"""Long ago, the last day that is over, the first that is not."""


@pytest.fixture
def log(session: Session, sealer: Sealer, clock: time_machine.Traveller) -> None:
    """Entries of these days, each sealed on its own."""
    for day, count in DAYS:
        clock.move_to(f"{day}T12:00Z")
        write(session, count)
        sealer.everything()


def days(session: Session) -> list[date]:
    session.rollback()
    return [at.date() for at in session.scalars(select(AuditEvent.at).order_by(AuditEvent.id))]


def erased(session: Session) -> int:
    return erasing.erase(session, clocks.now(), 500, holds.subjects(clocks.today()))


def swept(session: Session) -> list[tuple[object, int]]:
    done = list[tuple[object, int]]()
    while (one := sweeping.step(session, Believed(clocks.now())))[1]:
        session.commit()
        done.append(one)
    return done


def test_from_the_day_on_which_seven_years_are_over_nothing_is_left_but_places(
    session: Session, log: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "MOST", 4)

    assert swept(session) == [("erased", 4), ("erased", 1)]

    said = select(AuditEvent.results).where(AuditEvent.act == Act.SET_UP, AuditEvent.reason == "audit_erased")
    assert session.scalars(said.order_by(AuditEvent.id)).all() == [4, 1]
    assert days(session)[:3] == [date(2017, 6, 2), date(2017, 6, 2), date(2024, 6, 1)]
    assert session.scalar(select(func.count()).select_from(AuditLeaf)) == 8
    assert sweeping.step(session, Believed(clocks.now())) == (None, 0)


def test_whoever_checks_finds_it_whole_and_every_proof_of_the_others_the_same(
    session: Session, log: None, verify: Verify, flask: Flow, sealer: Sealer, tmp_path: Path
) -> None:
    key, before = flask("key", "show")[1].strip(), flask("prove", "8")[1]
    swept(session)
    sealer.everything()

    report = verify()
    assert (report.problems, report.gone) == ([], 5)
    status, said = flask("verify")
    assert status == 0
    assert "Gone after their time was over: 5 entries, whose places in the log stay." in said.splitlines()
    proof = tmp_path / "proof"
    for text in (before, flask("prove", "8")[1]):
        proof.write_text(text)
        assert main(["proof", "--key", key, str(proof)]) == 0
    assert flask("prove", "1")[0] == 1


def test_cpverify_says_how_many_are_gone_also_of_an_exported_file(
    session: Session, log: None, flask: Flow, sealer: Sealer, config: Config, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    key = flask("key", "show")[1].strip()
    swept(session)
    sealer.everything()
    exported = tmp_path / "log"
    flask("export", str(exported))
    capsys.readouterr()

    status = main(["log", "--key", key, "--lodged", str(config.lodge), str(exported)])

    assert (status, "Gone after their time was over: 5; their places stay." in capsys.readouterr().out) == (0, True)


@pytest.mark.parametrize(("day", "sealed"), [("2090-01-01", True), ("2016-01-01", False)])
def test_nobody_erases_one_before_its_time_or_before_it_is_sealed(
    session: Session, log: None, sealer: Sealer, url: str, clock: time_machine.Traveller, day: str, sealed: bool
) -> None:
    clock.move_to(f"{day}T12:00Z")
    write(session, 1)
    if sealed:
        sealer.everything()
    last = delete(AuditEvent).where(AuditEvent.id == session.scalars(select(func.max(AuditEvent.id))).one())
    session.commit()

    with pytest.raises(DBAPIError, match="audit entries are only added"):
        session.execute(last)
    session.rollback()
    with pytest.raises(DBAPIError, match="audit entries are only added"), owning(url) as owner:
        owner.execute(last)


def test_one_that_was_sealed_a_day_late_waits_a_day(
    session: Session, sealer: Sealer, clock: time_machine.Traveller
) -> None:
    clock.move_to("2017-03-01T23:59Z")
    write(session, 1)
    clock.move_to("2017-03-02T00:01Z")
    sealer.everything()
    clock.move_to("2024-03-01T12:00Z")
    assert erased(session) == 0
    clock.move_to("2024-03-02T12:00Z")

    assert erased(session) == 1


def test_a_checkpoint_that_says_it_is_of_long_ago_lets_nothing_go(
    session: Session, log: None, sealer: Sealer, flask: Flow, verify: Verify, url: str, clock: time_machine.Traveller
) -> None:
    """The clock was wrong, or somebody has the key."""
    clock.move_to("2010-01-01T12:00Z")
    write(session, 1)
    sealer.everything()
    clock.move_to(f"{TODAY}T12:00Z")
    assert erased(session) == 5  # those of before and no other
    session.commit()
    with owning(url) as owner:
        without_its_triggers(owner)
        owner.execute(delete(AuditEvent).where(AuditEvent.id == 8))

    assert "Entry 8 was sealed and is gone." in flask("verify")[1]
    assert verify().problems == ["Entry 8 was sealed and is gone."]


def test_the_command_says_how_many(session: Session, log: None, app: Flask) -> None:
    session.close()
    said = [app.test_cli_runner().invoke(args=["retention", "run"]).output.splitlines() for _ in range(2)]

    assert said == [
        ["Archived 0 records, destroyed 0.", "Erased 5 entries of the audit that are older than seven years."],
        ["Archived 0 records, destroyed 0."],
    ]


def test_on_a_day_that_is_not_believed_nothing_is_erased(
    session: Session, log: None, app: Flask, config: Config, clock: time_machine.Traveller
) -> None:
    clock.move_to("2024-05-20T12:00Z")
    believing.now(config.lodge, session)
    session.close()
    clock.move_to(f"{TODAY}T12:00Z")
    before = days(session)
    session.close()

    result = app.test_cli_runner().invoke(args=["retention", "run"])

    assert result.exit_code == 1
    assert days(session)[: len(before)] == before


def test_who_looked_at_a_record_that_is_held_back_stays_as_long(
    session: Session, sealer: Sealer, world: World, clock: time_machine.Traveller
) -> None:
    child = build.child(session, world)
    clock.move_to("2017-03-01T12:00Z")
    about = audit.About(child.subject_id, new_uid(), reason="working_with", parts=())
    audit.record(session, None, Act.SHIELD, about, request_id=new_uid())
    session.commit()
    sealer.everything()
    clock.move_to("2024-03-01T12:00Z")
    build_retention.hold(session, world, child, date(2024, 3, 2))

    held = erased(session)
    clock.move_to("2024-03-02T12:00Z")

    assert (held, erased(session)) == (0, 1)
