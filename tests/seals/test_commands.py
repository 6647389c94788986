"""What the commands say of the seals, before and after an entry may be gone; the key that they make and tell."""

from datetime import timedelta

import time_machine
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cp.config import Config
from cp.models import AuditEvent, AuditLeaf, AuditNote
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.sealing import Sessions
from tests.seals.conftest import Flow, Verify, key_of, write
from tests.whole.tables import owning, without_its_triggers


def gone(url: str, number: int) -> None:
    with owning(url) as owner:
        without_its_triggers(owner)
        owner.execute(delete(AuditEvent).where(AuditEvent.id == number))


def test_an_entry_may_be_gone_when_its_time_is_over_and_every_proof_holds(
    session: Session, sealer: Sealer, url: str, flask: Flow, key: str, verify: Verify,
    clock: time_machine.Traveller,
) -> None:  # fmt: skip
    proofs = [flask("prove", str(number))[1].partition("\n\n")[0].splitlines()[2:] for number in (2, 3)]
    clock.shift(timedelta(days=8 * 365))
    write(session, 1)
    sealer.everything()
    gone(url, 1)

    report = verify()
    assert (report.problems, report.gone, report.sealed) == ([], 1, 10)
    status, said = flask("verify")
    assert status == 0
    assert "Gone after their time was over: 1 entries, whose places in the log stay." in said
    assert [flask("prove", str(at))[1].partition("\n\n")[0].splitlines()[2:] for at in (2, 3)] == proofs


def test_an_entry_that_is_gone_before_is_found(key: str, url: str, flask: Flow, verify: Verify) -> None:
    gone(url, 2)

    assert verify().problems == ["Entry 2 was sealed and is gone."]
    status, said = flask("verify")
    assert (status, said.splitlines()[:2]) == (1, ["Entry 2 was sealed and is gone.", "6 entries checked, 1 problems."])


def test_what_is_lodged_and_not_there_is_found_by_the_command_too(key: str, url: str, flask: Flow) -> None:
    with owning(url) as owner:
        without_its_triggers(owner)
        owner.execute(update(AuditNote).where(AuditNote.id == 2).values(text="x\n5\nAAAA\ntime 1\n"))

    status, said = flask("verify")
    assert status == 1
    assert "Note 2 of the log is not what the log's key signed." in said
    assert "The lodge holds a checkpoint of 5 entries that the database does not." in said


def test_a_log_begun_again_beside_what_was_lodged_is_said(
    key: str, url: str, flask: Flow, session: Session, sealer: Sealer
) -> None:
    """Whoever has the database and the key can begin a log of another name; the lodge tells that there was one."""
    with owning(url) as owner:
        without_its_triggers(owner)
        for table in (AuditLeaf, AuditNote):
            owner.execute(delete(table))
    sealer.everything()

    status, said = flask("verify")
    assert (status, said.splitlines()[-1]) == (0, "The lodge holds 1 other log, which this database knows nothing of.")


def test_the_command_says_what_the_seals_prove(flask: Flow, key: str, session: Session) -> None:
    status, said = flask("verify")

    assert status == 0
    assert said.splitlines() == [
        "7 entries checked, 0 problems.",
        "Sealed: 5 entries under 1 checkpoints, the last of 23 November 2026 10:42:00 UTC; "
        "lodged: 5; cosigned by a witness: 0.",
        "Not sealed yet: 2 entries, the oldest 0 seconds old. "
        "That none of them was taken away nobody can tell.",
    ]  # fmt: skip
    assert flask("seal", "--once") == (0, "7 entries are sealed, 0 are not.\n")


def test_a_key_is_made_once_and_never_for_a_log_that_lost_its_own(config: Config, flask: Flow, key: str) -> None:
    path = config.signing_file
    assert flask("key", "make") == (0, f"Kept the signing key {path}. Keep a copy somewhere safe.\n")

    path.unlink()

    sentence = f"Error: The signing key {path} is missing. Put it back: the log has begun with it.\n"
    assert flask("key", "make") == (1, sentence)
    assert flask("seal", "--once")[0] == 1
    assert flask("key", "rotate")[0] == 1
    assert not path.exists()


def test_before_anything_is_sealed_there_is_no_key_to_show(flask: Flow) -> None:
    assert flask("key", "show") == (1, "Error: Nothing is sealed yet. Run: flask --app app audit seal --once\n")


def test_a_changed_key_is_told(flask: Flow, key: str, sessions: Sessions) -> None:
    status, said = flask("key", "rotate")

    assert status == 0
    assert said.splitlines()[0] != key
    assert key_of(sessions).name == key.partition("+")[0]


def test_an_entry_that_is_put_in_later_is_found_by_the_command_too(key: str, url: str, flask: Flow) -> None:
    with owning(url) as owner:
        without_its_triggers(owner)
        names = [one.name for one in AuditEvent.__table__.columns if one.name != "id"]
        columns = ", ".join(names)
        owner.exec_driver_sql(
            f"INSERT INTO audit_event (id, {columns}) SELECT -5, {columns} FROM audit_event WHERE id = 1"
        )

    status, said = flask("verify")
    assert status == 1
    assert "Entry -5 was put in after entries behind it had been sealed." in said
