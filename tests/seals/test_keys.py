"""The signing key changes under the old one's word; whoever stole a key rewrites nothing."""

from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from cp.config import Config
from cp.models import AuditEvent, AuditNote
from cp.services.audit_seals import keys, notes, sealing
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.notes import Signer
from cp.services.audit_seals.sealing import Sessions
from cp.terms import NoteKind
from cpverify.notes import Key
from tests.conftest import NOW
from tests.seals.conftest import Verify, key_of, write

NOT_TRUSTED = "The key of note {} is not one that you trust, and none of those vouches for it."


@pytest.fixture
def sealed(session: Session, sealer: Sealer) -> Sealer:
    """Three entries under a seal."""
    write(session, 3)
    sealer.everything()
    return sealer


def test_who_knows_the_first_key_trusts_the_next_ones(
    session: Session, sealed: Sealer, sessions: Sessions, config: Config, verify: Verify
) -> None:
    first = key_of(sessions)
    for _ in range(2):
        told = keys.rotate(sessions, config.signing_file)
        assert Key.read(told) == key_of(sessions) != first
        write(session, 1)
        assert sealed.everything()

    report = verify(first)
    assert (report.problems, report.sealed) == ([], 7)
    assert (
        session.scalars(select(AuditEvent.reason).where(AuditEvent.reason == "audit_key_changed")).all()
        == ["audit_key_changed"] * 2
    )


def test_a_key_that_nobody_vouched_for_is_not_trusted(sealed: Sealer, verify: Verify, sessions: Sessions) -> None:
    stranger = Key.read(Signer.new().vkey(key_of(sessions).name))

    assert NOT_TRUSTED.format(1) in verify(stranger).problems


def test_an_old_key_signs_nothing_any_more(
    session: Session, sealed: Sealer, sessions: Sessions, config: Config, verify: Verify
) -> None:
    """Stolen before it was changed: what it signs afterwards is not the log's."""
    first, stolen = key_of(sessions), notes.read_key(config.signing_file)
    keys.rotate(sessions, config.signing_file)
    sealed.everything()
    text = notes.checkpoint(first.name, 4, bytes(32), NOW)
    with sessions.writing() as writing, writing.begin():
        sealing.add(writing, NoteKind.CHECKPOINT, 4, notes.signed(text, stolen.line(first.name, text)))

    problems = verify(first).problems
    assert any(one.startswith("The checkpoint of 4 entries") and one.endswith("the log's key.") for one in problems)
    assert "Two different logs of 4 entries were signed." in problems


def test_a_key_that_the_old_one_did_not_sign_is_found(
    session: Session, sealed: Sealer, sessions: Sessions, verify: Verify
) -> None:
    first, other = key_of(sessions), Signer.new()
    text = notes.key_note(first.name, other, 3)
    with sessions.writing() as writing, writing.begin():
        sealing.add(writing, NoteKind.KEY, 3, notes.signed(text, other.line(first.name, text)))

    assert NOT_TRUSTED.format(3) in verify(first).problems


@pytest.mark.parametrize("stop", ["before it was noted", "after it was noted"])
def test_a_change_that_was_killed_goes_on(
    session: Session, sealed: Sealer, sessions: Sessions, config: Config, verify: Verify,
    monkeypatch: pytest.MonkeyPatch, stop: str,
) -> None:  # fmt: skip
    first, method = key_of(sessions), "replace" if stop == "after it was noted" else "write_key"

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path if method == "replace" else notes, method, killed)
        with pytest.raises(KeyboardInterrupt):
            keys.rotate(sessions, config.signing_file)
    write(session, 1)

    assert sealed.everything()
    assert verify(first).problems == []
    assert (key_of(sessions) != first) is (method == "replace")


def test_whoever_holds_the_database_and_the_key_rewrites_nothing_that_was_lodged(
    session: Session, sealed: Sealer, sessions: Sessions, config: Config, verify: Verify
) -> None:
    """A second log of the same size, rightly signed: what it is compared with lies elsewhere."""
    key, stolen = key_of(sessions), notes.read_key(config.signing_file)
    text = notes.checkpoint(key.name, 3, bytes(32), NOW)
    row = {
        "id": 3,
        "at": NOW,
        "kind": NoteKind.CHECKPOINT,
        "size": 3,
        "text": notes.signed(text, stolen.line(key.name, text)),
    }
    with sessions.writing() as writing, writing.begin():
        writing.execute(insert(AuditNote), [row])

    assert "Two different logs of 3 entries were signed." in verify().problems
