"""A witness cosigns what continues the log it knows, and nothing else; the sealer has it do so and catches up."""

import threading
from pathlib import Path

import pytest

from cp.services.audit_seals.notes import Signer
from cpverify.notes import Checkpoint
from cpwitness.keeping import Witness
from tests.seals.standing import LEAVES, NAME, ORIGIN, Standing, asked, checkpoint

OTHER = [*LEAVES[:7], bytes(32), *LEAVES[8:]]
"""Another log: its eighth leaf differs."""


def test_a_log_that_grows_is_cosigned_and_the_cosignature_holds(standing: Standing) -> None:
    for old, size in ((0, 5), (5, 5), (5, 17), (17, 40)):
        status, line, _ = standing.post(asked(old, size))

        assert status == 200
        assert Checkpoint.read(checkpoint(size) + line).note.by(standing.key)
    last = standing.witness.last(ORIGIN)
    assert last
    assert (last.size, last.note.by(standing.key)) == (40, True)


NOT_SIGNED, UNKNOWN = "the checkpoint is not signed by the log\n", "this witness does not know the log\n"
BY_ANOTHER = checkpoint(20, signer=Signer(b"t" * 32))
OF_ANOTHER = checkpoint(20, origin="log.example/2")
LONG = "old 10\n" + f"{'A' * 43}=\n" * 64 + "\n" + checkpoint(20)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        pytest.param(asked(10, 20, OTHER), 422, "the proof does not hold\n", id="fork"),
        pytest.param(asked(10, 10, OTHER), 409, "another log of this size was cosigned\n", id="fork of this size"),
        pytest.param(asked(0, 20, OTHER), 409, "10\n", id="fork from nothing"),
        pytest.param(asked(0, 5), 409, "10\n", id="shrinking"),
        pytest.param(asked(5, 8), 409, "10\n", id="shrinking with a proof"),
        pytest.param(asked(5, 20), 409, "10\n", id="from an older size"),
        pytest.param(f"old 10\n\n{checkpoint(20)}", 422, "the proof does not hold\n", id="no proof"),
        pytest.param(f"old 20\n\n{checkpoint(10)}", 400, "the old size is larger than the new one\n", id="backwards"),
        pytest.param(asked(10, 20, whole=BY_ANOTHER), 403, NOT_SIGNED, id="another key"),
        pytest.param(asked(10, 20, whole=OF_ANOTHER), 404, UNKNOWN, id="unknown log"),
        pytest.param("old 010\n\n" + checkpoint(20), 400, "this does not begin with an old size\n", id="leading zero"),
        pytest.param(f"old {'9' * 5000}\n\nx", 400, "this does not begin with an old size\n", id="long"),
        pytest.param("old 10\n\n" + checkpoint(20).replace("\n20\n", f"\n{'9' * 5000}\n"), 400,
                     "this is not a checkpoint\n", id="long checkpoint"),
        pytest.param("old 10\nAAAA\n\n" + checkpoint(20), 400, "this is not a proof\n", id="short hash"),
        pytest.param(LONG, 400, "this is not a proof\n", id="long proof"),
        pytest.param("old 10\n\nnothing", 400, "this is not a signed note\n", id="no note"),
        pytest.param(b"\xff", 400, "", id="no text"),
        pytest.param(b"a" * 70_000, 413, "", id="large"),
    ],
)  # fmt: skip
def test_what_is_not_its_continuation_is_refused_and_changes_nothing(
    standing: Standing, body: str | bytes, status: int, said: str
) -> None:
    standing.post(asked(0, 10))

    found = standing.post(body)

    assert found[:2] == (status, said)
    assert (found[2] == "text/x.tlog.size") is said.strip().isdigit()
    last = standing.witness.last(ORIGIN)
    assert last
    assert last.size == 10
    assert standing.post(asked(10, 20))[0] == 200


def test_there_is_one_address(standing: Standing) -> None:
    assert standing.post(asked(0, 5), "/other")[0] == 404


def test_it_remembers_across_a_restart_and_keeps_its_key(standing: Standing, tmp_path: Path) -> None:
    standing.post(asked(0, 10))

    again = Witness(tmp_path / "witness", NAME, tmp_path / "logs")

    last = again.last(ORIGIN)
    assert last
    assert (again.vkey, last.size) == (standing.witness.vkey, 10)
    assert (tmp_path / "witness" / "witness.key").stat().st_mode & 0o777 == 0o600


def test_of_many_at_once_one_is_cosigned(standing: Standing) -> None:
    """Each continues what was cosigned before, and no two continue one another."""
    standing.post(asked(0, 7))
    bodies = [asked(7, 20, [*LEAVES[:7], bytes([at]) * 32, *LEAVES[8:]]) for at in range(8)]
    found: list[int] = []
    threads = [threading.Thread(target=lambda body=body: found.append(standing.post(body)[0])) for body in bodies]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(found) == [200, *[409] * 7]
