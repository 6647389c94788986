"""What is handed to outsiders, and what their programs say of it."""

import base64
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from cp.config import Config
from cp.models import AuditEvent
from cpverify.__main__ import main
from tests import build_log
from tests.seals.conftest import Flow
from tests.seals.log import entries
from tests.whole.tables import brought_up
from tools.steps import ROOT


@pytest.fixture
def cpverify(key: str, config: Config, capsys: pytest.CaptureFixture[str]) -> Flow:
    """`python -m cpverify`, which trusts the log's key."""

    def run(what: str, *words: str) -> tuple[int, str]:
        capsys.readouterr()
        lodged = ["--lodged", str(config.lodge)] if what == "log" else []
        status = main([what, "--key", key, *lodged, *words])
        return status, capsys.readouterr().out

    return run


def test_the_verifier_reads_the_database_and_says_what_is_not_sealed(cpverify: Flow, config: Config) -> None:
    status, said = cpverify("log", config.database_url.removeprefix("sqlite:///"))

    assert (status, said.splitlines()[-1]) == (0, "Whole.")
    assert "5 entries sealed under 1 checkpoints, the last 23 November 2026 10:42:00 UTC; lodged: 5." in said
    assert "Not sealed yet: 2 entries, the oldest " in said


def test_a_log_of_before_is_as_whole_without_the_bytes_that_were_kept_beside(
    cpverify: Flow, flask: Flow, session: Session, url: str, config: Config
) -> None:
    brought_up(url, session, "0027")

    assert flask("verify")[1].splitlines()[0] == "7 entries checked, 0 problems."
    status, said = cpverify("log", config.database_url.removeprefix("sqlite:///"))
    assert (status, said.splitlines()[-1]) == (0, "Whole.")


@pytest.mark.parametrize("option", [[], ["--leaves-only"]], ids=str)
def test_an_exported_log_is_as_good(
    cpverify: Flow, flask: Flow, session: Session, tmp_path: Path, option: list[str]
) -> None:
    file = tmp_path / "log.jsonl"
    assert flask("export", str(file), *option) == (0, f"The log is in {file}.\n")
    assert file.stat().st_mode & 0o777 == 0o600
    told = any(name in file.read_text() for name in ("canonical", "salt"))
    assert told is not bool(option)

    status, said = cpverify("log", str(file))
    assert (status, said.splitlines()[-1]) == (0, "Whole.")

    leaf = base64.b64encode(entries(session)[3][1]).decode()
    file.write_text(file.read_text().replace(leaf, base64.b64encode(bytes(32)).decode()))
    status, said = cpverify("log", str(file))
    assert status == 1
    assert "The first 5 entries are not those that were sealed." in said


def test_an_exported_entry_that_says_something_else_is_found(cpverify: Flow, flask: Flow, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    flask("export", str(file))
    lines = file.read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if '"position": 2' in line)
    canonical = lines[at].partition('"canonical": "')[2].partition('"')[0]
    other = base64.b64encode(base64.b64decode(canonical).replace(b"wrong", b"other")).decode()
    lines[at] = lines[at].replace(canonical, other)
    file.write_text("\n".join(lines) + "\n")

    status, said = cpverify("log", str(file))
    assert (status, said.splitlines()[0]) == (1, "Entry 3 does not have the hash of what it says.")


def test_one_entry_is_proven_and_no_other_is_shown(
    cpverify: Flow, flask: Flow, session: Session, tmp_path: Path
) -> None:
    number, leaf = entries(session)[2]
    status, proof = flask("prove", str(number))
    assert status == 0
    file = tmp_path / "entry.tlog-proof"
    file.write_text(proof)

    status, said = cpverify("proof", str(file))

    assert status == 0
    assert said.splitlines()[0].startswith('{"act":"sign_in","at":"2026-11-23T10:42:00.000000+00:00"')
    assert said.splitlines()[1].startswith("stands at place 2 of contactpoint/audit/")
    shown = base64.b64decode(proof.split("extra ")[1].split("\n")[0])
    others = [row for row in session.query(AuditEvent) if row.leaf != leaf]
    assert len(others) == 6 + 1  # what was printed stands in the audit as well
    assert [row for row in others if row.salt in shown or build_log.said(row) in shown] == []
    assert proof.splitlines()[0] == "c2sp.org/tlog-proof@v1"
    assert proof.splitlines()[2] == "index 2"


def spoil_the_entry(proof: str) -> str:
    extra = proof.split("extra ")[1].split("\n")[0]
    return proof.replace(extra, base64.b64encode(base64.b64decode(extra).replace(b"wrong", b"other")).decode())


def spoil_the_way(proof: str) -> str:
    step = proof.splitlines()[3]
    return proof.replace(step, base64.b64encode(bytes(32)).decode())


def spoil_the_checkpoint(proof: str) -> str:
    return proof.replace("\n5\n", "\n6\n")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (spoil_the_entry, "the entry is not in the log that the checkpoint is of"),
        (spoil_the_way, "the entry is not in the log that the checkpoint is of"),
        (lambda proof: proof.replace("index 2", "index 3"), "the entry is not in the log that the checkpoint is of"),
        (spoil_the_checkpoint, "its checkpoint is not signed by a key that you trust"),
        (lambda proof: proof[:40], "this is not a proof"),
        (lambda proof: proof.replace("extra ", "more "), "this proof lacks its line “extra”"),
    ],
)
def test_a_proof_that_was_changed_proves_nothing(
    cpverify: Flow, flask: Flow, tmp_path: Path, spoil: Callable[[str], str], sentence: str
) -> None:
    file = tmp_path / "entry.tlog-proof"
    file.write_text(spoil(flask("prove", "3")[1]))

    assert cpverify("proof", str(file)) == (1, f"NOT WHOLE: {sentence}.\n")


@pytest.mark.parametrize("entry", ["6", "99"])
def test_what_is_not_sealed_is_not_proven(flask: Flow, key: str, entry: str) -> None:
    assert flask("prove", entry) == (1, "Error: There is no such entry, or no seal covers it yet.\n")


def test_nothing_lodged_is_not_whole(cpverify: Flow, config: Config) -> None:
    for path in config.lodge.glob("*"):
        path.unlink()

    status, said = cpverify("log", config.database_url.removeprefix("sqlite:///"))
    assert (status, said.splitlines()[0]) == (1, "Nothing of this log is in the lodge.")


def test_what_is_no_log_at_all_is_not_whole(cpverify: Flow, tmp_path: Path) -> None:
    file = tmp_path / "other"
    file.write_text("nothing\n")

    status, said = cpverify("log", str(file))
    assert (status, said.partition("(")[0]) == (1, "NOT WHOLE: it cannot be read ")


@pytest.mark.parametrize("program", ["cpverify", "cpwitness"])
def test_the_programs_of_outsiders_start_by_themselves_and_load_nothing_of_ours(program: str) -> None:
    code = (
        "import runpy, sys; sys.argv = ['x', '--help']\n"
        f"try: runpy.run_module('{program}', run_name='__main__')\n"
        "except SystemExit: print({name.split('.')[0] for name in sys.modules} & {'cp', 'flask', 'sqlalchemy'})"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.splitlines()[-1] == "set()"
