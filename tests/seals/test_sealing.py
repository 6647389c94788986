"""Entries get their places in order, what is signed is lodged, and whatever goes wrong is caught up with."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, event, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from cp.config import Config
from cp.models import AuditEvent
from cp.services.audit_seals import checking, keeping, notes, sealing, taking
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.sealing import Sessions
from cp.terms import NoteKind
from cpverify.notes import Key
from tests.conftest import ENGINE
from tests.seals.conftest import Verify, write
from tests.seals.log import entries, leaves, lodged_sizes
from tests.seals.test_tree import defined
from tests.whole.tables import owning


def test_every_entry_gets_the_next_place_and_the_root_of_all_is_signed_and_lodged(
    session: Session, sealer: Sealer, config: Config, verify: Verify
) -> None:
    write(session, 5)

    assert sealer.everything()

    assert leaves(session) == [(at, entry, leaf) for at, (entry, leaf) in enumerate(entries(session))]
    assert lodged_sizes(config) == [("key", 0), ("checkpoint", 5)]
    report = verify()
    assert (report.problems, report.sealed, report.unsealed, report.lodged) == ([], 5, 0, 5)
    assert report.newest
    assert report.newest.root == defined([leaf for _, leaf in entries(session)])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_leaf SET entry_id = 9 WHERE position = 0",
        "DELETE FROM audit_leaf WHERE position = 0",
        "INSERT INTO audit_leaf (position, entry_id, leaf) VALUES (0, 9, '')",
        "UPDATE audit_note SET text = ''",
        "DELETE FROM audit_note WHERE id = 2",
        *(
            ["REPLACE INTO audit_leaf (position, entry_id, leaf) VALUES (0, 9, '')"]
            if ENGINE == "sqlite"
            else ["TRUNCATE audit_leaf", "TRUNCATE audit_note"]
        ),
    ],
)
@pytest.mark.asvs("16.4.2")
def test_nobody_changes_what_was_sealed(
    session: Session, sealer: Sealer, engine: Engine, url: str, statement: str
) -> None:
    write(session, 1)
    sealer.everything()

    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    with pytest.raises(DBAPIError), owning(url) as owner:
        owner.exec_driver_sql(statement)


NOT_TRIED = ("UPDATE audit_event SET reason = NULL", "DELETE FROM audit_leaf", "DELETE FROM audit_note",
             "UPDATE audit_leaf SET leaf = NULL", "UPDATE audit_note SET text = ''")  # fmt: skip


@pytest.mark.parametrize("statement", NOT_TRIED)
def test_the_application_itself_may_not_try_to_change_what_was_sealed(engine: Engine, statement: str) -> None:
    """Not even a row that is not there, which no trigger would keep. Of an entry's end see test_erasing.py."""
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql(f"{statement} WHERE 1 = 0")


def test_a_full_batch_is_sealed_at_once_and_a_small_one_when_it_is_time(
    session: Session, sealer: Sealer, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "BATCH", 3)
    sealer.look()
    write(session, 2)
    sealer.look()
    assert lodged_sizes(config) == [("key", 0)]

    write(session, 5)
    sealer.look()
    assert lodged_sizes(config)[1:] == [("checkpoint", 3), ("checkpoint", 6)]

    sealer.due = 0
    sealer.look()
    assert lodged_sizes(config)[3:] == [("checkpoint", 7)]


def test_an_entry_is_under_a_lodged_seal_within_ten_seconds() -> None:
    assert keeping.EVERY + keeping.LOOK < 10


def test_what_waits_is_found_without_reading_the_whole_log(
    session: Session, sealer: Sealer, sessions: Sessions
) -> None:
    write(session, 2)
    sealer.everything()
    write(session, 1)
    asked: list[tuple[str, Any]] = []

    def kept(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, values))

    found = checking.Sealed()
    with sessions.reading() as reading:
        event.listen(reading.connection(), "before_cursor_execute", kept)
        checking.waiting(reading, found)
        taken = taking.take(reading, taking.newest(reading))

    assert (found.waiting, len(taken.entries)) == (1, 1)
    plans = [_plan(session, *one) for one in asked if "audit_event" in one[0]]
    assert len(plans) == 2
    leaves = [line for plan in plans for line in plan if "audit_leaf" in line]
    assert leaves
    assert [line for line in leaves if "entry_id" not in line] == []


