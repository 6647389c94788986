"""The lodge is written after the database, whole lines alone, and is never contradicted."""

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from cp.config import Config
from cp.models import AuditEvent, AuditLeaf, AuditNote
from cp.services.audit_seals import lodging
from cp.services.audit_seals.keeping import Sealer
from tests.seals.conftest import Verify, write
from tests.seals.log import lodged_sizes
from tests.whole.tables import owning, without_its_triggers


def test_a_lodge_that_cannot_be_written_holds_nobody_up_and_is_caught_up_with(
    session: Session, sealer: Sealer, config: Config, verify: Verify, caplog: pytest.LogCaptureFixture
) -> None:
    config.lodge.write_text("a file where the folder should be")
    for _ in range(3):
        write(session, 2)
        assert not sealer.everything()
    said = [record.message for record in caplog.records]
    assert len(said) == 1
    assert said[0].startswith(f"The audit is not sealed as it should be. The lodge {config.lodge} cannot be written")

    config.lodge.unlink()

    assert sealer.everything()
    assert lodged_sizes(config)[-1] == ("checkpoint", 6)
    assert verify().problems == []


def test_a_line_that_was_left_half_written_is_written_again(
    session: Session, sealer: Sealer, config: Config, verify: Verify
) -> None:
    write(session, 1)
    sealer.everything()
    (path,) = config.lodge.glob("*.jsonl")
    path.write_bytes(path.read_bytes()[:-40])
    write(session, 1)

    assert sealer.everything()

    assert lodged_sizes(config) == [("key", 0), ("checkpoint", 1), ("checkpoint", 2)]
    assert verify().problems == []


def test_every_ten_thousand_notes_begin_another_file(
    session: Session, sealer: Sealer, config: Config, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lodging, "A_FILE", 2)
    for _ in range(4):
        write(session, 1)
        assert sealer.everything()

    assert [path.name[-12:] for path in sorted(config.lodge.glob("*"))] == [f"00000{at}.jsonl" for at in range(3)]
    assert verify().problems == []


def test_a_directory_older_than_what_was_lodged_is_not_sealed_on(
    session: Session, sealer: Sealer, config: Config, url: str, verify: Verify, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody put an old backup back, or took the tail off: a second log of that name must not begin."""
    write(session, 2)
    sealer.everything()
    write(session, 2)
    sealer.everything()
    with owning(url) as owner:
        without_its_triggers(owner)
        for model, column, last in (
            (AuditEvent, AuditEvent.id, 2), (AuditLeaf, AuditLeaf.position, 1), (AuditNote, AuditNote.id, 2),
        ):  # fmt: skip
            owner.execute(delete(model).where(column > last))
    write(session, 3)

    assert not sealer.everything()

    assert "the database is an older one, or was changed" in caplog.text
    assert lodged_sizes(config) == [("key", 0), ("checkpoint", 2), ("checkpoint", 4)]
    assert "2 entries are in the log" not in "".join(verify().problems)
    assert "Note 3 was lodged, and is not in the log as it was." in verify().problems