def _plan(session: Session, statement: str, values: Any) -> list[str]:
    word = "EXPLAIN QUERY PLAN" if ENGINE == "sqlite" else "EXPLAIN"
    return [str(row[-1]) for row in session.connection().exec_driver_sql(f"{word} {statement}", values)]


def test_what_commits_late_is_not_skipped(session: Session, sealer: Sealer, sessions: Sessions, verify: Verify) -> None:
    """On PostgreSQL others commit meanwhile, with higher ids; on SQLite they wait."""
    write(session, 1)
    sealer.everything()
    with sessions.writing() as late:
        late.execute(_COPY)  # holds an id lower than those that follow
        if ENGINE == "postgresql":
            write(session, 2)
        assert sealer.everything()
        assert [entry for _, entry, _ in leaves(session)] == [1]
        if ENGINE == "postgresql":
            write(session, 1)
            assert sealer.everything()
            assert len(leaves(session)) == 1
        late.commit()
    write(session, 2)

    assert sealer.everything()

    assert sorted(entry for _, entry, _ in leaves(session)) == [entry for entry, _ in entries(session)]
    report = verify()
    assert (report.problems, report.unsealed) == ([], 0)
    assert report.sealed == len(entries(session)) == (7 if ENGINE == "postgresql" else 4)


_NAMES = [column for column in AuditEvent.__table__.columns if column.name not in ("id", "transaction_id")]
_COPY = insert(AuditEvent).from_select([column.name for column in _NAMES], select(*_NAMES).where(AuditEvent.id == 1))


def test_two_sealers_at_once_give_every_place_once(
    session: Session, sealer: Sealer, sessions: Sessions, config: Config, verify: Verify
) -> None:
    assert sealer.everything()
    write(session, 200)
    both = [threading.Thread(target=Sealer(sessions, config).everything) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sealer.everything()
    report = verify()
    assert (report.problems, report.sealed) == ([], 200)


def test_a_clock_that_goes_back_breaks_nothing(
    session: Session, sealer: Sealer, verify: Verify, clock: time_machine.Traveller
) -> None:
    write(session, 2)
    sealer.everything()
    clock.shift(timedelta(days=-2))
    write(session, 2)

    assert sealer.everything()

    report = verify()
    assert (report.problems, report.sealed) == ([], 4)


def test_without_its_key_nothing_is_sealed_and_it_is_said(
    session: Session, sealer: Sealer, config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    config.signing_file.rename(config.signing_file.with_suffix(".away"))
    write(session, 1)

    assert not sealer.everything()
    assert f"The signing key {config.signing_file} is missing." in caplog.text
    assert leaves(session) == []


def test_another_key_signs_nothing(
    session: Session, sealer: Sealer, config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    write(session, 1)
    sealer.everything()
    config.signing_file.unlink()
    notes.write_key(config.signing_file, notes.Signer.new())
    write(session, 1)

    assert not sealer.everything()
    assert "is not the one that the log names last" in caplog.text
    assert len(leaves(session)) == 1


def test_what_is_signed_is_a_note_that_others_read(session: Session, sealer: Sealer, sessions: Sessions) -> None:
    """By the letter of C2SP tlog-checkpoint: name, size, root, then what the log adds; a blank line; signatures."""
    write(session, 1)
    sealer.everything()

    with sessions.reading() as reading:
        known = sealing.log(reading)
        note = taking.newest(reading)
    assert known
    assert note
    text, _, signatures = note.text.partition("\n\n")
    assert text.split("\n")[:2] == [known.origin, "1"]
    assert text.split("\n")[3].startswith("time 1795")
    assert signatures.startswith(f"\u2014 {known.origin} ")
    assert Key.read(known.key).name == known.origin
    assert note.kind is NoteKind.CHECKPOINT


def test_the_signing_key_is_for_its_owner_alone_and_says_nothing(sealer: Sealer, config: Config) -> None:
    assert config.signing_file.stat().st_mode & 0o777 == 0o600
    assert not config.signing_file.is_relative_to(config.home)
    assert repr(notes.read_key(config.signing_file)) == "Signer()"


@pytest.mark.parametrize("spoilt", ["", "{}", '{"ed25519": "AAAA"}', '{"ed25519": 5}'])
def test_a_file_that_is_no_key_is_said_to_be_none(tmp_path: Path, spoilt: str) -> None:
    path = tmp_path / "key"
    path.write_text(spoilt)

    with pytest.raises(notes.NoKey):
        notes.read_key(path)
